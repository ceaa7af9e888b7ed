/** Milliseconds since 1970-01-01T00:00:00Z. Whoever needs the time is given it; nothing in the house asks for it twice. */
export type Instant = number & { readonly __unit: 'instant' }

export const instant = (at: Date | number): Instant => {
  const ms = Number(at)
  if (!Number.isFinite(ms)) throw new RangeError(`not an instant: ${String(at)}`)
  return Math.trunc(ms) as Instant
}

export const DAY_MS = 86_400_000

/** Whether a text is the milliseconds of an instant since 1970 that a calendar of four-digit years shows: what cursors of lists by time hold. */
export const isInstantText = (text: string): boolean => /^\d{1,15}$/.test(text) && Number(text) < Date.UTC(10_000, 0)
