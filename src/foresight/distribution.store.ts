import type { RawBuilder } from 'kysely'
import type { Rounding } from '../kernel/money.ts'
import type { Scope } from '../pricing/rule.ts'
import { inScope } from '../products/scope.sql.ts'
import { customerSource } from '../segments/source.sql.ts'
import { asJson, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Window } from './past-orders.store.ts'
import type { Distribution, Standing, Threshold } from './threshold.model.ts'

/** The orders that are looked at; `who` null: everybody's, guests' too. */
export type Looked = { readonly window: Window; readonly scope: Scope | null; readonly who: RawBuilder<unknown> | null }

const ordersIn = ({ shopId, now }: World, { window, who }: Looked) => sql`o.shop_id = ${shopId} and o.counted
  and o.placed_at >= ${atInstant(window.from)} and o.placed_at < ${atInstant(window.to)}
  ${who === null ? sql`` : sql`and o.customer_id in (select c.id from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null and ${who})`}`

/** What was kept of a line, in money. */
const KEPT = sql`(l.total::numeric * (l.quantity - l.returned_quantity) / l.quantity)`

/** The lines that were kept of those orders, with their products, in scope. */
const linesIn = (world: World, looked: Looked) => sql`shop_order o
  join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
  left join product p on p.shop_id = o.shop_id and p.sku = l.sku
  where ${ordersIn(world, looked)} and ${looked.scope === null ? sql`true` : sql`p.sku is not null and ${inScope(looked.scope, world.now)}`}`

/** What each order came to, net of returns; with a scope what was in it, orders without anything there left out. */
const amountsOf = (world: World, looked: Looked) =>
  looked.scope === null
    ? sql`select o.total as amount from shop_order o where ${ordersIn(world, looked)}`
    : sql`select floor(sum(${KEPT}))::bigint as amount from ${linesIn(world, looked)} group by o.id`

const PERCENTS = [10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99, 100] as const

export async function readDistribution(world: World, looked: Looked): Promise<Distribution> {
  const row = await rowOf<{ orders: string; amount: string | null; places: number[] | null }>(
    world.em,
    sql`select count(*) as orders, sum(a.amount) as amount,
               percentile_cont(${PERCENTS.map((percent) => percent / 100)}::float8[]) within group (order by a.amount) as places
        from (${amountsOf(world, looked)}) a`,
  )
  const places = row?.places ?? []
  return {
    orders: Number(row?.orders ?? 0),
    amount: Number(row?.amount ?? 0),
    percentiles: places.map((amount, i) => ({ percent: PERCENTS[i] ?? 0, amount: Math.round(Number(amount)) })),
  }
}

/** How the orders lie about each threshold, in their order: one pass over the amounts that there are, each with how many orders come to it. */
export async function readStandings(
  world: World,
  looked: Looked,
  thresholds: readonly Threshold[],
  stretchBp: number,
  rounding: Rounding,
): Promise<Standing[]> {
  const rows = await rowsOf<{ above: string; given: string; below: string; gap: string }>(
    world.em,
    sql`with amounts as materialized (
          select a.amount, count(*) as n from (${amountsOf(world, looked)}) a group by a.amount
        ), steps as (
          select * from jsonb_to_recordset(${asJson(thresholds.map(toStep))}) as s (i integer, least bigint, bp integer, off bigint, most bigint)
        )
        select coalesce(sum(a.n) filter (where a.amount >= s.least), 0) as above,
               coalesce(sum(a.n * least(a.amount, s.most, coalesce(s.off, a.amount - ${rounded(rounding)}))) filter (where a.amount >= s.least), 0) as given,
               coalesce(sum(a.n) filter (where ${justBelow(stretchBp)}), 0) as below,
               coalesce(sum(a.n * (s.least - a.amount)) filter (where ${justBelow(stretchBp)}), 0) as gap
        from steps s left join amounts a on true group by s.i order by s.i`,
  )
  return rows.map((row) => ({ above: Number(row.above), given: Number(row.given), below: Number(row.below), gap: Number(row.gap) }))
}

const toStep = ({ minSubtotal, benefit }: Threshold, i: number) => ({
  i,
  least: minSubtotal,
  bp: benefit.kind === 'PERCENT_OFF' ? benefit.bp : 0,
  off: benefit.kind === 'AMOUNT_OFF' ? benefit.amount : null,
  most: benefit.maxAmount,
})

const justBelow = (stretchBp: number) =>
  sql`a.amount < s.least and a.amount::numeric * 10000 >= s.least::numeric * ${10_000 - stretchBp}::integer`

/** What a percentage leaves of an amount, in whole minor units (src/kernel/money.ts, lessPercent). */
function rounded(rounding: Rounding): RawBuilder<unknown> {
  const left = sql`(a.amount::numeric * (10000 - s.bp) / 10000)`
  if (rounding === 'DOWN') return sql`floor(${left})`
  if (rounding === 'HALF_UP') return sql`round(${left})`
  return sql`(case when ${left} - floor(${left}) = 0.5 then 2 * round(${left} / 2) else round(${left}) end)`
}

/** What the lines looked at brought, and of those whose cost is known what they brought and what they cost. Costs are those of now. */
export async function readMargin(world: World, looked: Looked): Promise<{ revenue: number; known: number; cost: number }> {
  const row = await rowOf<{ revenue: string; known: string; cost: string }>(
    world.em,
    sql`select coalesce(sum(${KEPT}), 0) as revenue, coalesce(sum(${KEPT}) filter (where p.cost_price is not null), 0) as known,
               coalesce(sum(p.cost_price * (l.quantity - l.returned_quantity)), 0) as cost
        from ${linesIn(world, looked)}`,
  )
  return { revenue: Number(row?.revenue ?? 0), known: Number(row?.known ?? 0), cost: Number(row?.cost ?? 0) }
}

export type Bought = { readonly sku: string; readonly name: string | null; readonly orders: number }

/** The products that most of the orders hold. */
export async function mostBought(world: World, looked: Looked, most: number): Promise<Bought[]> {
  const rows = await rowsOf<{ sku: string; name: string | null; n: string }>(
    world.em,
    sql`select l.sku, max(p.name) as name, count(distinct o.id) as n from ${linesIn(world, looked)}
        group by l.sku order by n desc, l.sku limit ${most}`,
  )
  return rows.map((row) => ({ sku: row.sku, name: row.name, orders: Number(row.n) }))
}
