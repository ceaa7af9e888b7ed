import type { Id } from '../kernel/id.ts'

/** A level of the shop's programme; ranks are unique, a higher rank is better. */
export type Tier = {
  readonly id: Id<'Tier'>
  readonly code: string
  readonly name: string
  readonly rank: number
  /** A customer query that lets a customer in; null: by hand only. */
  readonly qualification: string | null
  /** A customer query that keeps a customer in; null: as qualification. */
  readonly retention: string | null
  readonly graceDays: number
}

export type WantedTier = Omit<Tier, 'id'>
