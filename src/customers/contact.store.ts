import { asJson, asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** The addresses of these customers to which mail came back for good, by customer. */
export async function findBadEmails({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; bad_email: string }>(
    em,
    sql`select id, bad_email from customer where shop_id = ${shopId} and id = any(${asUuids(ids)}) and bad_email is not null`,
  )
  return new Map(rows.map((row) => [row.id, row.bad_email]))
}

/** Of those who have this address still; held in the order of their ids. Answers with whose state changed. */
export async function writeBadEmails({ em, shopId }: World, bad: readonly { customerId: string; email: string }[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with bad as materialized (select * from jsonb_to_recordset(${asJson(bad)}) as b ("customerId" uuid, email text)),
        held as materialized (
          select c.id, b.email from customer c join bad b on b."customerId" = c.id
          where c.shop_id = ${shopId} and c.email = b.email and c.bad_email is distinct from b.email order by c.id for no key update of c)
        update customer c set bad_email = h.email from held h where c.shop_id = ${shopId} and c.id = h.id returning c.id`,
  )
  return rows.map(({ id }) => id)
}
