import type { Id } from '../kernel/id.ts'
import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type Person = Id<'Customer'>
type Gift = { readonly campaign_id: string; readonly give: number }
type Event = { readonly campaign_id: string; readonly kind: string; readonly day: string }

/** Makes what was given to `from`, and what they did, `into`'s, as far as `into` has not the same. What moved is the answer. */
export async function moveGiven({ em, shopId }: World, from: Person, into: Person): Promise<{ gifts: Gift[]; events: Event[] }> {
  const gifts = await rowsOf<Gift>(
    em,
    sql`update campaign_given g set customer_id = ${into}::uuid
        where g.shop_id = ${shopId} and g.customer_id = ${from}::uuid and not exists (
          select 1 from campaign_given o
          where o.shop_id = g.shop_id and o.campaign_id = g.campaign_id and o.give = g.give and o.customer_id = ${into}::uuid)
        returning g.campaign_id, g.give`,
  )
  const events = await rowsOf<Event>(
    em,
    sql`update campaign_event v set customer_id = ${into}::uuid
        where v.shop_id = ${shopId} and v.customer_id = ${from}::uuid and not exists (
          select 1 from campaign_event o where o.shop_id = v.shop_id and o.campaign_id = v.campaign_id and o.kind = v.kind and o.day = v.day
            and o.customer_id = ${into}::uuid)
        returning v.campaign_id, v.kind, v.day::text`,
  )
  return { gifts, events }
}

/** Gives back what was taken, as far as it is still there. */
export async function returnGiven(
  { em, shopId }: World,
  from: Person,
  into: Person,
  { gifts, events }: { readonly gifts: readonly Gift[]; readonly events: readonly Event[] },
): Promise<void> {
  await rowsOf(
    em,
    sql`update campaign_given g set customer_id = ${from}::uuid
        from jsonb_to_recordset(${JSON.stringify(gifts)}::jsonb) as t (campaign_id uuid, give smallint)
        where g.shop_id = ${shopId} and g.customer_id = ${into}::uuid and g.campaign_id = t.campaign_id and g.give = t.give and not exists (
          select 1 from campaign_given o
          where o.shop_id = g.shop_id and o.campaign_id = g.campaign_id and o.give = g.give and o.customer_id = ${from}::uuid)`,
  )
  await rowsOf(
    em,
    sql`update campaign_event v set customer_id = ${from}::uuid
        from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as t (campaign_id uuid, kind text, day date)
        where v.shop_id = ${shopId} and v.customer_id = ${into}::uuid and v.campaign_id = t.campaign_id and v.kind = t.kind and v.day = t.day
          and not exists (
            select 1 from campaign_event o where o.shop_id = v.shop_id and o.campaign_id = v.campaign_id and o.kind = v.kind and o.day = v.day
              and o.customer_id = ${from}::uuid)`,
  )
}

/** What campaigns gave these customers, and on which days they saw, clicked and dismissed them on site, as plain data. */
export async function tellGiven({ em, shopId }: World, customerIds: readonly Person[]): Promise<object> {
  const row = await rowOf<{ given: object[]; events: object[] }>(
    em,
    sql`select
          (select coalesce(jsonb_agg(jsonb_build_object('customerId', g.customer_id, 'campaign', k.code, 'givenAt', g.given_at,
              'coupons', (select coalesce(jsonb_agg(c.code order by c.id), '[]') from coupon c where c.shop_id = g.shop_id and c.id = any(g.coupon_ids)),
              'privateLink', g.link_id) order by g.given_at, k.code, g.give), '[]')
            from campaign_given g join campaign k on k.shop_id = g.shop_id and k.id = g.campaign_id
            where g.shop_id = ${shopId} and g.customer_id = any(${asUuids(customerIds)})) as given,
          (select coalesce(jsonb_agg(jsonb_build_object('customerId', v.customer_id, 'campaign', k.code, 'kind', v.kind, 'at', v.at)
              order by v.at, k.code, v.kind), '[]')
            from campaign_event v join campaign k on k.shop_id = v.shop_id and k.id = v.campaign_id
            where v.shop_id = ${shopId} and v.customer_id = any(${asUuids(customerIds)})) as events`,
  )
  return row ?? { given: [], events: [] }
}

/** The token of a link of somebody who is forgotten is nobody's to send any more; that something was given stays, as nobody's. */
export async function forgetGiven({ em, shopId }: World, customerIds: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update campaign_given set link_id = null, sealed = null where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`,
  )
}
