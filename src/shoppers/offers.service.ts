import { claimsOf } from '../coupons/claims.service.ts'
import { withCoupons } from '../coupons/coupon.model.ts'
import { walletsOf } from '../coupons/coupon.service.ts'
import { usageOf } from '../offers/usage.service.ts'
import type { Book } from '../pricebook/book.service.ts'
import { offersFor } from '../pricing/offers-for.ts'
import type { World } from '../shell/world.ts'
import type { KnownShopper } from './shopper.model.ts'
import { offeredNow } from './shopper.rules.ts'

/** What each of these shoppers may have now. Wallets and claims are read only where the shop has offers with coupons. */
export async function offersOf(world: World, book: Book, shoppers: readonly KnownShopper[]): Promise<ReturnType<typeof offeredNow>[]> {
  const usage = await usageOf(world, book)
  const withAny = book.prices.couponOffers.size > 0
  const ids = shoppers.map(({ id }) => id)
  const wallets = withAny ? await walletsOf(world, ids) : []
  const claims = withAny ? await claimsOf(world, ids) : []
  return shoppers.map(({ pricing }, i) =>
    offeredNow(offersFor(book.prices, withCoupons(pricing, wallets[i] ?? []), world.now, usage), claims[i] ?? new Map(), world.now),
  )
}
