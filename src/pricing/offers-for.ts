import type { Instant } from '../kernel/clock.ts'
import type { PriceBook } from './book.ts'
import type { Offer } from './rule.ts'
import type { OwnedCoupon, Shopper, Usage } from './shopper.ts'

/** An offer that this shopper may have now. `coupons`: their good coupons of it, the only codes that may be shown. `claimable`: a coupon of it may be claimed. */
export type ShopperOffer = { readonly offer: Offer; readonly coupons: readonly OwnedCoupon[]; readonly claimable: boolean }

export function offersFor(_book: PriceBook, _shopper: Shopper | null, _at: Instant, _usage?: Usage): readonly ShopperOffer[] {
  throw new Error('being built')
}
