import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Quote } from '../pricing/quote.ts'
import { preparedRowOf, preparedRowsOf } from '../shell/prepared.ts'
import { asJson, asUuids, atInstant, CLOCK, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Reservation } from './reservation.model.ts'
import { type ReservationFigures, toQuote, toReservation } from './reservation.row.ts'
import type { StoredTrace } from './trace.model.ts'

const RESERVATION = sql`r.id, r.customer_id, r.status, r.quote, r.expires_at, r.order_id,
  r.status = 'HELD' and r.expires_at <= clock_timestamp() as is_over`

export async function findReservation({ em, shopId }: World, id: string): Promise<Reservation | null> {
  const row = await preparedRowOf<ReservationFigures>(
    em,
    sql`select ${RESERVATION} from reservation r where r.shop_id = ${shopId} and r.id = ${id}::uuid`,
  )
  return row && toReservation(row)
}

/** Held until the transaction ends. `at`: the database's clock, in whole milliseconds, read once it is held, however long that took. */
export async function holdReservation({ em, shopId }: World, id: string): Promise<Reservation & { readonly at: Instant }> {
  const row = await preparedRowOf<ReservationFigures & { at: string }>(
    em,
    sql`select ${RESERVATION}, date_trunc('milliseconds', clock_timestamp()) as at from (select * from reservation where shop_id = ${shopId} and id = ${id}::uuid for update) r`,
  )
  if (row === null) throw new Error(`no reservation ${id}`)
  return { ...toReservation(row), at: toInstant(row.at) }
}

/** A new hold of so many seconds, counted from `at`; as it is kept. */
export async function insertReservation(
  { em, shopId }: World,
  { id, customerId, quote, trace }: Pick<Reservation, 'id' | 'customerId' | 'quote'> & { readonly trace: StoredTrace },
  at: Instant,
  ttlSeconds: number,
): Promise<Reservation> {
  const row = await preparedRowOf<ReservationFigures>(
    em,
    sql`insert into reservation as r (shop_id, id, customer_id, status, quote, trace, reserved_at, expires_at)
        values (${shopId}, ${id}, ${customerId}, 'HELD', ${asJson(quote)}, ${asJson(trace)}, ${atInstant(at)}, ${atInstant(at)} + make_interval(secs => ${ttlSeconds}::integer))
        returning ${RESERVATION}`,
  )
  if (row === null) throw new Error('a reservation that was written gave no row')
  return toReservation(row)
}

/** Held for so many seconds from now on, by the database's clock. */
export async function moveExpiry({ em, shopId }: World, id: string, ttlSeconds: number): Promise<void> {
  await rowsOf(
    em,
    sql`update reservation set expires_at = date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => ${ttlSeconds}::integer)
        where shop_id = ${shopId} and id = ${id}::uuid and status = 'HELD'`,
  )
}

/** Ends a hold; who calls it holds the reservation. `orderId`: the order that it became. */
export async function endReservation(
  { em, shopId }: World,
  id: string,
  status: 'COMMITTED' | 'RELEASED' | 'EXPIRED',
  orderId: string | null,
): Promise<void> {
  await preparedRowsOf(
    em,
    sql`update reservation set status = ${status}, order_id = ${orderId}::uuid, ended_at = clock_timestamp()
        where shop_id = ${shopId} and id = ${id}::uuid and status = 'HELD'`,
  )
}

/** The database's clock, in whole milliseconds, and whether a hold that uses one of these is over by it and not written so. */
export async function lookAtHolds({ em, shopId }: World, used: Used): Promise<{ at: Instant; someAreOver: boolean }> {
  const row = await preparedRowOf<{ at: string; some_are_over: boolean }>(
    em,
    sql`with clock as materialized (select date_trunc('milliseconds', clock_timestamp()) as at)
        select c.at, exists (
          select 1 from reservation h
          where h.shop_id = ${shopId} and h.status = 'HELD' and h.expires_at <= c.at and ${usesOneOf(used)}) as some_are_over
        from clock c`,
  )
  if (row === null) throw new Error('the clock gave no row')
  return { at: toInstant(row.at), someAreOver: row.some_are_over }
}

/** Holds that are over and not written so: these, or all that use one of these offers, coupons or links, or all; the oldest first. */
export async function findOver({ em, shopId }: World, which: Over, most: number): Promise<Id<'Reservation'>[]> {
  const among = which === 'ALL' ? sql`true` : 'ids' in which ? sql`h.id = any(${asUuids(which.ids)})` : usesOneOf(which)
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select h.id from reservation h
        where h.shop_id = ${shopId} and h.status = 'HELD' and h.expires_at <= ${CLOCK} and ${among}
        order by h.expires_at, h.id limit ${most}`,
  )
  return rows.map((row) => row.id as Id<'Reservation'>)
}
export type Over = { readonly ids: readonly string[] } | Used | 'ALL'
/** Offers, coupons and links, by their ids, that a reservation may hold a use of. */
export type Used = { readonly ruleIds: readonly string[]; readonly couponIds: readonly string[]; readonly linkIds: readonly string[] }

// offset 0: looked up for each hold that is over, and never begun from all that ever used the offers or the link.
const usesOneOf = ({ ruleIds, couponIds, linkIds }: Used) => sql`(
  exists (select 1 from offer_use x where x.shop_id = h.shop_id and x.reservation_id = h.id
            and (x.rule_id = any(${asUuids(ruleIds)}) or x.coupon_id = any(${asUuids(couponIds)})) offset 0)
  or exists (select 1 from link_use x where x.shop_id = h.shop_id and x.reservation_id = h.id and x.link_id = any(${asUuids(linkIds)}) offset 0))`

/** Writes those of these holds as expired that are over, held in the order of their ids; which they are is the answer. */
export async function expire({ em, shopId }: World, ids: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with held as (select id from reservation where shop_id = ${shopId} and id = any(${asUuids(ids)}) order by id for update)
        update reservation r set status = 'EXPIRED', ended_at = clock_timestamp()
        from held where r.shop_id = ${shopId} and r.id = held.id and r.status = 'HELD' and r.expires_at <= clock_timestamp()
        returning r.id`,
  )
  return new Set(rows.map((row) => row.id))
}

/** The reservations that became these orders. */
export async function reservationsOf({ em, shopId }: World, orderIds: readonly string[]): Promise<{ id: string; orderId: string }[]> {
  const rows = await rowsOf<{ id: string; order_id: string }>(
    em,
    sql`select id, order_id from reservation where shop_id = ${shopId} and order_id = any(${asUuids(orderIds)})`,
  )
  return rows.map((row) => ({ id: row.id, orderId: row.order_id }))
}

/** How the orders that came of reservations were priced, with the traces as they are stored. */
export async function quotesOfOrders(
  { em, shopId }: World,
  orderIds: readonly string[],
): Promise<{ orderId: string; quote: Quote; trace: StoredTrace | null }[]> {
  const rows = await rowsOf<{ order_id: string; quote: Quote; trace: StoredTrace | null }>(
    em,
    sql`select order_id, quote, trace from reservation where shop_id = ${shopId} and order_id = any(${asUuids(orderIds)})`,
  )
  return rows.map((row) => ({ orderId: row.order_id, quote: toQuote(row.quote), trace: row.trace }))
}

export async function readClock({ em }: World): Promise<Instant> {
  const row = await rowOf<{ at: string }>(em, sql`select date_trunc('milliseconds', clock_timestamp()) as at`)
  if (row === null) throw new Error('the clock gave no row')
  return toInstant(row.at)
}
