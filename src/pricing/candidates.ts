import type { Instant } from '../kernel/clock.ts'
import type { PriceBook } from './book.ts'
import type { Cart } from './cart.ts'
import type { OfferRule } from './compiled.ts'
import { momentOf } from './moment.ts'
import { resolveCodes } from './named-codes.ts'
import { orderOffersOf } from './order-level.ts'
import { openCart } from './priced.ts'
import type { Shopper } from './shopper.ts'
import { byBytes } from './text.ts'

/**
 * The codes of the limited offers that may have a say in a cart, in byte order: what a reservation locks before it looks
 * at what they have left. Limited: totalLimit, perCustomerLimit, budget or maxUnitsPerCustomer. Live or not is not asked.
 */
export function limitedOffersOf(book: PriceBook, shopper: Shopper | null, cart: Cart, at: Instant): string[] {
  const moment = momentOf(book, shopper, at, null)
  const state = openCart(moment, cart, resolveCodes(moment, cart.codes))
  const found = new Set<OfferRule>([...state.named, ...orderOffersOf(state)])
  for (const { buckets } of state.lines) {
    for (const bucket of buckets) for (const offer of [...bucket.exclusives, ...bucket.stackables]) found.add(offer)
  }
  return [...found]
    .filter((offer) => offer.limited || (offer.terms.product !== null && offer.terms.product.maxUnitsPerCustomer !== null))
    .map((offer) => offer.code)
    .sort(byBytes)
}
