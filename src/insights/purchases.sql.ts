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
 * Common table expressions to begin a statement with: `purchases` (id, customer_id, placed_at, total, part) are the orders
 * that count, of customers, in the time. A customer of several parts (tags) has their orders in each. Where nobody is
 * left out or told apart, no customer is looked at: that halves the time.
 */
export function purchases({ shopId, now }: World, { who, from, to, by }: Scope): RawBuilder<unknown> {
  const window = [
    ...(from === null ? [] : [sql`and o.placed_at >= ${atInstant(from)}`]),
    ...(to === null ? [] : [sql`and o.placed_at < ${atInstant(to)}`]),
  ]
  const counted = sql`o.shop_id = ${shopId} and o.counted and o.customer_id is not null ${sql.join(window, sql` `)}`
  if (who === null && by === null)
    return sql`purchases as (select o.shop_id, o.id, o.customer_id, o.placed_at, o.total, ''::text as part from shop_order o where ${counted})`
  return sql`${people({ shopId, now }, { who, by })},
    purchases as (select o.shop_id, o.id, o.customer_id, o.placed_at, o.total, w.part
                  from shop_order o join who w on w.id = o.customer_id where ${counted})`
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
