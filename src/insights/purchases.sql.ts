import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { customerSource } from '../segments/source.sql.ts'
import { atInstant, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Dimension } from './dimension.sql.ts'

/** Whose orders, of which time, told apart by what: with names and queries looked up. */
export type Scope = {
  /** On the rows of `customerSource`; null: everybody. */
  readonly who: RawBuilder<unknown> | null
  readonly from: Instant | null
  readonly to: Instant | null
  readonly by: Dimension | null
}

/**
 * Common table expressions to begin a statement with: `purchases` (id, customer_id, placed_at, total, units, skus, part) are the orders
 * that count, of customers, in the time. A customer of several parts (tags) has their orders in each. Where nobody is
 * left out or told apart, no customer is looked at: that halves the time.
 */
export function purchases(world: World, scope: Scope): RawBuilder<unknown> {
  if (scope.who === null && scope.by === null) return wholePurchases(world, scope)
  return sql`${people(world, scope)},
    purchases as (select ${COLUMNS}, w.part from shop_order o join who w on w.id = o.customer_id where ${counted(world, scope)})`
}

/** The same for what is gathered customer by customer and told apart only then (`inParts`): each order is there once. */
export function wholePurchases(world: World, scope: Scope): RawBuilder<unknown> {
  const all = sql`select ${COLUMNS}, ''::text as part from shop_order o where ${counted(world, scope)}`
  if (scope.who === null && scope.by === null) return sql`purchases as (${all})`
  if (scope.who === null) return sql`${people(world, scope)}, purchases as (${all})`
  return sql`${people(world, scope)}, purchases as (${all} and o.customer_id in (select id from who))`
}

/** Rows `v` that have a customer_id, beside the parts that these customers are in (`partOf`). */
export const inParts = ({ by }: Scope, rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  by === null ? sql`(${rows}) as v` : sql`(${rows}) as v join who as w on w.id = v.customer_id`
export const partOf = ({ by }: Scope): RawBuilder<unknown> => (by === null ? sql`''::text` : sql`w.part`)

const COLUMNS = sql`o.shop_id, o.id, o.customer_id, o.placed_at, o.total, o.units, o.skus`

function counted({ shopId }: World, { from, to }: Scope): RawBuilder<unknown> {
  const window = [
    ...(from === null ? [] : [sql`and o.placed_at >= ${atInstant(from)}`]),
    ...(to === null ? [] : [sql`and o.placed_at < ${atInstant(to)}`]),
  ]
  return sql`o.shop_id = ${shopId} and o.counted and o.customer_id is not null ${sql.join(window, sql` `)}`
}

/** `who` (id, part): the customers themselves, with or without orders. */
export function people({ shopId, now }: Pick<World, 'shopId' | 'now'>, { who, by }: Pick<Scope, 'who' | 'by'>): RawBuilder<unknown> {
  const parts = by === null ? sql`select ''::text as part` : by.parts
  return sql`who as materialized (
    select c.id, d.part::text as part from ${customerSource(now)} cross join lateral (${parts}) d
    where c.shop_id = ${shopId} and c.merged_into is null and ${who ?? sql`true`})`
}

/**
 * A common table expression, `month` (starts, firsts): the months of the shop's calendar in which it has orders, as instants and as days.
 * Looked up among them (`monthOf`) an instant's month costs a fraction of what working it out from the zone does.
 */
export const months = ({ shopId }: World, timeZone: string): RawBuilder<unknown> => sql`month as materialized (
    select array_agg(m at time zone ${timeZone}::text order by m) as starts, array_agg(m::date order by m) as firsts
    from (select min(placed_at) as first, max(placed_at) as last from shop_order where shop_id = ${shopId}) o
    cross join lateral generate_series(
      date_trunc('month', o.first at time zone ${timeZone}::text), o.last at time zone ${timeZone}::text, interval '1 month') m)`

/** The number of an instant's month among these; not of one before the shop's first order. */
export const monthOf = (instant: RawBuilder<unknown>): RawBuilder<unknown> => sql`width_bucket(${instant}, (select starts from month))`
/** Its first day. */
export const firstDay = (month: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select firsts from month)[${month}]`

/** Whether all orders ever are asked for: then the statistics of customers know what theirs come to. */
export const isOfAllTime = ({ from, to }: Scope): boolean => from === null && to === null

/** `totals` (customer_id and the customer's statistics) of the customers asked for, each once. */
export function statisticsOf(world: World, scope: Scope): RawBuilder<unknown> {
  const all = sql`select s.* from customer_statistics s where s.shop_id = ${world.shopId}`
  if (scope.who === null && scope.by === null) return sql`totals as (${all})`
  return sql`${people(world, scope)}, totals as (${all} and s.customer_id in (select id from who))`
}
