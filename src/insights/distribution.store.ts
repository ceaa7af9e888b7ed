import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { HourRow, Measure, Shape } from './measured.model.ts'
import { inParts, isOfAllTime, monthOf, months, partOf, type Scope, statisticsOf, wholePurchases } from './purchases.sql.ts'

/**
 * Each measure as rows (customer_id, own): all values of a customer in one array. Orders are walked in the order of the index
 * by customer where they can be, so nothing of all orders is sorted or held; what follows has one row a customer to read. What each
 * customer has in all (`isWhole`) stands in their statistics.
 */
function valuesOf(measure: Measure, isWhole: boolean): RawBuilder<unknown> {
  switch (measure) {
    case 'ORDERS_PER_CUSTOMER':
      return isWhole
        ? sql`select customer_id, array[number_of_orders::float8] as own from totals`
        : sql`select customer_id, array[count(*)::float8] as own from purchases group by customer_id`
    case 'ORDERS_PER_MONTH':
      return sql`select customer_id, array(select count(*)::float8 from unnest(months) as n group by n) as own
                 from (select customer_id, array_agg(${monthOf(sql`placed_at`)}) as months from purchases group by customer_id) as bought`
    case 'ORDER_VALUE':
      return sql`select customer_id, array_agg(total::float8) as own from purchases group by customer_id`
    case 'SPENT_PER_CUSTOMER':
      return isWhole
        ? sql`select customer_id, array[amount_spent::float8] as own from totals`
        : sql`select customer_id, array[sum(total)::float8] as own from purchases group by customer_id`
    case 'PURCHASE_INTERVAL':
      return sql`select customer_id, array_agg(date_part('epoch', placed_at - before) / 86400) as own
                 from (select customer_id, placed_at,
                         lag(placed_at) over (partition by customer_id order by placed_at, id) as before from purchases) as pairs
                 where before is not null group by customer_id`
    case 'UNITS_PER_ORDER':
      return sql`select customer_id, array_agg(units::float8) as own from purchases group by customer_id`
    case 'SKUS_PER_ORDER':
      return sql`select customer_id, array_agg(skus::float8) as own from purchases group by customer_id`
  }
}

/** Common table expressions, and the rows that `valuesOf` makes of them with the parts that these customers are in. */
function measured(
  world: World,
  scope: Scope,
  measure: Measure,
  timeZone: string,
): { steps: RawBuilder<unknown>; rows: RawBuilder<unknown> } {
  const isWhole = isOfAllTime(scope) && (measure === 'ORDERS_PER_CUSTOMER' || measure === 'SPENT_PER_CUSTOMER')
  const source = isWhole ? statisticsOf(world, scope) : wholePurchases(world, scope)
  const steps = measure === 'ORDERS_PER_MONTH' ? sql`${months(world, timeZone)}, ${source}` : source
  return { steps, rows: inParts(scope, valuesOf(measure, isWhole)) }
}

/** The values of all customers, for this transaction: rows (part, customer_id, own), which its shape and its bars are both read from. */
export async function stageValues(world: World, scope: Scope, measure: Measure, timeZone: string): Promise<void> {
  const { steps, rows } = measured(world, scope, measure, timeZone)
  await rowsOf(world.em, sql`drop table if exists value_stage`)
  await rowsOf(
    world.em,
    sql`create temp table value_stage on commit drop as
        with ${steps} select ${partOf(scope)} as part, v.customer_id, v.own from ${rows}`,
  )
  if (scope.by !== null) await rowsOf(world.em, sql`create index on value_stage (part)`)
}

const PERCENTS = sql`array(select i / 100.0::float8 from generate_series(0, 100) as i)::float8[]`

