import type { Instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/zone.ts'

export type ConsentStatus = 'SUBSCRIBED' | 'NOT_SUBSCRIBED' | 'PENDING' | 'UNSUBSCRIBED' | 'INVALID' | 'REDACTED'

/**
 * All that a query may ask of one customer, as it is known in memory. Null is a value that is not there. Amounts are
 * minor units of the shop's currency. It holds what the tables hold: the predicate and the SQL are the same question.
 */
export type CustomerFacts = {
  readonly kind: string
  readonly role: string | null
  readonly industry: string | null
  readonly purpose: string | null
  readonly gender: string | null
  readonly birthDate: Day | null
  readonly email: string | null
  readonly language: string | null
  readonly country: string | null
  readonly region: string | null
  readonly city: string | null
  readonly source: string | null
  readonly registeredAt: Instant
  readonly tags: readonly string[]
  /** By name, as JSON holds them. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly emailStatus: ConsentStatus
  readonly smsStatus: ConsentStatus
  /** The company that the customer buys for. */
  readonly company: { readonly name: string; readonly industry: string | null; readonly certified: boolean } | null
  /** The better of the customer's own tier and the company's. */
  readonly tierCode: string | null
  readonly numberOfOrders: number
  readonly amountSpent: number
  readonly largestOrderAmount: number | null
  readonly firstOrderAt: Instant | null
  readonly lastOrderAt: Instant | null
  /** Of the lines whose cost is known; null: of none. */
  readonly marginEarned: number | null
  /** The median of the days between their orders. */
  readonly purchaseIntervalDays: number | null
  /** As of the last evaluation; null without an order, or without an evaluation. */
  readonly scores: ScoreFacts | null
  /** When they last reserved a cart that ran out, and nothing came of it since. */
  readonly abandonedCheckoutAt: Instant | null
  /** Since when they have the tier that they have: by evaluation, by hand or by their company. */
  readonly tierSince: Instant | null
  /** The codes of the campaigns in which they take part now, and of those in which they do or did; never as one of the control group. */
  readonly campaigns: readonly string[]
  readonly campaignsEver: readonly string[]
  /** Answers of the query's function clauses by their key, found in one round; see functionClauses. */
  readonly functions: ReadonlyMap<string, boolean>
}

export type ScoreFacts = {
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  readonly rfmGroup: string
  readonly lifecycle: string
  readonly abcClass: string
  readonly spendPercentile: number
  readonly predictedSpendTier: string
  /** Within a year, and what they come to; null, as the next two, where too few came back to foresee anything. */
  readonly predictedOrders: number | null
  readonly predictedAmount: number | null
  /** 0 to 1. */
  readonly probabilityAlive: number | null
  readonly buyerKind: string | null
  readonly expectedOrderAt: Instant
}

/** What there is not for who was never scored, never reserved a cart, earned the shop nothing that is known, and takes part in nothing. */
export const UNSCORED = {
  marginEarned: null,
  purchaseIntervalDays: null,
  scores: null,
  abandonedCheckoutAt: null,
  tierSince: null,
  campaigns: [],
  campaignsEver: [],
} as const

/** Tags are the same tag whatever their case. Whoever writes `tag_key` and `tag_keys` writes this. */
export const tagKey = (tag: string): string => tag.toLowerCase()
