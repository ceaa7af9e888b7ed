import type { RawBuilder } from 'kysely'
import { keptTotal } from '../orders/cost.sql.ts'
import { customerSource } from '../segments/source.sql.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { CohortCell, FirstThing, GridCell, Month, Pareto, Regulars, Repeating, SecondOrders } from './profit.model.ts'
import { firstDay, isOfAllTime, monthOf, months, purchases, type Scope, statisticsOf } from './purchases.sql.ts'

const REVENUE = sql`select customer_id, sum(total)::numeric as value, null::numeric as known, null::numeric as paid from purchases group by 1`
/** As customers' own margins are told: of lines whose cost was known when they were first recorded. */
const MARGIN = sql`select p.customer_id,
    coalesce(sum(${keptTotal} - l.cost_price * (l.quantity - l.returned_quantity)) filter (where l.cost_price is not null), 0)::numeric as value,
    coalesce(sum(${keptTotal}) filter (where l.cost_price is not null), 0)::numeric as known, sum(${keptTotal})::numeric as paid
  from purchases p join order_line l on l.shop_id = p.shop_id and l.order_id = p.id group by 1`

/** Of all time both stand in the statistics of customers, which are exact at every moment. */
const KNOWN = {
  REVENUE: sql`select customer_id, amount_spent::numeric as value, null::numeric as known, null::numeric as paid from totals`,
  MARGIN: sql`select customer_id, coalesce(margin_earned, 0)::numeric as value, margin_amount::numeric as known, amount_spent::numeric as paid from totals`,
}

/** How much the best customers bring: at each percent of customers, the best first, what they brought together. */
export async function readPareto(world: World, scope: Scope, by: 'REVENUE' | 'MARGIN'): Promise<Pareto> {
  const rows = await rowsOf<Record<'percent' | 'rn' | 'n' | 'cum' | 'total' | 'enough' | 'known' | 'paid', string | null>>(
    world.em,
    sql`with ${isOfAllTime(scope) ? statisticsOf(world, scope) : purchases(world, scope)},
        spent as (${isOfAllTime(scope) ? KNOWN[by] : by === 'REVENUE' ? REVENUE : MARGIN}),
        ranked as (
          select row_number() over w as rn, sum(value) over (order by value desc, customer_id rows unbounded preceding) as cum
          from spent window w as (order by value desc, customer_id)),
        everything as (select count(*) as n, sum(value) as total, sum(known) as known, sum(paid) as paid from spent),
        enough as (select min(rn) as rn from ranked, everything where cum >= 0.8 * total)
        select i as percent, r.rn, e.n, r.cum, e.total, enough.rn as enough, e.known, e.paid
        from everything e cross join enough cross join generate_series(1, 100) as i
        join ranked r on r.rn = greatest(1, ceil(e.n * i / 100.0)) order by i`,
  )
  const [first] = rows
  const paid = Number(first?.paid ?? 0)
  return {
    customers: Number(first?.n ?? 0),
    total: Number(first?.total ?? 0),
    customersFor80: Number(first?.enough ?? 0),
    knownCostShare: by === 'REVENUE' || paid === 0 ? null : Number(first?.known ?? 0) / paid,
    points: rows.map(({ percent, rn, cum }) => ({ percent: Number(percent), customers: Number(rn), value: Number(cum) })),
  }
}

/**
 * Purchases with the number of their month, whether they are the customer's first in it (`opens`), and the customer's first month (`first`):
 * they are walked in the order of the index by customer, so that nobody's months need be gathered.
 */
const monthly = sql`monthly as (
  select customer_id, month, total, first_value(month) over own as first, coalesce(lag(month) over own <> month, true) as opens
  from (select id, customer_id, placed_at, total::float8 as total, ${monthOf(sql`placed_at`)} as month from purchases) as p
  window own as (partition by customer_id order by placed_at, id))`

