import type { Coupon } from '../coupons/coupon.model.ts'
import type { Minor } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { isPlain, isWord } from '../kernel/text.ts'
import type { LinkRefusal } from '../links/link.model.ts'
import type { OfferUse, RuleUsage } from '../offers/usage.model.ts'
import type { Quote, RuleOutcome } from '../pricing/quote.ts'
import type { Offer } from '../pricing/rule.ts'
import type { OwnedCoupon } from '../pricing/shopper.ts'
import { foldCode } from '../pricing/text.ts'
import type { WantedCart } from './cart.rules.ts'

const TTL = { least: 60, most: 86_400 } as const
const LONGEST_LINE_ID = 100

export const ttlFault = (ttlSeconds: number, ...path: string[]): Problem | null =>
  ttlSeconds >= TTL.least && ttlSeconds <= TTL.most
    ? null
    : problem('BAD_USER_INPUT', `ttlSeconds must be from ${TTL.least} to ${TTL.most.toLocaleString('en')}.`, [...path, 'ttlSeconds'])

/** What a cart must be besides to become an order: it has a line, and ids and skus that an order's lines can have. */
export function orderFault({ lines }: WantedCart): Problem | null {
  if (lines.length === 0) return problem('BAD_USER_INPUT', 'There is nothing in the cart to reserve.', ['cart', 'lines'])
  for (const [i, line] of lines.entries()) {
    if (!isWord(line.id, LONGEST_LINE_ID))
      return problem('BAD_USER_INPUT', `id must have 1 to ${LONGEST_LINE_ID} characters; leave it out for the line's index.`, [
        'cart',
        'lines',
        i,
        'id',
      ])
    if (!isPlain(line.sku)) return problem('BAD_USER_INPUT', 'sku has a character that nobody can type.', ['cart', 'lines', i, 'sku'])
  }
  return null
}

export type UnavailableReason = 'UNKNOWN' | 'NOT_LIVE' | 'NOT_FIRST_ORDER' | 'LIMIT_REACHED' | 'EXPIRED' | 'REVOKED' | 'NOT_ELIGIBLE'
export type Unavailable = { readonly code: string; readonly reason: UnavailableReason }

const REASONS: Readonly<Partial<Record<RuleOutcome, UnavailableReason>>> = {
  UNKNOWN_CODE: 'UNKNOWN',
  NOT_LIVE: 'NOT_LIVE',
  NOT_FIRST_ORDER: 'NOT_FIRST_ORDER',
  LIMIT_REACHED: 'LIMIT_REACHED',
  NOT_IN_AUDIENCE: 'NOT_ELIGIBLE',
}

const LINK_REASONS: Readonly<Record<LinkRefusal, UnavailableReason>> = {
  UNKNOWN: 'UNKNOWN',
  REVOKED: 'REVOKED',
  EXPIRED: 'EXPIRED',
  NOT_BEGUN: 'NOT_LIVE',
  NOT_FOR_THEM: 'NOT_ELIGIBLE',
  USED_UP: 'LIMIT_REACHED',
}

/** The private link of the cart, if it is not open to this shopper: by its id, or where there is none as the input's field is called. */
export const unavailableLink = (
  link: { readonly link: { readonly id: string } | null; readonly refusal: LinkRefusal | null } | null,
): Unavailable | null =>
  link === null || link.refusal === null ? null : { code: link.link?.id ?? 'privateLinkToken', reason: LINK_REASONS[link.refusal] }

/** Why an outcome is no use to a shopper; undefined: it is, with another cart. */
export const reasonOf = (outcome: RuleOutcome): UnavailableReason | undefined => REASONS[outcome]

/**
 * The first code of the cart that is unknown, not live, used up or not for this shopper; one that this cart is too small for
 * is none. `coupons`: those among the codes.
 */
export function firstUnavailable({ refusedCodes }: Quote, coupons: readonly OwnedCoupon[]): Unavailable | null {
  for (const { code, outcome } of refusedCodes) {
    const status = outcome === 'NOT_LIVE' && coupons.find((coupon) => foldCode(coupon.code) === foldCode(code))?.status
    const reason = status === 'EXPIRED' || status === 'REVOKED' ? status : REASONS[outcome]
    if (reason !== undefined) return { code, reason }
  }
  return null
}

/** What a priced cart uses of offers; its link is counted apart. */
export const offersOf = (uses: Quote['uses']): Quote['uses'] => uses.filter(({ kind }) => kind === 'OFFER')

/** What a priced cart uses, each offer and coupon under its id; for what may be won the most is held, until it is drawn. */
export function usesToTake({ uses }: Quote, held: readonly RuleUsage[], offers: readonly Offer[], coupons: readonly Coupon[]): OfferUse[] {
  const idOf = new Map(held.map(({ code, ruleId }) => [code, ruleId]))
  const restoring = new Set(offers.filter((offer) => offer.returnsRestoreUse).map(({ code }) => code))
  const couponOf = new Map(coupons.map((coupon) => [coupon.code, coupon.id]))
  return offersOf(uses).map(({ code, taken, mayOwe, units, lineIds, coupon }) => {
    const ruleId = idOf.get(code)
    if (ruleId === undefined) throw new Error(`offer ${code} is used and not counted`)
    const bySku = Object.fromEntries(units.map(({ sku, quantity }) => [sku, quantity]))
    const couponId = coupon === null ? null : (couponOf.get(coupon) ?? null)
    return { ruleId, taken: (taken + mayOwe) as Minor, units: bySku, lineIds, returnsRestore: restoring.has(code), couponId }
  })
}

/** What is reserved, as an order's lines. */
export const orderLines = ({ lines }: Quote) =>
  lines.map(({ id, sku, quantity, unitPrice, total }) => ({ id, sku, quantity, unitPrice, total: total as Minor }))
