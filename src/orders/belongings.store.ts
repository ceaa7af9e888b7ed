import type { Id } from '../kernel/id.ts'
import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type Person = Id<'Customer'>

/** Makes all orders of one customer another's; which they are is the answer. Who calls it holds both. */
export async function moveOrders({ em, shopId }: World, from: Person, into: Person): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`update shop_order set customer_id = ${into} where shop_id = ${shopId} and customer_id = ${from} returning id`,
  )
  return rows.map((row) => row.id)
}

/** Gives these orders back, as far as they are still there. */
export async function returnOrders({ em, shopId }: World, from: Person, into: Person, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update shop_order set customer_id = ${from} where shop_id = ${shopId} and customer_id = ${into} and id = any(${asUuids(ids)})`,
  )
}

/** Every order of these customers with its lines, as plain data, the oldest first. */
export async function tellOrders({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('id', o.id, 'externalId', o.external_id, 'customerId', o.customer_id, 'placedAt', o.placed_at,
            'status', o.status, 'channel', o.channel, 'total', o.total, 'recordedAt', o.recorded_at,
            'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', l.line_id, 'sku', l.sku, 'quantity', l.quantity,
                'returnedQuantity', l.returned_quantity, 'unitPrice', l.unit_price, 'total', l.total) order by l.position), '[]')
              from order_line l where l.shop_id = o.shop_id and l.order_id = o.id)) as told
        from shop_order o where o.shop_id = ${shopId} and o.customer_id = any(${asUuids(customerIds)}) order by o.placed_at, o.id`,
  )
  return rows.map((row) => row.told)
}

/** What the orders of these customers come to, as plain data. What the shop earned by them is the shop's own secret and left out. */
export async function tellStatistics({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('customerId', s.customer_id, 'numberOfOrders', s.number_of_orders, 'amountSpent', s.amount_spent,
            'largestOrderAmount', s.largest_order_amount, 'firstOrderAt', s.first_order_at, 'lastOrderAt', s.last_order_at,
            'intervalMedianDays', s.interval_median_days, 'intervalP90Days', s.interval_p90_days) as told
        from customer_statistics s where s.shop_id = ${shopId} and s.customer_id = any(${asUuids(customerIds)}) order by s.customer_id`,
  )
  return rows.map((row) => row.told)
}
