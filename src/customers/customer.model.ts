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
  /** A tier given by hand, in force until its instant (null: for good); it may be over. Null when there is none. */
  readonly pin: Pin | null
  /** The customer of whom this one was found to be part. Then all that names this one names that one. */
  readonly mergedInto: Id<'Customer'> | null
}

export type Pin = { readonly tierId: Id<'Tier'>; readonly until: Instant | null; readonly reason: string }

/** How a caller names a customer; exactly one. Emails and phones name only whoever's they were verified to be. */
export type CustomerRef =
  | { readonly by: 'id'; readonly value: string }
  | { readonly by: 'externalId'; readonly value: string }
  | { readonly by: 'email'; readonly value: string }
  | { readonly by: 'phone'; readonly value: string }

/** A name by which a customer is known. Only verified ones tell who somebody is; an external id is its own proof. */
export type Identity = { readonly kind: string; readonly value: string; readonly verified: boolean }

export type Channel = 'EMAIL' | 'SMS' | 'PUSH' | 'WECHAT' | 'WECOM' | 'PHONE' | 'POST'

/** What a customer is spoken to for: CARE sells nothing. */
export type TouchPurpose = 'CARE' | 'MARKETING'

/** One word of a customer on one channel. None is ever taken back: a later one comes beside it. */
export type Consent = {
  readonly channel: Channel
  /** Null: for every purpose. */
  readonly purpose: TouchPurpose | null
  readonly granted: boolean
  readonly at: Instant
  readonly source: string | null
  /** What they were asked, word by word. */
  readonly wording: string | null
  /** Said to the shop itself: what is sent undated, as lists are again and again, does not talk over it. */
  readonly firm: boolean
}

/** A word on a customer. Its key is the same whatever the case. */
export type Tag = { readonly key: string; readonly text: string }

/** What a file says of a customer besides names, tags, consents and own attributes. */
export const FACTS = [
  'name',
  'kind',
  'role',
  'industry',
  'purpose',
  'gender',
  'birthDate',
  'language',
  'country',
  'region',
  'city',
  'source',
  'registeredAt',
] as const

/** What a caller tells of a customer. Null is what was left out and stays as it is; an empty text takes away. */
export type WantedCustomer = { readonly [Fact in (typeof FACTS)[number]]: Customer[Fact] | null } & {
  readonly externalId: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly phone: string | null
  readonly phoneVerified: boolean
  readonly identities: readonly { readonly kind: string; readonly value: string }[]
  readonly companyExternalId: string | null
  readonly tags: readonly string[]
  readonly consents: readonly WantedConsent[]
  readonly attributes: Readonly<Record<string, unknown>> | null
}

/** Without an instant: said now. */
export type WantedConsent = Omit<Consent, 'at' | 'firm'> & { readonly at: Instant | null }
