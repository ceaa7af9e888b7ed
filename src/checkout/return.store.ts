import type { Minor } from '../kernel/money.ts'
import { asJson, asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { GiftDue, OrderGift, ReturnedLine } from './return.model.ts'

/** A return as it was answered. */
export type KeptReturn = {
  readonly externalId: string
  readonly orderId: string
  readonly hash: string
  readonly amount: Minor
  readonly lines: readonly ReturnedLine[]
  readonly giftsDue: readonly GiftDue[]
  /** What was won in money, once all is returned. */
  readonly amountDue: Minor
}

export async function findReturn({ em, shopId }: World, externalId: string): Promise<KeptReturn | null> {
  const row = await rowOf<{
    order_id: string
    hash: string
    amount: string
    lines: ReturnedLine[]
    gifts_due: GiftDue[]
    amount_due: string
  }>(
    em,
    sql`select order_id, encode(input_hash, 'hex') as hash, amount, lines, gifts_due, amount_due from order_return
        where shop_id = ${shopId} and external_id = ${externalId}`,
  )
  return (
    row && {
      externalId,
      orderId: row.order_id,
      hash: row.hash,
      amount: Number(row.amount) as Minor,
      lines: row.lines,
      giftsDue: row.gifts_due,
      amountDue: Number(row.amount_due) as Minor,
    }
  )
}

export async function insertReturn({ em, shopId }: World, one: KeptReturn): Promise<void> {
  await rowsOf(
    em,
    sql`insert into order_return (shop_id, external_id, order_id, input_hash, amount, lines, gifts_due, amount_due, returned_at)
        values (${shopId}, ${one.externalId}, ${one.orderId}, decode(${one.hash}, 'hex'), ${one.amount}, ${asJson(one.lines)},
                ${asJson(one.giftsDue)}, ${one.amountDue}, clock_timestamp())`,
  )
}

/** Keeps with an order what is given with it. */
export async function keepGifts({ em, shopId }: World, orderId: string, gifts: readonly OrderGift[]): Promise<void> {
  if (gifts.length === 0) return
  await rowsOf(
    em,
    sql`insert into order_gift (shop_id, order_id, position, sku, quantity, offer_code)
        select ${shopId}::integer, ${orderId}::uuid, g.position, g.sku, g.quantity, g."offerCode"
        from jsonb_to_recordset(${asJson(gifts.map((gift, position) => ({ ...gift, position })))}) as g
          (position integer, sku text, quantity integer, "offerCode" text)`,
  )
}

/** What was given with each order, in the order of the orders' ids. */
export async function readGifts({ em, shopId }: World, orderIds: readonly string[]): Promise<OrderGift[][]> {
  const rows = await rowsOf<{ order_id: string; sku: string; quantity: number; offer_code: string }>(
    em,
    sql`select order_id, sku, quantity, offer_code from order_gift
        where shop_id = ${shopId} and order_id = any(${asUuids(orderIds)}) order by order_id, position`,
  )
  const gifts = Map.groupBy(rows, (row) => row.order_id)
  return orderIds.map((id) => (gifts.get(id) ?? []).map(({ sku, quantity, offer_code }) => ({ sku, quantity, offerCode: offer_code })))
}
