import type { RawBuilder } from 'kysely'
import { sql } from '../shell/sql.ts'

/**
 * What a unit of a sku cost the shop at an instant: as was noted in its price history by then, else as is known now; null
 * where nobody knows. A line asks once, when it is first recorded.
 */
export const costAt = (shopId: number, sku: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select coalesce(
    (select h.cost_price from product_price h where h.shop_id = p.shop_id and h.sku = p.sku and h.since <= ${at} order by h.since desc limit 1),
    p.cost_price)
  from product p where p.shop_id = ${shopId} and p.sku = ${sku})`

/** What the units of an order line that were kept cost the customer (alias `l`); the same as `netTotal` says of it. */
export const keptTotal = sql`(l.total - (l.total / l.quantity * l.returned_quantity + least(l.returned_quantity, l.total % l.quantity)))`

/** Days from one instant to a later one, fractions and all; exact for whole milliseconds, of which instants are. */
export const daysBetween = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(round(date_part('epoch', ${to} - ${from}) * 1000) / 86400000)`

/** In an upsert of `order_line as l`: a line costs what it cost when first recorded, unless it turns out to be another product. */
export const keptCost = sql`case when l.sku = excluded.sku then l.cost_price else excluded.cost_price end`
