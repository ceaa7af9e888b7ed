import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { CouponTerms, Offer } from '../pricing/rule.ts'
import type { OwnedCoupon, Shopper } from '../pricing/shopper.ts'

/** A right to use a CODE offer, as it stands. `validUntil`: never later than the offer's own. */
export type Coupon = OwnedCoupon & {
  readonly id: Id<'Coupon'>
  readonly offerName: string
  /** Null: a single-use code that nobody has taken yet. */
  readonly customerId: Id<'Customer'> | null
  readonly issuedAt: Instant
}

/** Single-use codes that were made in one go, to be printed or sent by others. */
export type CouponBatch = {
  readonly id: Id<'CouponBatch'>
  readonly offerCode: string
  readonly offerName: string
  /** How many. */
  readonly codes: number
  readonly validUntil: Instant | null
  readonly createdAt: Instant
}

/** What was claimed of an offer: in all, and by one customer. */
export type Claims = { readonly claimed: number; readonly own: number }
export const NO_CLAIMS: Claims = { claimed: 0, own: 0 }

/** The alphabet of coupon codes: no 0, O, 1 or I, which are taken for one another, and no vowels, which make words. */
export const CODE_LETTERS = '23456789BCDFGHJKLMNPQRSTVWXYZ'
export const CODE_LENGTH = 12
const OF_OURS = new RegExp(`^[${CODE_LETTERS}]{${CODE_LENGTH}}$`, 'i')

/** Whether a text can be a coupon's code at all: what cannot is not looked for. */
export const canBeCoupon = (code: string): boolean => OF_OURS.test(code)

/** When coupons of an offer may be claimed: in a window of its own, or while the offer holds. */
export const claimWindow = ({ coupons, validFrom, validUntil }: Offer): { from: number; until: number } => ({
  from: coupons?.claimFrom ?? validFrom ?? Number.NEGATIVE_INFINITY,
  until: Math.min(coupons?.claimUntil ?? Number.POSITIVE_INFINITY, validUntil ?? Number.POSITIVE_INFINITY),
})

/** Whether one more may be claimed. */
export const mayClaimMore = ({ stock, perCustomer }: CouponTerms, { claimed, own }: Claims): boolean =>
  (stock === null || claimed < stock) && own < perCustomer

/** The same shopper with these coupons, with another tier too. */
export const withCoupons = (shopper: Shopper, coupons: readonly OwnedCoupon[]): Shopper =>
  coupons.length === 0 ? shopper : { ...shopper, coupons, withTier: (tierCode) => withCoupons(shopper.withTier(tierCode), coupons) }

/** Somebody of whom only this is known, that they may open these coupons' offers: for finding out which offers those are. */
export const holderOf = (coupons: readonly OwnedCoupon[]): Shopper => ({
  tierCode: null,
  hasCountedOrder: false,
  isIn: () => false,
  withTier: () => holderOf(coupons),
  usage: new Map(),
  coupons: coupons.map((coupon) => ({ ...coupon, status: 'AVAILABLE', validUntil: null })),
})
