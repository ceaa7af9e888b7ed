import { holdClaimable, takeClaim, takeCode } from '../coupons/claims.service.ts'
import { type Coupon, canBeCoupon } from '../coupons/coupon.model.ts'
import { getCoupon } from '../coupons/coupon.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { shareCustomer } from '../customers/customer.service.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { toUsage, usageOfCodes } from '../offers/usage.service.ts'
import { type Book, bookInForce, readBook } from '../pricebook/book.service.ts'
import { settleDue } from '../pricebook/publication.service.ts'
import type { OfferRule } from '../pricing/compiled.ts'
import { foldCode } from '../pricing/text.ts'
import { transact, type World } from '../shell/world.ts'
import { shopperAt } from '../shoppers/shopper.service.ts'
import { type Claiming, whyNotClaimed, whyNotTaken } from './claim.rules.ts'
import { keyFault } from './idempotency.rules.ts'
import { earlierAct, type Keyed, rememberAct } from './idempotency.service.ts'
import type { UnavailableReason } from './reservation.rules.ts'
import { readClock } from './reservation.store.ts'

/** What comes of claiming. Only the first changes anything. */
export type Claimed =
  | { readonly kind: 'CLAIMED'; readonly coupon: Coupon }
  | { readonly kind: 'UNAVAILABLE'; readonly code: string; readonly reason: UnavailableReason }

/** A publication is due that was set for an instant: it goes into force first, and the act begins again. */
type Attempt = Claimed | { readonly kind: 'PUBLICATION_IS_DUE' }

/**
 * Gives a customer (null: nobody is identified) a coupon of the offer whose code this is, if it may be claimed, or the
 * single-use code itself, if nobody has taken it.
 */
export async function claimCoupon(
  world: World,
  claimCode: string,
  customer: CustomerRef | null,
  key: string,
): Promise<Result<Claimed, Problem>> {
  if (customer === null) return asNobody(world, claimCode, key)
  const keyed: Keyed<'claim'> = { operation: 'claim', key, input: { claimCode, customer } }
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const done = await transact(world, (tx) => tryClaim(tx, claimCode, customer, keyed))
    if (!done.ok) return done
    if (done.value.kind !== 'PUBLICATION_IS_DUE') return accept(done.value)
    await settleDue(world)
  }
  throw new Error('publications came due faster than they could be put in force')
}

const MAX_ATTEMPTS = 50

/** Coupons are somebody's. Nobody is told which single-use codes there are. */
async function asNobody(world: World, claimCode: string, key: string): Promise<Result<Claimed, Problem>> {
  const fault = keyFault(key)
  if (fault !== null) return refuse({ ...fault, path: ['idempotencyKey'] })
  const offer = claimable((await readBook(world)).prices.couponOffers.get(foldCode(claimCode)))
  return accept({ kind: 'UNAVAILABLE', code: claimCode, reason: offer === undefined ? 'UNKNOWN' : 'NOT_ELIGIBLE' })
}

async function tryClaim(world: World, claimCode: string, ref: CustomerRef, keyed: Keyed<'claim'>): Promise<Result<Attempt, Problem>> {
  const earlier = await earlierAct(world, keyed)
  if (!earlier.ok) return earlier
  if (earlier.value !== null) return accept({ kind: 'CLAIMED', coupon: await getCoupon(world, earlier.value) })
  const customer = await shareCustomer(world, ref)
  if (!customer.ok) return refuse(within(customer.problem, 'customer'))
  const { book, until } = await bookInForce(world)
  if (until !== null && until <= (await readClock(world))) return accept({ kind: 'PUBLICATION_IS_DUE' })
  const taken = await take(world, book, claimCode, customer.value)
  if (typeof taken === 'string') return accept({ kind: 'UNAVAILABLE', code: claimCode, reason: taken })
  await rememberAct(world, keyed, taken.id)
  return accept({ kind: 'CLAIMED', coupon: taken })
}

const claimable = (offer: OfferRule | undefined): OfferRule | undefined => (offer?.terms.coupons?.claimable ? offer : undefined)

async function take(world: World, book: Book, claimCode: string, customerId: Id<'Customer'>): Promise<Coupon | UnavailableReason> {
  const offer = claimable(book.prices.couponOffers.get(foldCode(claimCode)))
  if (offer !== undefined) {
    const claiming = await claimingOf(world, book, customerId, offer)
    return whyNotClaimed(claiming, offer) ?? (await takeClaim(world, offer.terms, customerId, claiming.at)) ?? 'LIMIT_REACHED'
  }
  const coupon = canBeCoupon(claimCode) ? await holdClaimable(world, claimCode, customerId) : null
  if (coupon === null) return 'UNKNOWN'
  // Who has it already is told so again, whatever has become of it.
  if (coupon.customerId !== null) return coupon
  const opened = book.prices.couponOffers.get(foldCode(coupon.offerCode))
  return whyNotTaken(await claimingOf(world, book, customerId, opened), coupon, opened) ?? takeCode(world, coupon, customerId)
}

async function claimingOf(world: World, book: Book, customerId: Id<'Customer'>, offer: OfferRule | undefined): Promise<Claiming> {
  const at = await readClock(world)
  const shopper = await shopperAt(world, book, customerId, at)
  if (shopper === null) throw new Error(`customer ${customerId} is held and not there`)
  const usage = toUsage(offer?.limited ? await usageOfCodes(world, [offer.code]) : [])
  return { book: book.prices, shopper: shopper.pricing, at, usage }
}
