import type { PageRequest } from '../kernel/page.ts'
import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { type OrderHead, readOrderKey } from './order.model.ts'
import { type OrderFigures, toOrderHead } from './order.row.ts'
import { ORDER } from './order.store.ts'

/** The shop's orders, the newest first; those of one instant by their ids, the later one first. */
export async function listOrderRows({ em, shopId }: World, request: PageRequest): Promise<OrderHead[]> {
  const rows = await rowsOf<OrderFigures>(
    em,
    sql`select ${ORDER} from shop_order o where o.shop_id = ${shopId} ${after(request)}
        order by o.placed_at desc, o.id desc limit ${request.first + 1}`,
  )
  return rows.map(toOrderHead)
}

/** The same page of each customer's orders, in one statement. */
export async function listOrderRowsOf(
  { em, shopId }: World,
  customerIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, OrderHead[]>> {
  const rows = await rowsOf<OrderFigures & { customer_id: string }>(
    em,
    sql`select o.* from unnest(${asUuids(customerIds)}) as wanted(id) cross join lateral (
          select ${ORDER} from shop_order o where o.shop_id = ${shopId} and o.customer_id = wanted.id ${after(request)}
          order by o.placed_at desc, o.id desc limit ${request.first + 1}
        ) o order by o.placed_at desc, o.id desc`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.customer_id),
      ([id, of]) => [id, of.map(toOrderHead)],
    ),
  )
}

export async function countOrderRows({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from shop_order where shop_id = ${shopId}`)
  return Number(row?.n ?? 0)
}

export async function countOrderRowsOf({ em, shopId }: World, customerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ customer_id: string; n: string }>(
    em,
    sql`select customer_id, count(*) as n from shop_order
        where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)}) group by customer_id`,
  )
  return new Map(rows.map((row) => [row.customer_id, Number(row.n)]))
}

function after(request: PageRequest) {
  const key = request.after === null ? null : readOrderKey(request.after)
  return key === null ? sql`` : sql`and (o.placed_at, o.id) < (${new Date(key.placedAt).toISOString()}::timestamptz, ${key.id}::uuid)`
}
