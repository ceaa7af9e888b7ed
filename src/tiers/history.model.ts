import type { Instant } from '../kernel/clock.ts'

/** How somebody came to what they have. A pin that is over by itself is no row of its own: its end is in the row that began it. */
export type TierChange = 'EVALUATED' | 'PINNED' | 'UNPINNED'

/** A condition, as it was written, and what of it are figures, as they were then: minor units where they are amounts. */
export type Reason = { readonly query: string; readonly figures: readonly ReasonFigure[] }
type ReasonFigure = { readonly attribute: string; readonly has: number; readonly needs: number; readonly isAmount: boolean }

/** What somebody had for a time of their own: by evaluation, or by hand while that lasted. */
export type PastStanding = {
  readonly tierId: string | null
  readonly since: Instant
  /** Null: it is so now. */
  readonly until: Instant | null
  readonly how: TierChange | 'PIN_ENDED'
  /** By evaluation: what let them in or keeps them, and what they failed. */
  readonly held: Reason | null
  readonly failed: Reason | null
}

export const pastStandingKey = ({ since }: PastStanding): string => String(since)
