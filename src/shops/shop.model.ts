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
  readonly privateLinkUrl: string | null
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
