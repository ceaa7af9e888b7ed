import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { RuleOf } from '../pricebook/rule.model.ts'
import type { CouponTerms } from '../pricing/rule.ts'
import type { Coupon } from './coupon.model.ts'

/** The first instant at which a coupon issued now is no longer good by itself; null: as long as its offer is. */
export const goodUntil = ({ validDays }: CouponTerms, issuedAt: Instant, until: Instant | null): Instant | null =>
  until ?? (validDays === null ? null : instant(issuedAt + validDays * DAY_MS))

export type IssuableOffer = { readonly ruleId: string; readonly code: string; readonly terms: CouponTerms }

/** What is in force of an offer and its coupons; or why none can be given. */
export function issuable(found: RuleOf<'OFFER'> | null, code: string, now: Instant, until: Instant | null): Result<IssuableOffer, Problem> {
  if (found === null) return refuse(problem('NOT_FOUND', `There is no offer "${code}".`, ['offerCode']))
  const offer = found.published?.terms
  const conflict = (message: string) => refuse(problem('CONFLICT', message, ['offerCode']))
  if (offer === undefined) return conflict(`Offer "${found.code}" is not in force: publish it first.`)
  if (offer.coupons === null)
    return conflict(`Offer "${found.code}" is not had with coupons: save it with trigger CODE and coupons, and publish it.`)
  if (offer.validUntil !== null && offer.validUntil <= now)
    return conflict(`Offer "${found.code}" is over: save it with a later validUntil.`)
  if (until !== null && until <= now) return refuse(problem('BAD_USER_INPUT', 'validUntil must be in the future.', ['validUntil']))
  return accept({ ruleId: found.id, code: found.code, terms: offer.coupons })
}

const MOST_EACH = 100

export const eachFault = (each: number): Problem | null =>
  each >= 1 && each <= MOST_EACH ? null : problem('BAD_USER_INPUT', `each must be from 1 to ${MOST_EACH}.`, ['each'])

/** Why a coupon cannot be called back; null when it can. */
export function whyNotRevoked(coupon: Coupon | null): Problem | null {
  if (coupon === null) return problem('NOT_FOUND', 'There is no coupon of this code.', ['code'])
  if (coupon.customerId === null)
    return problem('CONFLICT', 'Nobody has taken this code yet: call it back with revokeCouponCodes, by its batch.', ['code'])
  return coupon.status === 'USED' ? problem('CONFLICT', 'This coupon is used: an order has it.', ['code']) : null
}
