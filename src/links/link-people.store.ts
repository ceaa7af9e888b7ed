import type { RawBuilder } from 'kysely'
import type { Id } from '../kernel/id.ts'
import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

// Who a link names stays written as it was made. Somebody merged into another is that other, for as long as they are merged.

/** Whether a link names a customer. */
export async function names({ em, shopId }: World, linkId: string, customerId: string): Promise<boolean> {
  const row = await rowOf(
    em,
    sql`select 1 from private_link_customer n join customer c on c.shop_id = n.shop_id and c.id = n.customer_id
        where n.shop_id = ${shopId} and n.link_id = ${linkId}::uuid and coalesce(c.merged_into, c.id) = ${customerId}::uuid limit 1`,
  )
  return row !== null
}

/** Whom each of these links names, in the order of their ids. */
export async function findNamed({ em, shopId }: World, linkIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ link_id: string; customer_id: string }>(
    em,
    sql`select distinct n.link_id, coalesce(c.merged_into, c.id) as customer_id
        from private_link_customer n join customer c on c.shop_id = n.shop_id and c.id = n.customer_id
        where n.shop_id = ${shopId} and n.link_id = any(${asUuids(linkIds)}) order by 1, 2`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.link_id),
      ([id, named]) => [id, named.map((row) => row.customer_id)],
    ),
  )
}

type Person = Id<'Customer'>

/** Every link that names one of these customers, as plain data, the oldest first. */
export async function tellLinks({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('id', l.id, 'customerId', n.customer_id, 'name', l.name, 'note', l.note, 'message', l.message,
            'items', l.items, 'validFrom', l.valid_from, 'validUntil', l.valid_until, 'createdAt', l.created_at, 'revokedAt', l.revoked_at,
            'opens', case when (select count(*) from private_link_customer o where o.shop_id = l.shop_id and o.link_id = l.id) = 1
              and l.audience is null then l.opens end) as told
        from private_link_customer n join private_link l on l.shop_id = n.shop_id and l.id = n.link_id
        where n.shop_id = ${shopId} and n.customer_id = any(${asUuids(customerIds)}) order by l.id, n.customer_id`,
  )
  return rows.map((row) => row.told)
}

/** Whether somebody, or whom they were merged into, was forgotten: the audit log alone says so of a row that says nothing any more. */
const isForgotten = (named: RawBuilder<unknown>) => sql`exists (
  select 1 from customer c join audit_entry a on a.shop_id = c.shop_id and a.target in ('customer/' || c.id::text, 'customer/' || c.merged_into::text)
  where c.shop_id = ${named}.shop_id and c.id = ${named}.customer_id and a.action = 'eraseCustomer')`

/**
 * Takes out what was written for these customers alone, or for them and others whom an act `eraseCustomer` forgot before them, and
 * calls those links back: nobody is left who may use them. That they named somebody stays, so that no link is ever for more
 * people than it was. Which they are is the answer.
 */
export async function forgetWords({ em, shopId, now }: World, customerIds: readonly Person[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`update private_link l set name = '-', note = null, message = null, revoked_at = coalesce(l.revoked_at, ${new Date(now).toISOString()}::timestamptz)
        where l.shop_id = ${shopId} and l.audience is null
          and l.id in (select n.link_id from private_link_customer n where n.shop_id = ${shopId} and n.customer_id = any(${asUuids(customerIds)}))
          and not exists (select 1 from private_link_customer o
                          where o.shop_id = l.shop_id and o.link_id = l.id and o.customer_id <> all(${asUuids(customerIds)})
                            and not ${isForgotten(sql`o`)})
        returning l.id`,
  )
  return rows.map((row) => row.id)
}