/** Month by month: customers whose first order ever is in it, and those who had bought in an earlier one. */
export async function readMonths(world: World, scope: Scope, timeZone: string): Promise<Month[]> {
  const rows = await rowsOf<{ month: string; is_new: boolean; customers: string; orders: string; revenue: number }>(
    world.em,
    sql`with ${months(world, timeZone)}, ${purchases(world, scope)}, ${monthly}
        select ${firstDay(sql`month`)}::text as month, is_new, customers, orders, revenue
        from (
          select m.month, s.since = m.month as is_new, count(*) filter (where m.opens) as customers, count(*) as orders, sum(m.total) as revenue
          from monthly m join (
            select customer_id, ${monthOf(sql`first_order_at`)} as since from customer_statistics where shop_id = ${world.shopId} offset 0
          ) s on s.customer_id = m.customer_id
          group by 1, 2) as each
        order by 1, 2`,
  )
  return Array.from(
    Map.groupBy(rows, (row) => row.month),
    ([month, both]) => {
      const [fresh, returning] = [both.find((row) => row.is_new), both.find((row) => !row.is_new)]
      return {
        month,
        newCustomers: Number(fresh?.customers ?? 0),
        returningCustomers: Number(returning?.customers ?? 0),
        newRevenue: Number(fresh?.revenue ?? 0),
        returningRevenue: Number(returning?.revenue ?? 0),
        orders: both.reduce((sum, row) => sum + Number(row.orders), 0),
      }
    },
  )
}

/** Customers by the month of their first order ever, and how many of them bought in each month after it. */
export async function readCohorts(world: World, scope: Scope, timeZone: string): Promise<CohortCell[]> {
  const rows = await rowsOf<{ cohort: string; later: number; customers: string; revenue: number }>(
    world.em,
    sql`with ${months(world, timeZone)}, ${purchases(world, { ...scope, from: null, to: null })}, ${monthly}
        select cohort::text, later, customers, revenue
        from (
          select ${firstDay(sql`first`)} as cohort, month - first as later, count(*) filter (where opens) as customers, sum(total) as revenue
          from monthly group by first, month) as cells
        where ${inTime(sql`cohort`, scope, timeZone)} order by 1, 2`,
  )
  return rows.map(({ cohort, later, customers, revenue }) => ({
    cohort,
    monthsLater: later,
    customers: Number(customers),
    revenue: Number(revenue),
  }))
}

/** Whether a day, or month's first day, of the shop's calendar lies in the time that is asked for. */
function inTime(day: RawBuilder<unknown>, { from, to }: Scope, timeZone: string): RawBuilder<unknown> {
  const local = (at: number) => sql`(${new Date(at).toISOString()}::timestamptz at time zone ${timeZone}::text)`
  const since = from === null ? sql`true` : sql`${day} >= date_trunc('month', ${local(from)})`
  return to === null ? since : sql`${since} and ${day} < ${local(to)}`
}

const WITHIN_DAYS = [7, 30, 60, 90, 180, 365] as const

/** First and second order of each customer whose first is in the time: walks the index of orders by customer, and sorts nothing. */
const firsts = (world: World, scope: Scope): RawBuilder<unknown> => sql`${purchases(world, { ...scope, from: null, to: null })},
  numbered as (
    select id, customer_id, part, placed_at, row_number() over (partition by part, customer_id order by placed_at, id) as n,
           lead(placed_at) over (partition by part, customer_id order by placed_at, id) as next_at
    from purchases),
  firsts as (
    select id, customer_id, part, placed_at as first_at, next_at as second_at from numbered
    where n = 1 ${scope.from === null ? sql`` : sql`and placed_at >= ${new Date(scope.from).toISOString()}::timestamptz`}
      ${scope.to === null ? sql`` : sql`and placed_at < ${new Date(scope.to).toISOString()}::timestamptz`})`

const came = (days: number): RawBuilder<unknown> =>
  sql`f.second_at is not null and f.second_at <= f.first_at + make_interval(days => ${days}::integer)`
/** Only of whom so many days have gone by can it be said whether they came back within them. */
const known = (days: number, { now }: World): RawBuilder<unknown> =>
  sql`f.first_at <= ${new Date(now).toISOString()}::timestamptz - make_interval(days => ${days}::integer)`

export async function readSecondOrders(world: World, scope: Scope): Promise<SecondOrders> {
  const counts = WITHIN_DAYS.map(
    (days) =>
      sql`jsonb_build_object('days', ${days}::integer, 'known', count(*) filter (where ${known(days, world)}),
                             'hits', count(*) filter (where ${known(days, world)} and ${came(days)}))`,
  )
  const gap = sql`extract(epoch from f.second_at - f.first_at) / 86400`
  const row = await rowOf<{
    customers: string
    median: number | null
    within: SecondOrders['within']
    by_day: { day: number; customers: number }[]
  }>(
    world.em,
    sql`with ${firsts(world, scope)}
        select count(*) as customers, percentile_cont(0.5) within group (order by (${gap})::float8) as median,
               jsonb_build_array(${sql.join(counts)}) as within,
               (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'customers', n) order by day), '[]')
                from (select floor(${gap})::integer as day, count(*) as n from firsts f where f.second_at is not null group by 1) days) as by_day
        from firsts f`,
  )
  return {
    customers: Number(row?.customers ?? 0),
    medianDays: row?.median == null ? null : Number(row.median),
    within: row?.within ?? [],
    byDay: row?.by_day ?? [],
  }
}

