import { type Coupon, holderOf, withCoupons } from '../coupons/coupon.model.ts'
import { couponsNamed, holdCoupons, takeCoupons } from '../coupons/wallet.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { shareCustomer } from '../customers/customer.service.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { linkInCart } from '../links/opening.service.ts'
import { holdLinkOf, takeLinkUse } from '../links/usage.service.ts'
import { holdUsageOf, take, toUsage } from '../offers/usage.service.ts'
import { type Book, bookInForce } from '../pricebook/book.service.ts'
import { settleDue } from '../pricebook/publication.service.ts'
import { limitedOffersOf } from '../pricing/candidates.ts'
import type { Cart } from '../pricing/cart.ts'
import { price } from '../pricing/price.ts'
import type { Quote } from '../pricing/quote.ts'
import { currentFactsOfProducts } from '../products/product.service.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { shopperAt } from '../shoppers/shopper.service.ts'
import { amountTooLarge, cartFault, skusOf, toCart, type WantedCart } from './cart.rules.ts'
import { endHolds } from './expiry.service.ts'
import { earlierAct, type Keyed, rememberAct } from './idempotency.service.ts'
import type { Reservation } from './reservation.model.ts'
import { firstUnavailable, offersOf, orderFault, ttlFault, type Unavailable, unavailableLink, usesToTake } from './reservation.rules.ts'
import { getReservation } from './reservation.service.ts'
import { insertReservation, lookAtHolds, type Used } from './reservation.store.ts'
import { packTrace, unexplained } from './trace.rules.ts'

export type WantedReservation = {
  readonly cart: WantedCart
  readonly customer: CustomerRef | null
  readonly ttlSeconds: number
  readonly expectedTotal: Minor
}

/** What comes of reserving. Only the first changes anything. */
export type Reserved =
  | { readonly kind: 'RESERVED'; readonly reservation: Reservation }
  | { readonly kind: 'PRICE_CHANGED'; readonly expectedTotal: Minor; readonly quote: Quote }
  | ({ readonly kind: 'UNAVAILABLE' } & Unavailable)

/** Holds were come upon that are over and use these: they are ended first, and the act begins again. */
type HoldsAreOver = { readonly kind: 'HOLDS_ARE_OVER'; readonly used: Used }
/** A publication is due that was set for an instant: it goes into force first, and the act begins again. */
type PublicationIsDue = { readonly kind: 'PUBLICATION_IS_DUE' }
type Attempt = Reserved | HoldsAreOver | PublicationIsDue | { readonly kind: 'DONE_BEFORE'; readonly id: Id<'Reservation'> }

const MAX_ATTEMPTS = 50

/**
 * Prices a cart by what the database says now and takes one use of everything that it uses: all or nothing. A shopper is
 * never charged what was not shown, and nothing is given that is not left.
 */
export async function reserve(world: World, wanted: WantedReservation, key: string): Promise<Result<Reserved, Problem>> {
  const fault = ttlFault(wanted.ttlSeconds) ?? cartFault(wanted.cart.lines, wanted.cart.codes) ?? orderFault(wanted.cart)
  if (fault !== null) return refuse(within(fault, 'input'))
  const keyed: Keyed<'reserve'> = { operation: 'reserve', key, input: wanted }
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const done = await transact(world, (tx) => tryReserve(tx, wanted, keyed))
    if (!done.ok) return done
    const { value } = done
    if (value.kind === 'DONE_BEFORE') return accept({ kind: 'RESERVED', reservation: await getReservation(world, value.id) })
    if (value.kind === 'PUBLICATION_IS_DUE') await settleDue(world)
    else if (value.kind === 'HOLDS_ARE_OVER') await endHolds(world, value.used)
    else return accept(value)
  }
  throw new Error('holds ended faster than they could be written so')
}

