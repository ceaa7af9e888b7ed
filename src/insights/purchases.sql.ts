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

/** The day on which an instant falls in the shop's zone, and its month's first day. */
export const monthOf = (instant: RawBuilder<unknown>, timeZone: string): RawBuilder<unknown> =>
  sql`date_trunc('month', ${instant} at time zone ${timeZone}::text)::date`
