import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'

/** An order of the past as it is priced anew: the units that were kept, at the list prices of then as far as they are known. */
export type PastOrder = {
  readonly id: string
  readonly placedAt: Instant
  readonly customerId: string | null
  readonly lines: readonly PastLine[]
}
export type PastLine = {
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly listPrice: Minor
  readonly listFrom: ListSource
  /** Of one unit. */
  readonly costPrice: Minor | null
}
/** Where a list price is from: what it was when the order was placed, what the catalogue says now, or what was paid. */
export type ListSource = 'HISTORY' | 'CATALOGUE' | 'PAID'

/** Whose order it was. Tier and kind as they are now; `isNew` as it was then. Null: a guest's. */
export type Buyer = {
  readonly id: string
  readonly tierCode: string | null
  readonly kind: string
  readonly isNew: boolean
}

/** An order priced twice, `before` without the rule and `after` with it. */
export type Replayed = {
  readonly buyer: Buyer | null
  readonly subtotal: number
  readonly before: number
  readonly after: number
  /** Of the lines whose cost is known: what they brought, before and after, and what they cost. */
  readonly known: { readonly before: number; readonly after: number; readonly cost: number }
}

/** A share of the orders. `key` null: of those of whom it is not known, or who have none. */
export type Part = {
  readonly key: string | null
  readonly orders: number
  readonly changed: number
  readonly totalBefore: number
  readonly totalAfter: number
  readonly givenAway: number
}

/** Orders whose total moves by more than `above` and at most `upTo` percent; negative: dearer. Null: without an end. */
export type Band = { readonly above: number | null; readonly upTo: number | null; readonly orders: number; readonly givenAway: number }

export type Replay = {
  readonly orders: number
  readonly changed: number
  readonly subtotal: number
  readonly totalBefore: number
  readonly totalAfter: number
  readonly givenAway: number
  /** Null where no cost is known. `knownShare`: percent of what the orders bring that is of goods of known cost. */
  readonly margin: { readonly before: number; readonly after: number; readonly knownShare: number } | null
  readonly byTier: readonly Part[]
  readonly byKind: readonly Part[]
  readonly byStanding: readonly Part[]
  readonly bands: readonly Band[]
  /** Of the orders that change; empty when none does. */
  readonly percentiles: readonly { readonly percent: number; readonly amount: number }[]
  readonly listPrices: Readonly<Record<ListSource, number>>
  readonly gainers: readonly { readonly customerId: string; readonly orders: number; readonly givenAway: number }[]
}