/** What a first order had in it: rows (id, value) of the orders `f`, gathered for all of them at once. */
const THINGS: Readonly<Record<FirstThing, (shopId: number) => RawBuilder<unknown>>> = {
  PRODUCT: (shopId) =>
    sql`select distinct f.id, l.sku as value from known f join order_line l on l.shop_id = ${shopId} and l.order_id = f.id`,
  CATEGORY: (shopId) => sql`select distinct f.id, split_part(path, '/', 1) as value
    from known f join order_line l on l.shop_id = ${shopId} and l.order_id = f.id
    join product p on p.shop_id = l.shop_id and p.sku = l.sku cross join lateral unnest(p.categories) as path`,
  BRAND: (shopId) => sql`select distinct f.id, p.brand as value
    from known f join order_line l on l.shop_id = ${shopId} and l.order_id = f.id
    join product p on p.shop_id = l.shop_id and p.sku = l.sku where p.brand is not null`,
  CHANNEL: (shopId) =>
    sql`select f.id, coalesce(o.channel, '') as value from known f join shop_order o on o.shop_id = ${shopId} and o.id = f.id`,
  OFFER: (shopId) => sql`select f.id, r.code as value
    from known f join reservation h on h.shop_id = ${shopId} and h.order_id = f.id
    join offer_use x on x.shop_id = h.shop_id and x.reservation_id = h.id join rule r on r.shop_id = x.shop_id and r.id = x.rule_id`,
}

/** By what was in the first order: how many came back within so many days, of those of whom it is known. */
export async function readRegulars(world: World, scope: Scope, thing: FirstThing, days: number, most: number): Promise<Regulars[]> {
  const rows = await rowsOf<{ value: string; n: string; hits: string; revenue: number }>(
    world.em,
    sql`with ${firsts(world, scope)},
        known as materialized (
          select f.id, (${came(days)})::integer as hit, s.amount_spent
          from firsts f join customer_statistics s on s.shop_id = ${world.shopId} and s.customer_id = f.customer_id
          where ${known(days, world)}),
        things as (${THINGS[thing](world.shopId)})
        select t.value, count(*) as n, sum(f.hit) as hits, sum(f.amount_spent)::float8 as revenue
        from known f join things t on t.id = f.id group by 1 order by n desc, 1 limit ${most}`,
  )
  return rows.map(({ value, n, hits, revenue }) => ({ value, of: Number(n), hits: Number(hits), revenue: Number(revenue) }))
}

/** Of each part: customers who bought in the time, and those of them who did so twice or more. */
export async function readRepurchase(world: World, scope: Scope, most: number): Promise<Repeating[]> {
  const rows = await rowsOf<{ part: string | null; n: string; hits: string }>(
    world.em,
    sql`with ${purchases(world, scope)}, each as (select part, customer_id, count(*) as orders from purchases group by 1, 2)
        select part, count(*) as n, count(*) filter (where orders > 1) as hits from each group by 1 order by n desc, 1 limit ${most}`,
  )
  return rows.map(({ part, n, hits }) => ({ part, of: Number(n), hits: Number(hits) }))
}

/** How many customers of a query have each combination of scores, as they were last evaluated. */
export async function readGrid(world: World, { who }: Pick<Scope, 'who'>): Promise<GridCell[]> {
  const rows = await rowsOf<Record<keyof GridCell, string>>(
    world.em,
    sql`select sc.recency, sc.frequency, sc.monetary, sc.rfm_group as "group", count(*) as customers, sum(s.amount_spent)::float8 as revenue
        from ${customerSource(world.now)}
        where c.shop_id = ${world.shopId} and c.merged_into is null and sc.recency is not null and ${who ?? sql`true`}
        group by 1, 2, 3, 4 order by 1 desc, 2 desc, 3 desc, 4`,
  )
  return rows.map(({ group, ...figures }) => ({
    group,
    recency: Number(figures.recency),
    frequency: Number(figures.frequency),
    monetary: Number(figures.monetary),
    customers: Number(figures.customers),
    revenue: Number(figures.revenue),
  }))
}
