import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import type { PageRequest } from '../kernel/page.ts'
import type { Scope } from '../pricing/rule.ts'
import { inScope } from '../products/scope.sql.ts'
import { asTexts, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { FullPriceBuyer, FullPricePurchase } from './full-price.model.ts'

/**
 * Units in counted orders since an instant that were not returned and whose line cost no less than the list
 * price of then: that of the reservation, else the catalogue's, of before its first price that one. Returned units are the
 * first ones of a line, which bear what does not divide.
 */
const bought = (shopId: number, which: RawBuilder<unknown>, since: Instant, now: Instant) => sql`(
  select o.customer_id, l.sku, l.quantity - l.returned_quantity as units,
         (l.total / l.quantity) * (l.quantity - l.returned_quantity) + greatest(l.total % l.quantity - l.returned_quantity, 0) as paid
  from order_line l
  join shop_order o on o.shop_id = l.shop_id and o.id = l.order_id
  cross join lateral (select coalesce(
    (select (x.line ->> 'listPrice')::bigint
     from reservation v cross join lateral jsonb_array_elements(v.quote -> 'lines') as x(line)
     where o.committed and v.shop_id = o.shop_id and v.order_id = o.id and x.line ->> 'id' = l.line_id limit 1),
    (select h.list_price from product_price h
     where h.shop_id = l.shop_id and h.sku = l.sku and h.since <= o.placed_at order by h.since desc limit 1),
    (select h.list_price from product_price h where h.shop_id = l.shop_id and h.sku = l.sku order by h.since limit 1)) as price) as list
  where l.shop_id = ${shopId} and ${which} and l.returned_quantity < l.quantity
    and o.counted and o.customer_id is not null and o.placed_at >= ${atInstant(since)} and o.placed_at <= ${atInstant(now)}
    and list.price > 0 and l.total >= list.price * l.quantity) b`

const ofSkus = (skus: readonly string[]): RawBuilder<unknown> => sql`l.sku = any(${asTexts(skus)})`

/** In the order of the customers' ids, one more than asked for. */
export async function listFullPriceBuyers(
  { em, shopId, now }: World,
  skus: readonly string[],
  since: Instant,
  request: PageRequest,
): Promise<FullPriceBuyer<FullPricePurchase>[]> {
  const rows = await rowsOf<{ customer_id: string; purchases: { sku: string; units: number; paid: number }[] }>(
    em,
    sql`select s.customer_id, jsonb_agg(jsonb_build_object('sku', s.sku, 'units', s.units, 'paid', s.paid) order by s.sku collate "C") as purchases
        from (select b.customer_id, b.sku, sum(b.units) as units, sum(b.paid) as paid from ${bought(shopId, ofSkus(skus), since, now)}
              where ${request.after}::uuid is null or b.customer_id > ${request.after}::uuid
              group by b.customer_id, b.sku) s
        group by s.customer_id order by s.customer_id limit ${request.first + 1}`,
  )
  return rows.map(({ customer_id, purchases }) => ({
    customerId: customer_id as Id<'Customer'>,
    purchases: purchases.map(({ sku, units, paid }) => ({ sku, units, paid: paid as Minor })),
  }))
}

export async function countFullPriceBuyers({ em, shopId, now }: World, skus: readonly string[], since: Instant): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(distinct b.customer_id) as n from ${bought(shopId, ofSkus(skus), since, now)}`,
  )
  return Number(row?.n ?? 0)
}

/** Who of these customers is among them for anything that one of these scopes reaches. */
export async function whoPaidFullPrice(
  { em, shopId, now }: World,
  scopes: readonly (Scope | null)[],
  customerIds: readonly string[],
  since: Instant,
): Promise<string[]> {
  const reached = (scope: Scope | null) =>
    scope === null
      ? sql`true`
      : sql`exists (select 1 from product p where p.shop_id = l.shop_id and p.sku = l.sku and ${inScope(scope, now)})`
  const which = sql`o.customer_id = any(${asUuids(customerIds)}) and (${sql.join(scopes.map(reached), sql` or `)})`
  const rows = await rowsOf<{ customer_id: string }>(em, sql`select distinct b.customer_id from ${bought(shopId, which, since, now)}`)
  return rows.map(({ customer_id }) => customer_id)
}
