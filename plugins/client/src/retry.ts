const FIRST_MS = 100
const LONGEST_MS = 2_000

/** How long to wait before attempt 1, 2, ...: twice as long each time, by chance less, so that those who failed together do not come back together. */
export const backoffMs = (attempt: number, random: number): number =>
  Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + random / 2))

/** What Retry-After asks for: seconds, or an instant. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null || header === '') return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
