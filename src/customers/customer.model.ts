import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Day } from '../kernel/zone.ts'

export type CustomerKind = 'INDIVIDUAL' | 'ENTERPRISE'
export type CustomerRole = 'PURCHASER' | 'ENGINEER' | 'OTHER'
export type CustomerPurpose = 'RESALE' | 'OWN_USE' | 'PRODUCTION'
export type Gender = 'FEMALE' | 'MALE' | 'OTHER'

/** A person or company the shop knows. */
export type Customer = {
  readonly id: Id<'Customer'>
  readonly externalId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly phone: string | null
  readonly phoneVerified: boolean
  readonly kind: CustomerKind
  readonly role: CustomerRole | null
  readonly companyId: Id<'Company'> | null
  readonly industry: string | null
  readonly purpose: CustomerPurpose | null
  readonly gender: Gender | null
  readonly birthDate: Day | null
  readonly language: string | null
  readonly country: string | null
  readonly region: string | null
  readonly city: string | null
  readonly source: string | null
  readonly attributes: Readonly<Record<string, unknown>>
  readonly registeredAt: Instant
  /** The tier that evaluation gave; a pin in force comes before it. */
  readonly tierId: Id<'Tier'> | null
  /** A tier given by hand; in force until its instant (null: for good). Null when there is none or it is over. */
  readonly pin: Pin | null
}

export type Pin = { readonly tierId: Id<'Tier'>; readonly until: Instant | null; readonly reason: string }

/** How a caller names a customer; exactly one. Emails and phones name only whoever's they were verified to be. */
export type CustomerRef =
  | { readonly by: 'id'; readonly value: string }
  | { readonly by: 'externalId'; readonly value: string }
  | { readonly by: 'email'; readonly value: string }
  | { readonly by: 'phone'; readonly value: string }
