import type { Instant } from '../kernel/clock.ts'
import type { Reason } from './history.model.ts'
import type { Tier } from './tier.model.ts'

/** What evaluation gave, and since when it has not been earned any more. */
export type Standing = { readonly tierId: string | null; readonly failingSince: Instant | null }

/** What an evaluation does: how many go up, down, and stay (whoever is pinned stays). */
export type Evaluation = { readonly promoted: number; readonly demoted: number; readonly unchanged: number }

/** The same of a shop: of its customers, and beside them of its companies. */
export type ProgrammeEvaluation = Evaluation & { readonly companies: Evaluation }

/** A tier to be given by hand. */
export type WantedPin = { readonly tierCode: string; readonly until: number | null; readonly reason: string }

/** What evaluation gave somebody, whether a pin hides it or not. `graceUntil`: who still fails then falls. */
export type EvaluatedTier = {
  readonly tier: Tier
  readonly since: Instant
  readonly failingSince: Instant | null
  readonly graceUntil: Instant | null
}

/** Somebody whom an evaluation would move. */
export type TierMove = {
  readonly customerId: string
  readonly fromId: string | null
  readonly toId: string | null
  readonly held: Reason | null
  readonly failed: Reason | null
}
