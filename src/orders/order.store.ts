import { preparedRowOf, preparedRowsOf } from '../shell/prepared.ts'
import { asJson, asTexts, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { costAt, keptCost } from './cost.sql.ts'
import { keptOf, type Order, type OrderLine } from './order.model.ts'
import { type LineFigures, type OrderFigures, toLine, toOrderHead } from './order.row.ts'

export const ORDER = sql`o.id, o.external_id, o.customer_id, o.placed_at, o.status, o.channel, o.total, o.counted, o.committed`

/** The customers of the orders that there are, by external id. */
export async function readOwners({ em, shopId }: World, externalIds: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await preparedRowsOf<{ external_id: string; customer_id: string | null }>(
    em,
    sql`select external_id, customer_id from shop_order where shop_id = ${shopId} and external_id = any(${asTexts(externalIds)})`,
  )
  return new Map(rows.map((row) => [row.external_id, row.customer_id]))
}

/** Holds the orders until the transaction ends, always in the order of their external ids. */
export async function holdOrders(world: World, externalIds: readonly string[]): Promise<Order[]> {
  const rows = await preparedRowsOf<OrderFigures>(
    world.em,
    sql`select ${ORDER} from shop_order o where o.shop_id = ${world.shopId} and o.external_id = any(${asTexts(externalIds)})
        order by o.external_id for update`,
  )
  return withLines(world, rows)
}

export async function findOrders(world: World, externalIds: readonly string[]): Promise<Order[]> {
  const rows = await rowsOf<OrderFigures>(
    world.em,
    sql`select ${ORDER} from shop_order o where o.shop_id = ${world.shopId} and o.external_id = any(${asTexts(externalIds)})`,
  )
  return withLines(world, rows)
}

export async function findOrdersById(world: World, ids: readonly string[]): Promise<Order[]> {
  const rows = await rowsOf<OrderFigures>(
    world.em,
    sql`select ${ORDER} from shop_order o where o.shop_id = ${world.shopId} and o.id = any(${asUuids(ids)})`,
  )
  return withLines(world, rows)
}

async function withLines(world: World, rows: readonly OrderFigures[]): Promise<Order[]> {
  const lines = await readLines(
    world,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...toOrderHead(row), lines: lines.get(row.id) ?? [] }))
}

/** By order, as they were recorded. */
export async function readLines({ em, shopId }: World, orderIds: readonly string[]): Promise<Map<string, OrderLine[]>> {
  if (orderIds.length === 0) return new Map()
  const rows = await preparedRowsOf<LineFigures>(
    em,
    sql`select order_id, line_id, sku, quantity, returned_quantity, unit_price, total from order_line
        where shop_id = ${shopId} and order_id = any(${asUuids(orderIds)}) order by order_id, position`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.order_id),
      ([id, lines]) => [id, lines.map(toLine)],
    ),
  )
}

/**
 * Writes orders whole, new and held ones, with their lines, in one statement. Answers with how many it wrote: fewer when
 * somebody recorded another order of one's external id meanwhile, and then the transaction is to be given up.
 */
export async function writeOrders({ em, shopId, now }: World, orders: readonly Order[]): Promise<number> {
  const row = await preparedRowOf<{ n: string }>(
    em,
    sql`with given as (
          select * from jsonb_to_recordset(${asJson(orders.map(toGiven))}) as g
            (id uuid, external_id text, customer_id uuid, placed_at timestamptz, status text, channel text, total bigint, units bigint, skus integer, counted boolean, committed boolean)
        ), given_line as (
          select * from jsonb_to_recordset(${asJson(orders.flatMap(toGivenLines))}) as l
            (order_id uuid, line_id text, position integer, sku text, quantity integer, returned_quantity integer, unit_price bigint, total bigint)
        ), written as (
          insert into shop_order as o
            (shop_id, id, external_id, customer_id, placed_at, status, channel, total, units, skus, counted, recorded_at, committed)
          select ${shopId}::integer, g.id, g.external_id, g.customer_id, g.placed_at, g.status, g.channel, g.total, g.units, g.skus, g.counted,
                 ${atInstant(now)}, g.committed
          from given g order by g.external_id
          on conflict (shop_id, external_id) do update set
            customer_id = excluded.customer_id, placed_at = excluded.placed_at, status = excluded.status, channel = excluded.channel,
            total = excluded.total, units = excluded.units, skus = excluded.skus, counted = excluded.counted, committed = excluded.committed
          where o.id = excluded.id
          returning o.id
        ), gone as (
          delete from order_line l
          where l.shop_id = ${shopId} and l.order_id = any(${asUuids(orders.map((order) => order.id))})
            and not exists (select 1 from given_line g where g.order_id = l.order_id and g.line_id = l.line_id)
        ), kept as (
          insert into order_line as l (shop_id, order_id, line_id, position, sku, quantity, returned_quantity, unit_price, total, cost_price)
          select ${shopId}::integer, g.order_id, g.line_id, g.position, g.sku, g.quantity, g.returned_quantity, g.unit_price, g.total,
                 ${costAt(shopId, sql`g.sku`, sql`o.placed_at`)}
          from given_line g join given o on o.id = g.order_id where g.order_id in (select id from written)
          on conflict (shop_id, order_id, line_id) do update set
            position = excluded.position, sku = excluded.sku, quantity = excluded.quantity, returned_quantity = excluded.returned_quantity,
            unit_price = excluded.unit_price, total = excluded.total, cost_price = ${keptCost}
        )
        select count(*) as n from written`,
  )
  return Number(row?.n ?? 0)
}

const toGiven = (order: Order) => ({
  id: order.id,
  external_id: order.externalId,
  customer_id: order.customerId,
  placed_at: new Date(order.placedAt).toISOString(),
  status: order.status,
  channel: order.channel,
  total: order.total,
  ...keptOf(order.lines),
  counted: order.counted,
  committed: order.committed,
})

const toGivenLines = (order: Order) =>
  order.lines.map((line, position) => ({
    order_id: order.id,
    line_id: line.id,
    position,
    sku: line.sku,
    quantity: line.quantity,
    returned_quantity: line.returnedQuantity,
    unit_price: line.unitPrice,
    total: line.total,
  }))
