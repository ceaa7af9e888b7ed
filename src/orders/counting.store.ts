import type { RawBuilder } from 'kysely'
import { preparedRowOf } from '../shell/prepared.ts'
import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { OrderCountsWhen } from '../shops/shop.model.ts'

/** What `countsWhen` says, of a column or other piece of SQL that is an order's status. */
export const statusCounts = (status: RawBuilder<unknown>, when: OrderCountsWhen) =>
  sql`(${status} = 'COMPLETED' or (${status} = 'PAID' and ${when}::text = 'PAID'))`

/** What `isCounted` says, of the rows of `shop_order o`. */
const counted = (when: OrderCountsWhen) => sql`(${statusCounts(sql`o.status`, when)} and o.units > 0)`

/** When the shop's orders count, held so until the transaction ends: many may hold it at once. */
export async function holdCountsWhen({ em, shopId }: World): Promise<OrderCountsWhen> {
  const row = await preparedRowOf<{ order_counts_when: OrderCountsWhen }>(
    em,
    sql`select order_counts_when from shop where id = ${shopId} for share`,
  )
  if (row === null) throw new Error(`no shop ${shopId}`)
  return row.order_counts_when
}

/** Nobody else holds it: no order of the shop is written until the transaction ends. */
export async function holdAllOrders({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select 1 from shop where id = ${shopId} for update`)
}

/** Says of every order of the shop anew whether it counts. */
export async function rewriteCounted({ em, shopId }: World, when: OrderCountsWhen): Promise<void> {
  await rowsOf(em, sql`update shop_order as o set counted = not o.counted where o.shop_id = ${shopId} and o.counted <> ${counted(when)}`)
}
