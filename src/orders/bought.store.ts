import { asUuids, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Bought, BoughtByCustomer } from './bought.model.ts'

type Row = {
  readonly id: string
  readonly last_sku: string
  readonly last_units: string
  readonly placed_at: string
  readonly last_product: Omit<Bought, 'sku'> | null
  readonly usual_sku: string
  readonly usual_units: number
  readonly orders: string
  readonly usual_product: Omit<Bought, 'sku'> | null
}

const product = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.sku`)} is not null then jsonb_build_object('name', ${sql.ref(`${alias}.name`)}, 'brand', ${sql.ref(`${alias}.brand`)}, 'listPrice', ${sql.ref(`${alias}.list_price`)}) end`

const UNKNOWN = { name: null, brand: null, listPrice: null }

/** By customer; who has no order that counts, or kept nothing, is left out. One statement for however many. */
export async function readBought({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, BoughtByCustomer>> {
  const rows = await rowsOf<Row>(
    em,
    sql`with line as materialized (
          select o.customer_id as id, o.id as order_id, o.placed_at, l.sku, sum(l.quantity - l.returned_quantity) as units, sum(l.total) as total
          from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
          where o.shop_id = ${shopId} and o.customer_id = any(${asUuids(ids)}) and o.counted
          group by o.customer_id, o.id, o.placed_at, l.sku
        ), last as (
          select distinct on (id) id, sku, units, placed_at from line order by id, placed_at desc, order_id desc, total desc, sku
        ), usual as (
          select distinct on (id) * from (
            select id, sku, count(*) as orders, sum(units) as all_units, percentile_disc(0.5) within group (order by units) as units
            from line group by id, sku) counted
          order by id, orders desc, all_units desc, sku
        )
        select l.id, l.sku as last_sku, l.units as last_units, l.placed_at, ${product('p')} as last_product,
               u.sku as usual_sku, u.units as usual_units, u.orders, ${product('q')} as usual_product
        from last l join usual u on u.id = l.id
        left join product p on p.shop_id = ${shopId} and p.sku = l.sku left join product q on q.shop_id = ${shopId} and q.sku = u.sku`,
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        last: { sku: row.last_sku, ...(row.last_product ?? UNKNOWN), quantity: Number(row.last_units), placedAt: toInstant(row.placed_at) },
        usual: { sku: row.usual_sku, ...(row.usual_product ?? UNKNOWN), quantity: Number(row.usual_units), orders: Number(row.orders) },
      },
    ]),
  )
}
