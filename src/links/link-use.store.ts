import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { EndedBy, HeldUse } from './link.model.ts'
import { isOver } from './link.row.ts'

// Uses of links, and the counters that follow from them. Who writes here holds the links.

/** Takes one use of a link for a reservation. */
export async function insertUse(
  { em, shopId }: World,
  { linkId, reservationId, taken, lineIds }: HeldUse & { readonly taken: number; readonly lineIds: readonly string[] },
): Promise<void> {
  await rowsOf(
    em,
    sql`with kept as (
          insert into link_use (shop_id, reservation_id, link_id, state, taken, line_ids)
          values (${shopId}, ${reservationId}, ${linkId}, 'HELD', ${taken}, ${lineIds as string[]}::text[]))
        update private_link set uses = uses + 1 where shop_id = ${shopId} and id = ${linkId}::uuid`,
  )
}

/** The uses that these reservations hold. */
export async function findHeldUses({ em, shopId }: World, reservationIds: readonly string[]): Promise<HeldUse[]> {
  const rows = await rowsOf<{ link_id: string; reservation_id: string }>(
    em,
    sql`select link_id, reservation_id from link_use
        where shop_id = ${shopId} and reservation_id = any(${asUuids(reservationIds)}) and state = 'HELD'`,
  )
  return rows.map((row) => ({ linkId: row.link_id, reservationId: row.reservation_id }))
}

/** Holds links until the transaction ends, in the order of their ids, so that nobody waits in a circle. */
export async function holdLinks({ em, shopId }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(em, sql`select id from private_link where shop_id = ${shopId} and id = any(${asUuids(ids)}) order by id for update`)
}

/** Gives these uses back, each once and no more. */
export async function giveBack({ em, shopId }: World, uses: readonly HeldUse[]): Promise<void> {
  const ids = uses.map(({ reservationId }) => reservationId)
  await rowsOf(
    em,
    sql`with back as (
          update link_use set state = 'GIVEN_BACK'
          where shop_id = ${shopId} and reservation_id = any(${asUuids(ids)}) and state = 'HELD' returning link_id)
        update private_link l set uses = l.uses - b.uses
        from (select link_id, count(*) as uses from back group by link_id) b where l.shop_id = ${shopId} and l.id = b.link_id`,
  )
}

/** The use that a reservation held is an order's from now on, and stays. Who calls it holds the reservation. */
export async function keepUse({ em, shopId }: World, reservationId: string): Promise<void> {
  await rowsOf(
    em,
    sql`update link_use set state = 'USED' where shop_id = ${shopId} and reservation_id = ${reservationId}::uuid and state = 'HELD'`,
  )
}

/** How often a customer has used a link, in orders and in reservations that hold. */
export async function countUsesBy({ em, shopId }: World, linkId: string, customerId: string, endedBy: EndedBy): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from link_use x join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id
        where x.shop_id = ${shopId} and x.link_id = ${linkId}::uuid and h.customer_id = ${customerId}::uuid
          and (x.state = 'USED' or x.state = 'HELD' and not ${isOver(endedBy)})`,
  )
  return Number(row?.n ?? 0)
}
