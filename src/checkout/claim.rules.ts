import { type Coupon, claimWindow } from '../coupons/coupon.model.ts'
import type { Instant } from '../kernel/clock.ts'
import type { PriceBook } from '../pricing/book.ts'
import type { OfferRule } from '../pricing/compiled.ts'
import { momentOf, whyNotLive } from '../pricing/moment.ts'
import type { Shopper, Usage } from '../pricing/shopper.ts'
import { reasonOf, type UnavailableReason } from './reservation.rules.ts'

/** Who claims, when, by which book; `usage`: what the offer has given. */
export type Claiming = { readonly book: PriceBook; readonly shopper: Shopper; readonly at: Instant; readonly usage: Usage }

/** Why this shopper may not claim a coupon of an offer; null when they may, as long as there is one left. */
export function whyNotClaimed(claiming: Claiming, offer: OfferRule): UnavailableReason | null {
  // The window in which coupons may be claimed may begin before that in which they may be used.
  return whyNotHad(claiming, { ...offer, ...claimWindow(offer.terms) })
}

/** Why this shopper may not take a single-use code, of which `offer` is in force (undefined: nothing is); null when they may. */
export function whyNotTaken(claiming: Claiming, coupon: Coupon, offer: OfferRule | undefined): UnavailableReason | null {
  if (coupon.status === 'REVOKED' || coupon.status === 'EXPIRED') return coupon.status
  return offer === undefined ? 'NOT_LIVE' : whyNotHad(claiming, offer)
}

function whyNotHad({ book, shopper, at, usage }: Claiming, offer: OfferRule): UnavailableReason | null {
  const outcome = whyNotLive(momentOf(book, shopper, at, usage, true), offer)
  return outcome === null ? null : (reasonOf(outcome) ?? 'NOT_ELIGIBLE')
}
