import type { Instant } from '../kernel/clock.ts'
import type { OfferRule } from './compiled.ts'
import type { Moment } from './moment.ts'
import type { RuleOutcome } from './quote.ts'
import type { OwnedCoupon } from './shopper.ts'
import { foldCode } from './text.ts'

/** A code in the cart, as it was written, and what it opens: an offer by its own code, or by a coupon that the shopper owns. */
export type NamedCode = {
  readonly code: string
  readonly offer: OfferRule | null
  readonly coupon: OwnedCoupon | null
  /** Why the code opens nothing; null when it opens its offer. */
  readonly refusal: RuleOutcome | null
}

/** Each code once, in the order of the cart; two that differ only in the case of A to Z are one. */
export function resolveCodes(moment: Moment, codes: readonly string[]): NamedCode[] {
  const distinct = new Map<string, string>()
  for (const code of codes) if (!distinct.has(foldCode(code))) distinct.set(foldCode(code), code)
  return [...distinct].map(([folded, code]) => resolve(moment, folded, code))
}

function resolve(moment: Moment, folded: string, code: string): NamedCode {
  const offer = moment.book.codeOffers.get(folded)
  if (offer !== undefined) return { code, offer, coupon: null, refusal: null }
  const coupon = moment.shopper?.coupons.find((owned) => foldCode(owned.code) === folded)
  if (coupon === undefined) return { code, offer: null, coupon: null, refusal: 'UNKNOWN_CODE' }
  const opened = moment.book.couponOffers.get(foldCode(coupon.offerCode))
  return { code, offer: opened ?? null, coupon, refusal: opened === undefined ? 'NOT_LIVE' : whyNotGood(coupon, moment.at) }
}

/** Why a coupon opens nothing at an instant; null when it is good. */
export function whyNotGood(coupon: OwnedCoupon, at: Instant): RuleOutcome | null {
  if (coupon.status === 'HELD' || coupon.status === 'USED') return 'LIMIT_REACHED'
  const isOver = coupon.validUntil !== null && at >= coupon.validUntil
  return coupon.status !== 'AVAILABLE' || isOver ? 'NOT_LIVE' : null
}

/** The offers that the codes open, each once. */
export const offersNamed = (codes: readonly NamedCode[]): OfferRule[] => [
  ...new Set(codes.flatMap(({ offer, refusal }) => (offer !== null && refusal === null ? [offer] : []))),
]
