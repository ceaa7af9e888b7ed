import type { RawBuilder } from 'kysely'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Bought, Group, Reached } from './report.model.ts'

// Reads what `stageReport` laid out.

export type GroupOfTier = { readonly treated: boolean; readonly tier: string | null; readonly group: Group }

const sums = (value: string): RawBuilder<unknown> => {
  const x = sql`coalesce(${sql.raw(value)}, 0)::float8`
  return sql`jsonb_build_object('sum', sum(${x}), 'squares', sum(${x} ^ 2), 'cubes', sum(${x} ^ 3))`
}

/** Somebody has become dormant or churned since they joined: they are, and were not then, by the rhythm that they are known to have. */
export const BECAME_DORMANT = sql`(coalesce(sc.lifecycle in ('DORMANT', 'CHURNED') and (s.last_order_at >= m.joined_at
  or m.joined_at - s.last_order_at <= make_interval(secs => 2 * sc.rhythm_p90_days * 86400)), false))`

/** What each group did, tier by tier as of joining. */
export async function readGroups({ em, shopId }: World): Promise<GroupOfTier[]> {
  return rowsOf<GroupOfTier>(
    em,
    sql`select m.treated, m.tier_code as tier, jsonb_build_object(
          'members', count(*), 'buyers', count(b.customer_id), 'repeaters', count(*) filter (where b.returning_orders > 0),
          'orders', ${sums('b.orders')}, 'revenue', ${sums('b.revenue')}, 'margin', ${sums('b.margin')}, 'units', ${sums('b.units')},
          'returningOrders', coalesce(sum(b.returning_orders), 0), 'knownRevenue', coalesce(sum(b.known), 0),
          'dormant', count(*) filter (where ${BECAME_DORMANT})) as group
        from report_member m left join report_buyer b on b.customer_id = m.customer_id
        left join customer_score sc on sc.shop_id = ${shopId} and sc.customer_id = m.customer_id
        left join customer_statistics s on s.shop_id = ${shopId} and s.customer_id = m.customer_id
        group by 1, 2 order by 1, 2`,
  )
}

/** How many of the treated were lost: have become dormant, unsubscribed, or objected. */
export async function countLost({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from report_member m
        left join customer_score sc on sc.shop_id = ${shopId} and sc.customer_id = m.customer_id
        left join customer_statistics s on s.shop_id = ${shopId} and s.customer_id = m.customer_id
        where m.treated and (${BECAME_DORMANT} or m.left_reason = 'OBJECTED'
          or m.customer_id in (select customer_id from report_touch where unsubscribed))`,
  )
  return Number(row?.n ?? 0)
}

/** What the report is told apart by: null is everybody treated, as one. */
export type By = 'step' | 'channel' | 'template_code' | 'tier_code' | null
type ByKey<T> = ReadonlyMap<string | null, T>

/** What was sent and shown, and what came back; each customer once for each key. */
export async function readReached({ em }: World, by: By): Promise<ByKey<Reached>> {
  const left = by === null || by === 'tier_code'
  const rows = await rowsOf<Record<keyof Reached, string> & { key: string | null }>(
    em,
    sql`select key, count(*) filter (where sent or seen) as reached, count(*) filter (where sent) as sent, count(*) filter (where delivered) as delivered,
               count(*) filter (where opened) as opened, count(*) filter (where clicked) as clicked,
               count(*) filter (where unsubscribed) as unsubscribed, count(*) filter (where complained) as complained, sum(cost) as "messageCost"
        from (
          select ${keyOf(by, 't')} as key, m.customer_id, bool_or(t.sent) as sent, bool_or(t.seen) as seen, bool_or(t.delivered) as delivered,
                 bool_or(t.opened) as opened, bool_or(t.clicked) as clicked, bool_or(t.complained) as complained, coalesce(sum(t.cost), 0) as cost,
                 ${left ? sql`bool_or(coalesce(t.unsubscribed, false)) or bool_or(m.left_reason is not distinct from 'OBJECTED')` : sql`bool_or(t.unsubscribed)`} as unsubscribed
          from report_member m ${left ? sql`left join` : sql`join`} report_touch t on t.customer_id = m.customer_id
          where m.treated group by 1, 2) each
        group by 1`,
  )
  return new Map(rows.map(({ key, ...figures }) => [key, numbers(figures)]))
}

/** What the treated bought. By what was sent: each order belongs to the last that was sent or shown before it. */
export async function readBought({ em }: World, by: By): Promise<ByKey<Bought>> {
  const rows = await rowsOf<Record<keyof Bought, string> & { key: string | null }>(
    em,
    sql`select ${keyOf(by, 'o')} as key, count(distinct o.customer_id) as bought, count(*) as orders, coalesce(sum(o.units), 0) as units, coalesce(sum(o.total), 0) as revenue,
               coalesce(sum(o.margin), 0) as margin, coalesce(sum(o.discount), 0) as discounts, coalesce(sum(o.gift_cost), 0) as "giftCost"
        from report_order o where o.treated group by 1`,
  )
  return new Map(rows.map(({ key, ...figures }) => [key, numbers(figures)]))
}

const keyOf = (by: By, alias: 't' | 'o'): RawBuilder<unknown> =>
  by === null ? sql`null::text` : sql`${sql.ref(`${by === 'tier_code' && alias === 't' ? 'm' : alias}.${by}`)}::text`

const numbers = <Key extends string>(row: Record<Key, string>): Record<Key, number> =>
  Object.fromEntries(Object.entries<string>(row).map(([key, value]) => [key, Number(value)])) as Record<Key, number>

/** When the last member's time is over; null: nobody was drawn. */
export async function lastJoined({ em }: World): Promise<string | null> {
  const row = await rowOf<{ at: string | null }>(em, sql`select max(joined_at)::text as at from report_member`)
  return row?.at ?? null
}
