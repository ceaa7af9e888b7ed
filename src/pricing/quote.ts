import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Prize } from './rule.ts'

export type RuleKind = 'LADDER' | 'OFFER' | 'PRIVATE_LINK'
export type RuleOutcome =
  | 'APPLIED'
  | 'BEATEN'
  | 'NOT_IN_SCOPE'
  | 'NOT_IN_AUDIENCE'
  | 'TIER_TOO_LOW'
  | 'QUANTITY_TOO_LOW'
  | 'QUANTITY_TOO_HIGH'
  | 'SUBTOTAL_TOO_LOW'
  | 'NOT_LIVE'
  | 'NOT_FIRST_ORDER'
  | 'ALREADY_DISCOUNTED'
  | 'LIMIT_REACHED'
  | 'UNKNOWN_CODE'

/** A rule that took something: of one unit in member prices, of the whole line or order in a quote. A link's code is its id. */
export type AppliedRule = { readonly kind: RuleKind; readonly code: string; readonly name: string; readonly amount: Minor }

/** `price`: the unit price that the rule gives; null for order offers and for rules that were not reached. */
export type RuleTrace = { readonly kind: RuleKind; readonly code: string; readonly outcome: RuleOutcome; readonly price: Minor | null }

export type QuoteLine = {
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly listPrice: Minor
  /** After ladders and product offers. */
  readonly unitPrice: Minor
  /** After the order offers' shares. */
  readonly total: Minor
  readonly rules: readonly AppliedRule[]
  readonly orderShares: readonly AppliedRule[]
  /** Null unless asked for. */
  readonly trace: readonly RuleTrace[] | null
}

export type Gift = { readonly sku: string; readonly quantity: number; readonly offerCode: string }
/** What may be won with the order, by the odds as they are declared. Nothing is drawn before the order stands. */
export type Surprise = { readonly offerCode: string; readonly offerName: string; readonly prizes: readonly Prize[] }
export type RefusedCode = { readonly code: string; readonly outcome: RuleOutcome }
export type NextStep = {
  readonly offerCode: string
  readonly offerName: string
  readonly missing: Minor
  readonly missingQuantity: number
  readonly amount: Minor
}

/**
 * An offer or link that the order uses: it took something, gave a gift or a surprise, or freed shipping. `mayOwe`: the most
 * that its surprise may come to in money. `units`: by sku, the units of the lines it touched. `lineIds`: those lines; of an
 * offer that took nothing, all lines in its scope. `coupon`: the one it spends.
 */
export type RuleUse = {
  readonly kind: 'OFFER' | 'PRIVATE_LINK'
  readonly code: string
  readonly taken: Minor
  readonly mayOwe: Minor
  readonly units: readonly { readonly sku: string; readonly quantity: number }[]
  readonly lineIds: readonly string[]
  readonly coupon: string | null
}

/** A priced cart, as plain data. Lines stand in the cart's order. */
export type Quote = {
  readonly lines: readonly QuoteLine[]
  /** What order offers took, one entry an offer that took something, in order of application. */
  readonly orderRules: readonly AppliedRule[]
  readonly gifts: readonly Gift[]
  readonly surprises: readonly Surprise[]
  readonly freeShipping: boolean
  /** List price x quantity. */
  readonly subtotal: Minor
  readonly discountTotal: Minor
  readonly total: Minor
  readonly refusedCodes: readonly RefusedCode[]
  /** Null when there is no link in the cart, or it lowered a price. */
  readonly refusedLink: RuleOutcome | null
  readonly nextSteps: readonly NextStep[]
  readonly bookVersion: number
  readonly at: Instant
  readonly uses: readonly RuleUse[]
}

/** The subtotal passes 2^53-1 minor units. At the edge: AMOUNT_TOO_LARGE. */
export type PricingProblem = { readonly kind: 'AmountTooLarge' }
