import { rowOf, sql } from '../../src/shell/sql.ts'
import type { World } from '../../src/shell/world.ts'

// What campaigns promise, each as one query whose result is 0. They look at what was truly sent (message.sent_at), and not at
// what was decided; and they share nothing with the product.

export type Limits = {
  readonly zone: string
  readonly perWeek: number
  readonly perMonth: number
  readonly perMonthValued: number
  readonly from: number
  readonly until: number
}

const WENT = sql`m.sent_at is not null and m.status not in ('QUEUED', 'CANCELLED')`

export const PROMISES: Readonly<Record<string, (shopId: number, limits: Limits) => ReturnType<typeof sql>>> = {
  'customers over a cap': (shop, { perWeek, perMonth, perMonthValued }) => sql`
    select count(*) as n from message m where m.shop_id = ${shop} and m.purpose = 'MARKETING' and ${WENT} and (
      (select count(*) from message e where e.shop_id = m.shop_id and e.customer_id = m.customer_id and e.purpose = 'MARKETING'
         and e.sent_at > m.sent_at - interval '7 days' and e.sent_at <= m.sent_at) > ${perWeek}
      or (select count(*) from message e where e.shop_id = m.shop_id and e.customer_id = m.customer_id and e.purpose = 'MARKETING'
         and e.sent_at > m.sent_at - interval '28 days' and e.sent_at <= m.sent_at) >
         case when exists (select 1 from customer_tag t where t.shop_id = m.shop_id and t.customer_id = m.customer_id and t.tag_key = 'valued')
           then ${perMonthValued}::integer else ${perMonth}::integer end)`,
  'messages in quiet hours': (shop, { zone, from, until }) => sql`
    select count(*) as n from message m where m.shop_id = ${shop} and ${WENT}
      and (extract(hour from m.sent_at at time zone ${zone}) >= ${from} or extract(hour from m.sent_at at time zone ${zone}) < ${until})`,
  'messages after an objection': (shop) => sql`
    select count(*) as n from message m where m.shop_id = ${shop} and ${WENT} and exists (
      select 1 from customer_consent c where c.shop_id = m.shop_id and c.customer_id = m.customer_id and c.channel = m.channel
        and not c.granted and c.at <= m.sent_at)`,
  'messages without consent': (shop) => sql`
    select count(*) as n from message m where m.shop_id = ${shop} and ${WENT} and m.purpose = 'MARKETING' and not exists (
      select 1 from customer_consent c where c.shop_id = m.shop_id and c.customer_id = m.customer_id and c.channel = m.channel
        and c.granted and c.at <= m.sent_at)`,
  'messages after an order': (shop) => sql`
    select count(*) as n from message m
      join campaign_member j on j.shop_id = m.shop_id and j.campaign_id = m.campaign_id and j.customer_id = m.customer_id
      where m.shop_id = ${shop} and ${WENT} and exists (
        select 1 from shop_order o where o.shop_id = m.shop_id and o.customer_id = m.customer_id and o.counted
          and o.placed_at >= j.joined_at and o.placed_at <= m.sent_at)`,
  'things given to control customers': (shop) => sql`
    with control as (select j.campaign_id, j.customer_id from campaign_member j where j.shop_id = ${shop} and not j.treated),
      given as (
        select e.campaign_id, e.customer_id from exposure e where e.shop_id = ${shop}
        union all select m.campaign_id, m.customer_id from message m where m.shop_id = ${shop} and m.campaign_id is not null
        union all select t.campaign_id, t.customer_id from touch t where t.shop_id = ${shop} and t.campaign_id is not null
        union all select g.campaign_id, g.customer_id from campaign_given g where g.shop_id = ${shop}
        union all select v.campaign_id, v.customer_id from campaign_event v where v.shop_id = ${shop}
        union all select k.id, o.customer_id from campaign k
          join campaign_give g on g.shop_id = k.shop_id and g.campaign_id = k.id
          join rule r on r.shop_id = k.shop_id and r.code = g.offer_code
          join coupon o on o.shop_id = r.shop_id and o.rule_id = r.id where k.shop_id = ${shop}
        union all select k.id, p.customer_id from campaign k
          join campaign_give g on g.shop_id = k.shop_id and g.campaign_id = k.id
          join rule r on r.shop_id = k.shop_id and r.code = g.offer_code
          join offer_use u on u.shop_id = r.shop_id and u.rule_id = r.id
          join reservation p on p.shop_id = u.shop_id and p.id = u.reservation_id where k.shop_id = ${shop})
    select count(*) as n from given join control using (campaign_id, customer_id)`,
  'steps sent twice to a customer': (shop) => sql`
    select count(*) as n from (select 1 from message m where m.shop_id = ${shop} and ${WENT} and m.campaign_id is not null
      group by m.campaign_id, m.step, m.customer_id having count(*) > 1) twice`,
  'customers written to more than eight times by one campaign': (shop) => sql`
    select count(*) as n from (select 1 from message m where m.shop_id = ${shop} and ${WENT} and m.campaign_id is not null
      group by m.campaign_id, m.customer_id having count(*) > 8) often`,
  'messages whose touch is not in the ledger': (shop) => sql`
    select count(*) as n from message m where m.shop_id = ${shop} and ${WENT} and not exists (
      select 1 from touch t where t.shop_id = m.shop_id and t.id = m.touch_id and t.customer_id = m.customer_id and t.status in ('SENT', 'DELIVERED'))`,
}

export async function breaches({ em, shopId }: World, limits: Limits): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [promise, query] of Object.entries(PROMISES))
    found[promise] = Number((await rowOf<{ n: string }>(em, query(shopId, limits)))?.n)
  return found
}
