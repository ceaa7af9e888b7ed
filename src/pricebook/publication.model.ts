import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Rule, Terms } from './rule.model.ts'

/** SCHEDULED until its instant; then APPLIED, or FAILED with the reason; CANCELLED by staff before that. */
export type PublicationState = 'SCHEDULED' | 'APPLIED' | 'FAILED' | 'CANCELLED'

/** Drafts that were set to go into force at an instant, as they were then: all of them or none. */
export type ScheduledPublication = {
  readonly id: Id<'Publication'>
  readonly at: Instant
  readonly state: PublicationState
  readonly rules: readonly { readonly code: string; readonly version: number }[]
  readonly scheduledAt: Instant
  /** The version of the book when it was scheduled: what ended in a later one ended since. */
  readonly scheduledIn: number
  readonly settledAt: Instant | null
  /** The version of the book that it made. */
  readonly bookVersion: number | null
  /** Why it failed. */
  readonly problem: string | null
}

/** A rule of a publication as it stands. `inForce`: its terms by now; `endedIn`: the newest version of the book in which some ended. */
export type WaitingRule = Pick<Rule, 'id' | 'code' | 'kind'> & {
  readonly waiting: { readonly version: number; readonly terms: Terms }
  readonly inForce: Terms | null
  readonly endedIn: number | null
}
