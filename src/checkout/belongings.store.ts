import type { Id } from '../kernel/id.ts'
import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type Person = Id<'Customer'>

/** Makes all reservations of one customer another's; which they are is the answer. Who calls it holds both, and their offers. */
export async function moveReservations({ em, shopId }: World, from: Person, into: Person): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`update reservation set customer_id = ${into} where shop_id = ${shopId} and customer_id = ${from} returning id`,
  )
  return rows.map((row) => row.id)
}

/** Gives these reservations back, as far as they are still there. */
export async function returnReservations({ em, shopId }: World, from: Person, into: Person, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update reservation set customer_id = ${from} where shop_id = ${shopId} and customer_id = ${into} and id = any(${asUuids(ids)})`,
  )
}

/** Every reservation of these customers as plain data, the oldest first. */
export async function tellReservations({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('id', r.id, 'customerId', r.customer_id, 'status', r.status, 'reservedAt', r.reserved_at,
            'expiresAt', r.expires_at, 'endedAt', r.ended_at, 'orderId', r.order_id, 'quote', r.quote, 'trace', r.trace,
            'offers', (select coalesce(jsonb_agg(jsonb_build_object('code', u.code, 'taken', x.taken, 'units', x.units, 'coupon', k.code,
                'givenBackAt', x.given_back_at) order by u.code_key), '[]')
              from offer_use x join rule u on u.shop_id = x.shop_id and u.id = x.rule_id
              left join coupon k on k.shop_id = x.shop_id and k.id = x.coupon_id
              where x.shop_id = r.shop_id and x.reservation_id = r.id),
            'privateLink', (select jsonb_build_object('id', w.link_id, 'state', w.state, 'taken', w.taken)
              from link_use w where w.shop_id = r.shop_id and w.reservation_id = r.id),
            'won', (select coalesce(jsonb_agg(jsonb_build_object('offerCode', s.offer_code, 'prize', s.prize_name, 'sku', s.gift_sku,
                'quantity', s.gift_quantity, 'amount', s.amount) order by s.position), '[]')
              from order_surprise s where s.shop_id = r.shop_id and s.order_id = r.order_id)) as told
        from reservation r where r.shop_id = ${shopId} and r.customer_id = any(${asUuids(customerIds)}) order by r.reserved_at, r.id`,
  )
  return rows.map((row) => row.told)
}

/** Every gift in these customers' orders as plain data. */
export async function tellGifts({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('order', o.external_id, 'sku', g.sku, 'quantity', g.quantity, 'offerCode', g.offer_code) as told
        from shop_order o join order_gift g on g.shop_id = o.shop_id and g.order_id = o.id
        where o.shop_id = ${shopId} and o.customer_id = any(${asUuids(customerIds)}) order by o.placed_at, o.id, g.position`,
  )
  return rows.map((row) => row.told)
}

/** Everything that these customers returned as plain data, the oldest first. */
export async function tellReturns({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('order', o.external_id, 'externalId', b.external_id, 'amount', b.amount, 'lines', b.lines,
            'giftsDue', b.gifts_due, 'amountDue', b.amount_due, 'returnedAt', b.returned_at) as told
        from shop_order o join order_return b on b.shop_id = o.shop_id and b.order_id = o.id
        where o.shop_id = ${shopId} and o.customer_id = any(${asUuids(customerIds)}) order by b.returned_at, b.external_id`,
  )
  return rows.map((row) => row.told)
}

/** Takes out what these customers typed and came to nothing, and the traces that name it; what was priced and sold stays, as an order's does. */
export async function forgetTyped({ em, shopId }: World, customerIds: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update reservation set quote = jsonb_set(quote, '{refusedCodes}', '[]'), trace = null
        where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)}) and quote -> 'refusedCodes' <> '[]'`,
  )
}
