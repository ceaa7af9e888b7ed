import { asJson, asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { DrawnSurprise } from './surprise.model.ts'
import { type SurpriseFigures, toDrawnSurprise } from './surprise.row.ts'

/** Keeps with an order what was drawn, and what it was drawn from. */
export async function keepSurprises({ em, shopId }: World, orderId: string, drawn: readonly DrawnSurprise[]): Promise<void> {
  if (drawn.length === 0) return
  await rowsOf(
    em,
    sql`insert into order_surprise
          (shop_id, order_id, offer_code, offer_name, position, seed, prizes, prize_name, gift_sku, gift_quantity, amount)
        select ${shopId}::integer, ${orderId}::uuid, d."offerCode", d."offerName", d.position, decode(d.seed, 'hex'), d.prizes,
          d.prize ->> 'name', d.prize #>> '{gift,sku}', (d.prize #>> '{gift,quantity}')::integer, (d.prize ->> 'amount')::bigint
        from jsonb_to_recordset(${asJson(drawn.map((one, position) => ({ ...one, position })))}) as d
          ("offerCode" text, "offerName" text, position integer, seed text, prizes jsonb, prize jsonb)`,
  )
}

/** What was drawn with each order, in the order of the orders' ids. */
export async function readSurprises({ em, shopId }: World, orderIds: readonly string[]): Promise<DrawnSurprise[][]> {
  const rows = await rowsOf<SurpriseFigures>(
    em,
    sql`select order_id, offer_code, offer_name, encode(seed, 'hex') as seed, prizes, prize_name from order_surprise
        where shop_id = ${shopId} and order_id = any(${asUuids(orderIds)}) order by order_id, position`,
  )
  const drawn = Map.groupBy(rows, (row) => row.order_id)
  return orderIds.map((id) => (drawn.get(id) ?? []).map(toDrawnSurprise))
}
