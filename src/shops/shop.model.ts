import type { Instant } from '../kernel/clock.ts'
import type { Rounding } from '../kernel/money.ts'

/** One merchant: its own customers, rules and currency. */
export type Shop = {
  readonly id: number
  readonly code: string
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  /** IANA name; days begin at its midnight. */
  readonly timeZone: string
  readonly rounding: Rounding
  /** No price falls more than this many basis points below list. */
  readonly maxDiscountBp: number
  readonly orderCountsWhen: OrderCountsWhen
  /** What a private link looks like when it is handed out, with {token} in it. */
  readonly privateLinkUrl: string | null
  /** The storefront's page to which whoever opens one is sent on, with {token} in it. */
  readonly privateLinkPage: string | null
  /** A tier of a ladder that gains less than this over the one below is warned of. */
  readonly minTierStepBp: number
  /** A price that moves more than this against those of the prior days is warned of. */
  readonly maxPriceJumpBp: number
  /** How many days prices are compared with. */
  readonly priorPriceDays: number
}

/** From when on an order counts for statistics, tiers and first orders. */
export type OrderCountsWhen = 'PAID' | 'COMPLETED'

export type ShopChange = { readonly [K in keyof Omit<Shop, 'id' | 'code'>]?: Shop[K] }

/** What prices follow from of a shop's settings: kept for each version of the book that changed it. */
export type BookSettings = Pick<Shop, 'currency' | 'timeZone' | 'rounding' | 'maxDiscountBp'>
/** What prices follow from of a tier. */
export type TierThen = { readonly id: string; readonly code: string; readonly name: string; readonly rank: number }

export const bookSettings = ({ currency, timeZone, rounding, maxDiscountBp }: BookSettings): BookSettings => ({
  currency,
  timeZone,
  rounding,
  maxDiscountBp,
})

/** A version of the shop's price book, and since when it is the newest, by the database's clock. */
export type BookVersion = { readonly version: number; readonly since: Instant }

/** The newest version, and when a publication that was set for an instant makes another; null when none waits. */
export type BookEdition = { readonly version: number; readonly until: Instant | null }

/** All but the rules that a version of the book was made of. */
export type PastEdition = BookVersion & { readonly settings: BookSettings; readonly tiers: readonly TierThen[] }
