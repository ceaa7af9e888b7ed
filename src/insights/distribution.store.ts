import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { HourRow, Measure, Shape } from './measured.model.ts'
import { purchases, type Scope } from './purchases.sql.ts'

/** Each measure as rows (part, customer_id, value) over `purchases`. */
function valuesOf(measure: Measure, timeZone: string): RawBuilder<unknown> {
  switch (measure) {
    case 'ORDERS_PER_CUSTOMER':
      return sql`select part, customer_id, count(*) as value from purchases group by part, customer_id`
    case 'ORDERS_PER_MONTH':
      return sql`select part, customer_id, count(*) as value from purchases
                 group by part, customer_id, date_trunc('month', placed_at at time zone ${timeZone}::text)`
    case 'ORDER_VALUE':
      return sql`select part, customer_id, total as value from purchases`
    case 'SPENT_PER_CUSTOMER':
      return sql`select part, customer_id, sum(total)::bigint as value from purchases group by part, customer_id`
    case 'PURCHASE_INTERVAL':
      return sql`select part, customer_id, extract(epoch from placed_at - before)::float8 / 86400 as value
                 from (select part, customer_id, placed_at,
                         lag(placed_at) over (partition by part, customer_id order by placed_at, id) as before from purchases) as pairs
                 where before is not null`
    case 'UNITS_PER_ORDER':
      return perOrder(sql`sum(l.quantity - l.returned_quantity)`)
    case 'SKUS_PER_ORDER':
      return perOrder(sql`count(distinct l.sku)`)
  }
}

const perOrder = (value: RawBuilder<unknown>): RawBuilder<unknown> => sql`select p.part, p.customer_id, ${value} as value
  from purchases p join order_line l on l.shop_id = p.shop_id and l.order_id = p.id
  where l.quantity > l.returned_quantity group by p.part, p.customer_id, p.id`

const PERCENTS = sql`array(select i / 100.0::float8 from generate_series(0, 100) as i)::float8[]`

/** What the values of each part come to, the part with the most customers first; of more than `most` parts only these. */
export async function readShapes(world: World, scope: Scope, measure: Measure, timeZone: string, most: number): Promise<Shape[]> {
  const rows = await rowsOf<{ part: string | null; n: string; customers: string; mean: number; quantiles: number[] }>(
    world.em,
    sql`with ${purchases(world, scope)}, figures as (${valuesOf(measure, timeZone)})
        select part, count(*) as n, count(distinct customer_id) as customers, avg(value)::float8 as mean,
               percentile_cont(${PERCENTS}) within group (order by value::float8) as quantiles
        from figures group by part order by customers desc, part limit ${most}`,
  )
  return rows.map(({ part, n, customers, mean, quantiles }) => ({
    part,
    values: Number(n),
    customers: Number(customers),
    mean: Number(mean),
    quantiles: quantiles.map(Number),
  }))
}

export type BarRow = {
  readonly part: string | null
  readonly bar: number
  readonly values: number
  readonly customers: number
  readonly sum: number
}

/** How many values of each of these parts lie in each band; band 0 is below the first bound. Bands without a value are left out. */
export async function readBars(
  world: World,
  scope: Scope,
  measure: Measure,
  timeZone: string,
  bounds: readonly number[],
  parts: readonly (string | null)[],
): Promise<BarRow[]> {
  const rows = await rowsOf<{ part: string | null; bar: number; n: string; customers: string; sum: number }>(
    world.em,
    sql`with ${purchases(world, scope)}, figures as (${valuesOf(measure, timeZone)})
        select part, width_bucket(value::float8, ${bounds as number[]}::float8[]) as bar, count(*) as n,
               count(distinct customer_id) as customers, sum(value)::float8 as sum
        from figures where part = any(${parts as string[]}::text[]) or (part is null and ${parts.includes(null)}::boolean)
        group by 1, 2 order by 1, 2`,
  )
  return rows.map(({ part, bar, n, customers, sum }) => ({ part, bar, values: Number(n), customers: Number(customers), sum: Number(sum) }))
}

/** Values of one bar: of a part (where there is no split: ''), from `from` on and below `below` (null: without an end). */
export type Band = { readonly part: string | null; readonly from: number; readonly below: number | null }

const inBand = ({ part, from, below }: Band): RawBuilder<unknown> =>
  sql`part is not distinct from ${part}::text and value >= ${from}::float8 and (${below}::float8 is null or value < ${below}::float8)`

/** The customers behind a bar, in the order of their ids, one more than asked for. */
export async function listBehind(
  world: World,
  scope: Scope,
  measure: Measure,
  timeZone: string,
  band: Band,
  request: PageRequest,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    world.em,
    sql`with ${purchases(world, scope)}, figures as (${valuesOf(measure, timeZone)})
        select distinct customer_id as id from figures
        where ${inBand(band)} and (${request.after}::uuid is null or customer_id > ${request.after}::uuid)
        order by 1 limit ${request.first + 1}`,
  )
  return rows.map((row) => row.id)
}

export async function countBehind(world: World, scope: Scope, measure: Measure, timeZone: string, band: Band): Promise<number> {
  const [row] = await rowsOf<{ n: string }>(
    world.em,
    sql`with ${purchases(world, scope)}, figures as (${valuesOf(measure, timeZone)})
        select count(distinct customer_id) as n from figures where ${inBand(band)}`,
  )
  return Number(row?.n ?? 0)
}

/** Orders by weekday (1 Monday to 7) and hour of the shop's clock; of more than `most` parts, of those with the most customers. */
export async function readHours(world: World, scope: Scope, timeZone: string, most: number): Promise<HourRow[]> {
  const rows = await rowsOf<Record<keyof HourRow, string | null>>(
    world.em,
    sql`with ${purchases(world, scope)}, local as (select *, placed_at at time zone ${timeZone}::text as wall from purchases),
        largest as (select part from purchases group by part order by count(distinct customer_id) desc, part limit ${most})
        select part, extract(isodow from wall)::integer as weekday, extract(hour from wall)::integer as hour, count(*) as orders,
               count(distinct customer_id) as customers, sum(total)::float8 as revenue
        from local where exists (select 1 from largest g where g.part is not distinct from local.part) group by 1, 2, 3 order by 1, 2, 3`,
  )
  return rows.map(({ part, ...figures }) => ({
    part,
    weekday: Number(figures.weekday),
    hour: Number(figures.hour),
    orders: Number(figures.orders),
    customers: Number(figures.customers),
    revenue: Number(figures.revenue),
  }))
}
