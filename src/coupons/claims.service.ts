import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Instant } from '../kernel/clock.ts'
import { findOffer } from '../offers/offer.service.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import type { Offer } from '../pricing/rule.ts'
import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import { countClaim, holdClaims, readClaimed, readClaims } from './claims.store.ts'
import { type Claims, type Coupon, mayClaimMore } from './coupon.model.ts'
import { goodUntil } from './coupon.rules.ts'
import { getCoupon } from './coupon.service.ts'
import { findCoupons, giveTo, holdByCode } from './coupon.store.ts'
import { makeCoupons } from './issuing.service.ts'

/** One coupon of an offer for a customer who may have it; null when none is left, for anybody or for them. Who calls it holds both, and the book. */
export async function takeClaim(world: World, { code, coupons }: Offer, customerId: string, at: Instant): Promise<Coupon | null> {
  const rule = await findOffer(world, code)
  if (rule === null || coupons === null) throw new Error(`no coupons of ${code} can be claimed`)
  // Who comes after the last one was taken need not wait for those who come with it.
  if (!mayClaimMore(coupons, { claimed: await readClaimed(world, rule.id), own: 0 })) return null
  if (!mayClaimMore(coupons, await holdClaims(world, rule.id, customerId))) return null
  await countClaim(world, rule.id)
  const issue = { ruleId: rule.id, batchId: null, claimed: true, issuedAt: at, validUntil: goodUntil(coupons, at, null) }
  const [id] = await makeCoupons(world, issue, [customerId])
  if (id === undefined) throw new Error('a coupon was made and has no id')
  changed(world, CUSTOMERS, [customerId])
  return getCoupon(world, id)
}

/** The coupon of a code that a customer has or nobody has taken yet, held; null: there is none, or it is somebody else's. */
export async function holdClaimable(world: World, code: string, customerId: string): Promise<Coupon | null> {
  const coupon = await holdByCode(world, code)
  return coupon !== null && (coupon.customerId ?? customerId) === customerId ? coupon : null
}

/** Makes a code that nobody had taken a customer's. Who calls it holds it. */
export async function takeCode(world: World, { id }: Coupon, customerId: string): Promise<Coupon> {
  await giveTo(world, customerId, [id])
  changed(world, CUSTOMERS, [customerId])
  const [taken] = await findCoupons(world, [id])
  if (taken === undefined) throw new Error(`no coupon ${id}`)
  return taken
}

/** What was claimed of each offer, by its folded code, for each of these customers in their order. */
export async function claimsOf(world: World, customerIds: readonly string[]): Promise<ReadonlyMap<string, Claims>[]> {
  const claims = Map.groupBy(await readClaims(world, customerIds), ({ customerId }) => customerId)
  return customerIds.map((id) => new Map((claims.get(id) ?? []).map(({ offerCode, ...counted }) => [codeKey(offerCode), counted])))
}
