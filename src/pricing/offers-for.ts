import type { Instant } from '../kernel/clock.ts'
import type { PriceBook } from './book.ts'
import type { OfferRule } from './compiled.ts'
import { type Moment, momentOf, whyNotLive } from './moment.ts'
import { whyNotGood } from './named-codes.ts'
import type { Offer } from './rule.ts'
import type { OwnedCoupon, Shopper, Usage } from './shopper.ts'
import { foldCode } from './text.ts'

/**
 * An offer that a shopper may have now. `coupons`: their good coupons of it, the only codes that may be shown: a code that
 * anyone may type is told to nobody. `claimable`: a coupon of it may be claimed, as far as its terms say.
 */
export type ShopperOffer = { readonly offer: Offer; readonly coupons: readonly OwnedCoupon[]; readonly claimable: boolean }

/**
 * The offers of both levels that are live for a shopper (null: nobody identified) and have something left, by priority and
 * code: automatic ones; those by code, for whoever knows the code; those by coupon, if the shopper owns a good one or may
 * claim one. What a cart must hold for them (quantities, subtotals, tiers of steps) is for the cart to say.
 */
export function offersFor(book: PriceBook, shopper: Shopper | null, at: Instant, usage?: Usage): readonly ShopperOffer[] {
  const moment = momentOf(book, shopper, at, usage ?? null)
  return book.offers.filter((offer) => whyNotLive(moment, offer) === null).flatMap((offer) => shownTo(moment, offer))
}

function shownTo({ shopper, at }: Moment, { code, terms }: OfferRule): ShopperOffer[] {
  if (terms.coupons === null) return [{ offer: terms, coupons: [], claimable: false }]
  const owned = shopper?.coupons.filter((coupon) => foldCode(coupon.offerCode) === foldCode(code) && whyNotGood(coupon, at) === null) ?? []
  const { claimable } = terms.coupons
  return owned.length > 0 || claimable ? [{ offer: terms, coupons: owned, claimable }] : []
}
