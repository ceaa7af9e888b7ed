import { costAt, keptTotal } from '../orders/cost.sql.ts'
import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'

// What a report counts, customer by customer, for this transaction; each table is made from those before it.

type Sql = ReturnType<typeof sql>

async function stage({ em }: World, name: string, rows: Sql): Promise<void> {
  const table = sql.raw(name)
  await rowsOf(em, sql`drop table if exists ${table}`)
  await rowsOf(em, sql`create temp table ${table} on commit drop as ${rows}`)
  await rowsOf(em, sql`analyze ${table}`)
}

/** Until when orders of a member count: so many times 24 hours after they joined. */
const untilOf = ({ attributionDays }: Campaign, joined: Sql): Sql =>
  sql`(${joined} + make_interval(hours => ${24 * attributionDays}::integer))`

/** So many members after one, in the order of their ids. */
export type Chunk = { readonly after: string | null; readonly most: number }

/**
 * `report_member`: everybody who was drawn, those too who left. Of two that were merged and both took part, one is counted.
 * `report_touch`: what was sent to each of them and shown on site (channel ON_SITE), and what came back of it.
 * `report_order`: their orders that count, each in its member's time, with the last that was sent or shown before it.
 * `report_buyer`: the same summed for each who bought.
 */
export async function stageReport(world: World, campaign: Campaign, chunk: Chunk | null = null): Promise<void> {
  const { shopId } = world
  const next =
    chunk === null
      ? sql``
      : sql`and (${chunk.after}::uuid is null or customer_id > ${chunk.after}::uuid) order by customer_id limit ${chunk.most}`
  await stage(
    world,
    'report_member',
    sql`select customer_id, treated, tier_code, joined_at, left_reason from campaign_member
        where shop_id = ${shopId} and campaign_id = ${campaign.id}::uuid and left_reason is distinct from 'MERGED' ${next}`,
  )
  await stageTouches(world, campaign)
  await stageOrders(world, campaign)
  await stage(
    world,
    'report_buyer',
    sql`select customer_id, treated, tier_code, count(*) as orders, count(*) filter (where is_return) as returning_orders,
               sum(units)::bigint as units, sum(total)::bigint as revenue, sum(margin)::bigint as margin, sum(known)::bigint as known
        from report_order group by 1, 2, 3`,
  )
}

/** What says that a message arrived, was opened, was clicked: each implies the one before it. Of the rows `v` of its events. */
const CAME_BACK = sql`bool_or(v.kind in ('DELIVERED', 'OPENED', 'CLICKED', 'REPLIED')) as delivered, bool_or(v.kind in ('OPENED', 'CLICKED')) as opened,
  bool_or(v.kind = 'CLICKED') as clicked, bool_or(v.kind = 'UNSUBSCRIBED') as unsubscribed, bool_or(v.kind = 'COMPLAINED') as complained`

/** What went out: what bounced, failed, is in doubt or waits for staff did not. Of the rows `g` of messages. */
const WENT_OUT = sql`g.status in ('ACCEPTED', 'SENT', 'DELIVERED')`

async function stageTouches(world: World, campaign: Campaign): Promise<void> {
  const { shopId, em } = world
  const mine = sql`g.shop_id = ${shopId} and g.campaign_id = ${campaign.id}::uuid`
  const member = sql`join report_member m on m.customer_id = g.customer_id`
  await stage(
    world,
    'report_touch',
    sql`with event as (
          select v.message_id, ${CAME_BACK} from message g ${member} join message_event v on v.shop_id = g.shop_id and v.message_id = g.id
          where ${mine} group by 1)
        select g.customer_id, g.step, g.channel, g.template_code, g.sent_at as at, g.cost_minor as cost, ${WENT_OUT} as sent, false as seen,
               ${WENT_OUT} and (g.status = 'DELIVERED' or coalesce(e.delivered, false)) as delivered,
               ${WENT_OUT} and coalesce(e.opened, false) as opened, ${WENT_OUT} and coalesce(e.clicked, false) as clicked,
               coalesce(e.unsubscribed, false) as unsubscribed, coalesce(e.complained, false) as complained
        from message g ${member} left join event e on e.message_id = g.id where ${mine}
        union all
        select g.customer_id, null, 'ON_SITE', null, min(g.at), 0, false, true, false, false, bool_or(g.kind = 'CLICKED'), false, false
        from campaign_event g ${member} where ${mine} and g.kind in ('SEEN', 'CLICKED') group by 1`,
  )
  await rowsOf(em, sql`create index on report_touch (customer_id, at)`)
}

