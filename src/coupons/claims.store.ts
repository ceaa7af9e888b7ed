import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Claims } from './coupon.model.ts'

/** What was claimed of an offer, held until the transaction ends: whoever else claims it waits. */
export async function holdClaims(world: World, ruleId: string, customerId: string): Promise<Claims> {
  const { em, shopId } = world
  await rowsOf(em, sql`insert into coupon_claims (shop_id, rule_id) values (${shopId}, ${ruleId}) on conflict do nothing`)
  const row = await rowOf<{ claimed: number }>(
    em,
    sql`select claimed from coupon_claims where shop_id = ${shopId} and rule_id = ${ruleId} for update`,
  )
  const own = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from coupon where shop_id = ${shopId} and rule_id = ${ruleId}::uuid and customer_id = ${customerId}::uuid and claimed`,
  )
  return { claimed: row?.claimed ?? 0, own: Number(own?.n ?? 0) }
}

/** What was claimed of an offer in all by now. It never becomes less, so who finds nothing left need not wait. */
export async function readClaimed({ em, shopId }: World, ruleId: string): Promise<number> {
  const row = await rowOf<{ claimed: number }>(em, sql`select claimed from coupon_claims where shop_id = ${shopId} and rule_id = ${ruleId}`)
  return row?.claimed ?? 0
}

/** One more; who calls it holds the claims. */
export async function countClaim({ em, shopId }: World, ruleId: string): Promise<void> {
  await rowsOf(em, sql`update coupon_claims set claimed = claimed + 1 where shop_id = ${shopId} and rule_id = ${ruleId}`)
}

export type ClaimsOfOffer = Claims & { readonly customerId: string; readonly offerCode: string }

/** What was claimed of each offer, in all and by each of these customers; offers that nobody claimed are left out. */
export async function readClaims({ em, shopId }: World, customerIds: readonly string[]): Promise<ClaimsOfOffer[]> {
  const rows = await rowsOf<{ customer_id: string; code: string; claimed: number; own: string }>(
    em,
    sql`select p.id as customer_id, r.code, c.claimed,
          (select count(*) from coupon k where k.shop_id = c.shop_id and k.rule_id = c.rule_id and k.customer_id = p.id and k.claimed) as own
        from coupon_claims c join rule r on r.shop_id = c.shop_id and r.id = c.rule_id
        cross join unnest(${asUuids(customerIds)}) as p(id)
        where c.shop_id = ${shopId} and c.claimed > 0`,
  )
  return rows.map(({ customer_id, code, claimed, own }) => ({ customerId: customer_id, offerCode: code, claimed, own: Number(own) }))
}