async function tryReserve(world: World, wanted: WantedReservation, keyed: Keyed<'reserve'>): Promise<Result<Attempt, Problem>> {
  const earlier = await earlierAct(world, keyed)
  if (!earlier.ok) return earlier
  if (earlier.value !== null) return accept({ kind: 'DONE_BEFORE', id: earlier.value })
  const customer = wanted.customer === null ? accept(null) : await shareCustomer(world, wanted.customer)
  if (!customer.ok) return refuse(within(customer.problem, 'input', 'customer'))

  const { book, until } = await bookInForce(world)
  const cart = toCart(wanted.cart, await currentFactsOfProducts(world, skusOf(wanted.cart)))
  if (!cart.ok) return refuse(within(cart.problem, 'input'))
  const { linkToken } = wanted.cart
  const linkIds = await holdLinkOf(world, linkToken)
  // Whether a rule is live is not asked here, so the instant does not matter.
  const named = await couponsNamed(world, book.prices, customer.value, cart.value.codes, null)
  const limited = await holdUsageOf(world, limitedOffersOf(book.prices, holderOf(named), cart.value, world.now))
  await holdCoupons(world, customer.value, named)
  const used = { ruleIds: limited.map(({ ruleId }) => ruleId), couponIds: named.map(({ id }) => id), linkIds }
  const { at, someAreOver } = await lookAtHolds(world, used)
  if (until !== null && until <= at) return accept({ kind: 'PUBLICATION_IS_DUE' })
  if (someAreOver) return accept({ kind: 'HOLDS_ARE_OVER', used })

  // What was named is asked for again now that it is held: somebody else may have used or taken it meanwhile.
  const coupons = named.length === 0 ? named : await couponsNamed(world, book.prices, customer.value, cart.value.codes, at)
  const holder = { shop: book.shop, customerId: customer.value, at, reserving: true }
  const link = linkToken === null ? null : await linkInCart(world, linkToken, holder)
  const priced = { ...cart.value, link: link?.cartLink ?? null }
  const quote = await priceNow(world, book, customer.value, coupons, priced, at, toUsage(limited))
  if (!quote.ok) return quote
  const unavailable = firstUnavailable(quote.value, coupons) ?? unavailableLink(link)
  if (unavailable !== null) return accept({ kind: 'UNAVAILABLE', ...unavailable })
  if (quote.value.total !== wanted.expectedTotal)
    return accept({ kind: 'PRICE_CHANGED', expectedTotal: wanted.expectedTotal, quote: unexplained(quote.value) })
  return accept({ kind: 'RESERVED', reservation: await hold(world, book, customer.value, coupons, quote.value, wanted.ttlSeconds, keyed) })
}

async function priceNow(
  world: World,
  book: Book,
  customerId: Id<'Customer'> | null,
  coupons: readonly Coupon[],
  cart: Cart,
  at: Instant,
  usage: ReturnType<typeof toUsage>,
): Promise<Result<Quote, Problem>> {
  const shopper = customerId === null ? null : await shopperAt(world, book, customerId, at)
  if (customerId !== null && shopper === null) throw new Error(`customer ${customerId} is held and not there`)
  const quote = price(book.prices, shopper && withCoupons(shopper.pricing, coupons), cart, at, { usage, reserving: true, explain: true })
  return quote.ok ? quote : refuse(amountTooLarge(['input', 'cart', 'lines']))
}

async function hold(
  world: World,
  book: Book,
  customerId: Id<'Customer'> | null,
  coupons: readonly Coupon[],
  quote: Quote,
  ttlSeconds: number,
  keyed: Keyed<'reserve'>,
): Promise<Reservation> {
  const id = newId() as Id<'Reservation'>
  const reservation = await insertReservation(
    world,
    { id, customerId, quote: unexplained(quote), trace: packTrace(quote) },
    quote.at,
    ttlSeconds,
  )
  await takeLinkUse(world, id, quote)
  await rememberAct(world, keyed, id)
  // Last, since offers without limits are held only now, and everybody's carts may use them.
  const codes = offersOf(quote.uses).map(({ code }) => code)
  const uses = usesToTake(
    quote,
    await holdUsageOf(world, codes),
    book.prices.offers.map((offer) => offer.terms),
    coupons,
  )
  await takeCoupons(
    world,
    customerId,
    uses.flatMap(({ couponId }) => couponId ?? []),
  )
  await take(world, { id, customerId }, uses)
  return reservation
}
