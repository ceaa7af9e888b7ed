import type { Instant } from '../kernel/clock.ts'
import type { PriceBook } from '../pricing/book.ts'
import { foldCode } from '../pricing/text.ts'
import type { World } from '../shell/world.ts'
import { type Coupon, canBeCoupon } from './coupon.model.ts'
import { findNamed, giveTo, holdNamed } from './coupon.store.ts'
import { findNamedThen } from './past-wallet.store.ts'

/**
 * The coupons among a cart's codes that a customer has, or that nobody has taken yet, as they stand at an instant (null: now).
 * They are read at every asking: a wallet is kept in nobody's memory. Nobody has none.
 */
export async function couponsNamed(
  world: World,
  book: PriceBook,
  customerId: string | null,
  codes: readonly string[],
  at: Instant | null,
): Promise<Coupon[]> {
  const wanted = askedFor(book, codes)
  return customerId === null || wanted.length === 0 ? [] : findNamed(world, customerId, wanted, at)
}

/** The same as they stood at an instant of the past, whatever has become of them since. */
export async function couponsNamedThen(
  world: World,
  book: PriceBook,
  customerId: string | null,
  codes: readonly string[],
  at: Instant,
): Promise<Coupon[]> {
  const wanted = askedFor(book, codes)
  return customerId === null || wanted.length === 0 ? [] : findNamedThen(world, customerId, wanted, at)
}

const askedFor = (book: PriceBook, codes: readonly string[]): string[] =>
  codes.filter((code) => canBeCoupon(code) && !book.codeOffers.has(foldCode(code)))

/** Holds coupons that a customer named until the transaction ends, each as far as it is still theirs to use. */
export async function holdCoupons(world: World, customerId: string | null, coupons: readonly Coupon[]): Promise<void> {
  if (customerId === null || coupons.length === 0) return
  await holdNamed(
    world,
    customerId,
    coupons.map(({ id }) => id),
  )
}

/** Whoever uses a single-use code that nobody had taken has it from then on. Who calls it holds the coupons. */
export async function takeCoupons(world: World, customerId: string | null, ids: readonly string[]): Promise<void> {
  if (customerId !== null && ids.length > 0) await giveTo(world, customerId, ids)
}
