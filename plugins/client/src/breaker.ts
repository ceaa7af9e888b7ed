import type { RegularsError } from './error.ts'

export type Breaker = {
  /** Why the engine is not asked now by who can do without; null: ask. */
  readonly refusal: () => RegularsError | null
  readonly answered: () => void
  readonly failed: (why: RegularsError) => void
}

/**
 * Keeps a dead engine from costing each page the whole time that a page may wait: after so many failures in a row nobody
 * who has list prices to fall back on asks for so long; then one does, and by how that goes all do or nobody does.
 */
export function createBreaker(failures: number, pauseMs: number, now: () => number): Breaker {
  let inRow = 0
  let last: RegularsError | null = null
  let until = 0
  return {
    refusal: () => {
      if (inRow < failures) return null
      if (now() < until) return last
      until = now() + pauseMs
      return null
    },
    answered: () => {
      inRow = 0
    },
    failed: (why) => {
      inRow += 1
      last = why
      until = now() + pauseMs
    },
  }
}