/** What the staged values of each part come to, the part with the most customers first; of more than `most` parts only these. */
export async function readShapes(world: World, most: number): Promise<Shape[]> {
  const rows = await rowsOf<{ part: string | null; n: string; customers: string; mean: number; quantiles: number[] }>(
    world.em,
    sql`with largest as (select part, count(*) as customers from value_stage group by part order by customers desc, part limit ${most})
        select g.part, g.customers, f.n, f.mean, f.quantiles
        from largest g cross join lateral (
          select count(*) as n, avg(value) as mean, percentile_cont(${PERCENTS}) within group (order by value) as quantiles
          from (select own from value_stage where part = g.part
                union all select own from value_stage where g.part is null and part is null) v cross join unnest(v.own) as value) f
        order by g.customers desc, g.part`,
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

/** How many staged values of each of these parts lie in each band; band 0 is below the first bound. Bands without a value are left out. */
export async function readBars(world: World, bounds: readonly number[], parts: readonly (string | null)[]): Promise<BarRow[]> {
  const rows = await rowsOf<{ part: string | null; bar: number; n: string; customers: string; sum: number }>(
    world.em,
    sql`select part, bar, sum(n) as n, count(*) as customers, sum(total) as sum
        from value_stage cross join lateral (
          select width_bucket(value, ${bounds as number[]}::float8[]) as bar, count(*) as n, sum(value) as total from unnest(own) as value group by 1) own
        where part = any(${parts as string[]}::text[]) or (part is null and ${parts.includes(null)}::boolean)
        group by 1, 2 order by 1, 2`,
  )
  return rows.map(({ part, bar, n, customers, sum }) => ({ part, bar, values: Number(n), customers: Number(customers), sum: Number(sum) }))
}

/** Values of one bar: of a part (where there is no split: ''), from `from` on and below `below` (null: without an end). */
export type Band = { readonly part: string | null; readonly from: number; readonly below: number | null }

/** The customers behind a bar: rows (customer_id), each once. */
const behind = (scope: Scope, rows: RawBuilder<unknown>, { part, from, below }: Band): RawBuilder<unknown> =>
  sql`select v.customer_id from ${rows}
      where ${partOf(scope)} is not distinct from ${part}::text
        and exists (select 1 from unnest(v.own) as value where value >= ${from}::float8 and (${below}::float8 is null or value < ${below}::float8))`

/** The customers behind a bar, in the order of their ids, one more than asked for. */
export async function listBehind(
  world: World,
  scope: Scope,
  measure: Measure,
  timeZone: string,
  band: Band,
  request: PageRequest,
): Promise<string[]> {
  const { steps, rows: values } = measured(world, scope, measure, timeZone)
  const rows = await rowsOf<{ id: string }>(
    world.em,
    sql`with ${steps} select customer_id as id from (${behind(scope, values, band)}) as them
        where ${request.after}::uuid is null or customer_id > ${request.after}::uuid
        order by 1 limit ${request.first + 1}`,
  )
  return rows.map((row) => row.id)
}

export async function countBehind(world: World, scope: Scope, measure: Measure, timeZone: string, band: Band): Promise<number> {
  const { steps, rows } = measured(world, scope, measure, timeZone)
  const [row] = await rowsOf<{ n: string }>(world.em, sql`with ${steps} select count(*) as n from (${behind(scope, rows, band)}) as them`)
  return Number(row?.n ?? 0)
}

/** Hours since the Monday before a week's first hour, on the shop's clock: 0 is Monday from midnight on, 167 Sunday's last. */
const hourOfWeek = (timeZone: string) =>
  sql`((floor(date_part('epoch', placed_at at time zone ${timeZone}::text) / 3600)::integer % 168 + 168 + 72) % 168)`

/**
 * Orders by weekday (1 Monday to 7) and hour of the shop's clock; customer by customer first, so that each counts once an hour. Of
 * more than `most` parts, of those with the most orders.
 */
export async function readHours(world: World, scope: Scope, timeZone: string, most: number): Promise<HourRow[]> {
  const hours = sql`select b.customer_id, h.hour, h.orders, h.revenue
    from (select customer_id, array_agg(${hourOfWeek(timeZone)}) as hours, array_agg(total::float8) as totals from purchases group by customer_id) b
    cross join lateral (
      select hour, count(*)::integer as orders, sum(total) as revenue from unnest(b.hours, b.totals) as own (hour, total) group by hour) h`
  const rows = await rowsOf<Record<keyof HourRow, string | null>>(
    world.em,
    sql`with ${wholePurchases(world, scope)}, hours as (
          select ${partOf(scope)} as part, v.hour, sum(v.orders) as orders, count(*) as customers, sum(v.revenue) as revenue
          from ${inParts(scope, hours)} group by 1, v.hour),
        largest as (select part from hours group by part order by sum(orders) desc, part limit ${most})
        select h.part, h.hour / 24 + 1 as weekday, h.hour % 24 as hour, h.orders, h.customers, h.revenue
        from hours h where exists (select 1 from largest g where g.part is not distinct from h.part) order by h.part, h.hour`,
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
