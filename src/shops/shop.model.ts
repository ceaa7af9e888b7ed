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
}

/** From when on an order counts for statistics, tiers and first orders. */
export type OrderCountsWhen = 'PAID' | 'COMPLETED'

export type ShopChange = { readonly [K in keyof Omit<Shop, 'id' | 'code'>]?: Shop[K] }
