import { rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Threshold } from './ready-made.model.ts'

/** So many buyers are enough to tell what is usual in a shop. */
const ENOUGH = 20

/** Figures by the codes of thresholds, in minor units where they are amounts; null: too few to tell. One statement for a whole programme. */
export async function measureThresholds(
  { em, shopId, now }: World,
  thresholds: readonly Threshold[],
): Promise<ReadonlyMap<string, number | null>> {
  if (thresholds.length === 0) return new Map()
  const at = sql`${new Date(now).toISOString()}::timestamptz`
  const yearly = thresholds.some(({ of }) => of === 'YEARLY_TOTAL')
  const buyers = yearly
    ? sql`select sum(o.total)::numeric as yearly_total from shop_order o
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null and o.placed_at >= ${at} - interval '365 days' group by o.customer_id`
    : sql`select s.amount_spent::numeric as total, s.amount_spent::numeric / s.number_of_orders as typical_order, s.number_of_orders as orders,
                 extract(epoch from ${at} - s.first_order_at) / 86400 as tenure_days
          from customer_statistics s where s.shop_id = ${shopId}`
  const figures = thresholds.map(
    ({ of, share }) =>
      sql`percentile_cont(${share}::double precision) within group (order by ${sql.ref(of.toLowerCase())}::double precision)`,
  )
  const row = await rowOf<{ n: string; figures: (number | null)[] | null }>(
    em,
    sql`select count(*) as n, array[${sql.join(figures)}]::double precision[] as figures from (${buyers}) buyer`,
  )
  const enough = Number(row?.n ?? 0) >= ENOUGH
  return new Map(thresholds.map(({ code }, i) => [code, enough ? (row?.figures?.[i] ?? null) : null]))
}
