import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'

/** What an offer has given so far, in orders reserved and committed, over all its versions. */
export type OfferUsage = { readonly uses: number; readonly taken: Minor }
/** By the offer's code. An offer that is not in it was never used. Only limited offers are looked up. */
export type Usage = ReadonlyMap<string, OfferUsage>

/** What one customer had of an offer in other orders: the orders, and the units by sku. */
export type ShopperUsage = { readonly uses: number; readonly units: ReadonlyMap<string, number> }

export type CouponStatus = 'AVAILABLE' | 'HELD' | 'USED' | 'EXPIRED' | 'REVOKED'
/** A coupon of this shopper: its own code, and the code of the CODE offer that it opens. */
export type OwnedCoupon = {
  readonly code: string
  readonly offerCode: string
  readonly status: CouponStatus
  /** The first instant at which it is no longer good; null: for good. */
  readonly validUntil: Instant | null
}

/** Somebody identified. Nobody is null, has no tier, no usage and no coupons, and is in no audience. */
export type Shopper = {
  /** The better of their own and their company's. */
  readonly tierCode: string | null
  readonly hasCountedOrder: boolean
  /** Whether a customer query holds this shopper. Asked lazily, and at most once a query in one pricing. */
  isIn(audience: string): boolean
  /** The same shopper with another tier, in audiences too: what the next tier up would pay. */
  withTier(tierCode: string): Shopper
  /** By the offer's code; what is missing was never used. */
  readonly usage: ReadonlyMap<string, ShopperUsage>
  readonly coupons: readonly OwnedCoupon[]
}
