import { trace } from '../audit/audit.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { findCustomerId } from '../customers/customer.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { findOffer } from '../offers/offer.service.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { Coupon } from './coupon.model.ts'
import { canBeCoupon } from './coupon.model.ts'
import { whyNotRevoked } from './coupon.rules.ts'
import { countCoupons, findCoupons, holdByCode, listCoupons, readWallets, revoke, type Whose } from './coupon.store.ts'

export type WantedCoupons = { readonly offerCode: string | null; readonly customer: CustomerRef | null }

/** Coupons that somebody owns, the newest first. */
export async function pageOfCoupons(world: World, wanted: WantedCoupons, request: PageRequest): Promise<Result<Page<Coupon>, Problem>> {
  const whose = await findWhose(world, wanted)
  if (!whose.ok) return whose
  return accept(page(await listCoupons(world, whose.value, request), request, ({ id }) => id))
}

export async function numberOfCoupons(world: World, wanted: WantedCoupons): Promise<Result<number, Problem>> {
  const whose = await findWhose(world, wanted)
  return whose.ok ? accept(await countCoupons(world, whose.value)) : whose
}

async function findWhose(world: World, { offerCode, customer }: WantedCoupons): Promise<Result<Whose, Problem>> {
  const ruleId = await findRuleId(world, offerCode)
  if (!ruleId.ok) return ruleId
  const owner = customer === null ? accept(null) : await findCustomerId(world, customer)
  return owner.ok ? accept({ ruleId: ruleId.value, customerId: owner.value }) : refuse(within(owner.problem, 'customer'))
}

export async function findRuleId(world: World, offerCode: string | null): Promise<Result<string | null, Problem>> {
  if (offerCode === null) return accept(null)
  const offer = await findOffer(world, offerCode)
  return offer ? accept(offer.id) : refuse(problem('NOT_FOUND', `There is no offer "${offerCode.slice(0, 200)}".`, ['offerCode']))
}

/** In the order of the ids, as they stand at an instant; null: as the database's clock has it. */
export async function couponsByIds(world: World, ids: readonly string[], at: Instant | null = null): Promise<Coupon[]> {
  const found = new Map((await findCoupons(world, ids, at)).map((coupon) => [coupon.id as string, coupon]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

export async function getCoupon(world: World, id: string): Promise<Coupon> {
  const [coupon] = await couponsByIds(world, [id])
  if (coupon === undefined) throw new Error(`no coupon ${id}`)
  return coupon
}

/** What a shopper is shown at the most. */
const WALLET = 250

/** What each customer has, in the order of the ids: what can be used first, the newest first; at most 250 each. */
export async function walletsOf(world: World, customerIds: readonly string[]): Promise<Coupon[][]> {
  const coupons = Map.groupBy(await readWallets(world, customerIds, WALLET), ({ customerId }) => customerId as string)
  return customerIds.map((id) => coupons.get(id) ?? [])
}

/** Calls a coupon back. What is held with it stays held, and may become an order. */
export function revokeCoupon(world: World, code: string): Promise<Result<Coupon, Problem>> {
  return transact(world, async (tx) => {
    const found = canBeCoupon(code) ? await holdByCode(tx, code) : null
    const fault = whyNotRevoked(found)
    if (fault !== null || found === null) return refuse(fault ?? problem('NOT_FOUND', 'There is no coupon of this code.', ['code']))
    await revoke(tx, [found.id])
    const coupon = await getCoupon(tx, found.id)
    await trace(tx, {
      action: 'revokeCoupon',
      target: `customer/${found.customerId}`,
      before: told(found),
      after: told(coupon),
    })
    changed(tx, CUSTOMERS, found.customerId === null ? [] : [found.customerId])
    return accept(coupon)
  })
}

const told = ({ code, offerCode, status }: Coupon): { code: string; offerCode: string; status: string } => ({ code, offerCode, status })