async function stageOrders(world: World, campaign: Campaign): Promise<void> {
  const { shopId } = world
  const until = untilOf(campaign, sql`m.joined_at`)
  // The bounds of everybody's time together let the orders be found by when they were placed.
  await stage(
    world,
    'report_bought',
    sql`select m.customer_id, m.treated, m.tier_code, o.id, o.placed_at, o.total,
               coalesce(s.first_order_at < m.joined_at, false) or row_number() over (partition by m.customer_id order by o.placed_at, o.id) > 1 as is_return
        from report_member m join shop_order o on o.shop_id = ${shopId} and o.customer_id = m.customer_id
        left join customer_statistics s on s.shop_id = ${shopId} and s.customer_id = m.customer_id
        where o.counted and o.placed_at >= m.joined_at and o.placed_at < ${until}
          and o.placed_at >= (select min(joined_at) from report_member) and o.placed_at < (select max(${until}) from report_member m)`,
  )
  await stage(
    world,
    'report_order',
    sql`with line as (
          select b.id, sum(l.quantity - l.returned_quantity) as units, sum(${keptTotal}) filter (where l.cost_price is not null) as known,
                 sum(${keptTotal} - l.cost_price::numeric * (l.quantity - l.returned_quantity)) as margin
          from report_bought b join order_line l on l.shop_id = ${shopId} and l.order_id = b.id group by 1),
        offer as materialized (
          select distinct r.id, r.code from rule r join rule_version v on v.shop_id = r.shop_id and v.rule_id = r.id and v.published_at is not null
          where r.shop_id = ${shopId} and r.kind = 'OFFER' and v.terms ->> 'campaign' = ${campaign.code}::text),
        offered as (
          select b.id, sum(x.taken) as taken from report_bought b
          join reservation h on h.shop_id = ${shopId} and h.order_id = b.id and h.status = 'COMMITTED'
          join offer_use x on x.shop_id = h.shop_id and x.reservation_id = h.id and x.given_back_at is null
          where b.treated and x.rule_id in (select id from offer) group by 1),
        linked as (
          select b.id, sum(x.taken) as taken from report_bought b
          join reservation h on h.shop_id = ${shopId} and h.order_id = b.id and h.status = 'COMMITTED'
          join link_use x on x.shop_id = h.shop_id and x.reservation_id = h.id and x.state = 'USED'
          join campaign_given n on n.shop_id = x.shop_id and n.campaign_id = ${campaign.id}::uuid and n.customer_id = b.customer_id and n.link_id = x.link_id
          where b.treated group by 1),
        gift as (
          select b.id, sum(y.quantity * coalesce(${costAt(shopId, sql`y.sku`, sql`b.placed_at`)}, 0)) as cost from report_bought b
          join order_gift y on y.shop_id = ${shopId} and y.order_id = b.id and y.offer_code in (select code from offer)
          where b.treated group by 1)
        select b.*, coalesce(line.units, 0) as units, coalesce(line.known, 0) as known, coalesce(line.margin, 0) as margin,
               coalesce(offered.taken, 0) + coalesce(linked.taken, 0) as discount, coalesce(gift.cost, 0) as gift_cost,
               t.step, t.channel, t.template_code
        from report_bought b left join line using (id) left join offered using (id) left join linked using (id) left join gift using (id)
        left join lateral (
          select t.step, t.channel, t.template_code from report_touch t
          where b.treated and t.customer_id = b.customer_id and (t.sent or t.seen) and t.at <= b.placed_at
          order by t.at desc, t.step desc nulls last limit 1) t on true`,
  )
}
