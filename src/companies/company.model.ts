import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'

/** An enterprise whose people are customers. */
export type Company = {
  readonly id: Id<'Company'>
  readonly externalId: string
  readonly name: string
  readonly industry: string | null
  readonly certified: boolean
  /** The tier that evaluation gave; a pin in force comes before it. */
  readonly tierId: Id<'Tier'> | null
  readonly createdAt: Instant
}

/** What is told of a company; null is what was left out, and stays as it is. */
export type WantedCompany = {
  readonly externalId: string
  readonly name: string
  readonly industry: string | null
  readonly certified: boolean | null
}
