/** What the client takes from where it runs: time, chance and the network, so that a test may bring its own. */
export type Host = {
  readonly fetch: typeof fetch
  /** Milliseconds. */
  readonly now: () => number
  /** 0 to 1, without 1. */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** A text that nobody has had before. */
  readonly unique: () => string
}

export const HOST: Host = {
  fetch: (...request) => globalThis.fetch(...request),
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  // Not randomUUID: browsers have it on https alone.
  unique: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
}
