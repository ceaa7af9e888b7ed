import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { atInstant, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { ListSource, PastLine, PastOrder } from './simulation.model.ts'

export type Window = { readonly from: Instant; readonly to: Instant }
/** Up to where a replay has come; null: it begins. */
export type Place = { readonly placedAt: string; readonly id: string }

const inWindow = ({ from, to }: Window) => sql`o.counted and o.placed_at >= ${atInstant(from)} and o.placed_at < ${atInstant(to)}`

export async function countOrders({ em, shopId }: World, window: Window): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from shop_order o where o.shop_id = ${shopId} and ${inWindow(window)}`,
  )
  return Number(row?.n ?? 0)
}

/** The place behind which the newest so many orders of a window lie; null: there are no more than that. */
export async function placeBefore({ em, shopId }: World, window: Window, newest: number): Promise<Place | null> {
  const row = await rowOf<{ placed_at: string; id: string }>(
    em,
    sql`select o.placed_at::text as placed_at, o.id from shop_order o where o.shop_id = ${shopId} and ${inWindow(window)}
        order by o.placed_at desc, o.id desc offset ${newest} limit 1`,
  )
  return row && { placedAt: row.placed_at, id: row.id }
}

/** The next orders of a window, the oldest first, with what was kept of them, and where to go on; null: these were the last. */
export async function nextOrders(
  { em, shopId }: World,
  window: Window,
  after: Place | null,
  most: number,
): Promise<{ orders: PastOrder[]; next: Place | null }> {
  const rows = await rowsOf<Row>(
    em,
    sql`with page as materialized (
          select o.id, o.placed_at, o.customer_id from shop_order o
          where o.shop_id = ${shopId} and ${inWindow(window)}
            ${after === null ? sql`` : sql`and (o.placed_at, o.id) > (${after.placedAt}::timestamptz, ${after.id}::uuid)`}
          order by o.placed_at, o.id limit ${most})
        select page.id, page.placed_at::text as placed_at, page.customer_id, l.line_id, l.sku, l.quantity - l.returned_quantity as quantity,
               coalesce(h.list_price, p.list_price, l.unit_price) as list_price,
               case when h.list_price is not null then 'HISTORY' when p.list_price is not null then 'CATALOGUE' else 'PAID' end as list_from,
               coalesce(h.cost_price, p.cost_price) as cost_price
        from page
        join order_line l on l.shop_id = ${shopId} and l.order_id = page.id and l.quantity > l.returned_quantity
        left join product p on p.shop_id = ${shopId} and p.sku = l.sku
        left join lateral (select b.list_price, b.cost_price from product_price b
                           where b.shop_id = ${shopId} and b.sku = l.sku and b.since <= page.placed_at order by b.since desc limit 1) h on true
        order by page.placed_at, page.id, l.position`,
  )
  const orders: { id: string; placed_at: string; customer_id: string | null; lines: PastLine[] }[] = []
  for (const row of rows) {
    const last = orders.at(-1)
    if (last?.id === row.id) last.lines.push(toLine(row))
    else orders.push({ id: row.id, placed_at: row.placed_at, customer_id: row.customer_id, lines: [toLine(row)] })
  }
  const end = orders.at(-1)
  return {
    orders: orders.map(({ id, placed_at, customer_id, lines }) => ({ id, placedAt: toInstant(placed_at), customerId: customer_id, lines })),
    next: end === undefined || orders.length < most ? null : { placedAt: end.placed_at, id: end.id },
  }
}

type Row = {
  id: string
  placed_at: string
  customer_id: string | null
  line_id: string
  sku: string
  quantity: number
  list_price: string
  list_from: ListSource
  cost_price: string | null
}

const toLine = (row: Row): PastLine => ({
  id: row.line_id,
  sku: row.sku,
  quantity: row.quantity,
  listPrice: Number(row.list_price) as Minor,
  listFrom: row.list_from,
  costPrice: row.cost_price === null ? null : (Number(row.cost_price) as Minor),
})
