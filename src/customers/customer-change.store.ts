import { asUuids, newIds, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** More than these are everybody: whoever follows looks at the whole shop sooner than at each. */
const MOST_NAMED = 500

/** Each a row of its own, so that nobody waits for somebody else who changed the same customer. */
export async function noteChanges({ em, shopId, now }: World, ids: readonly string[] | 'ALL'): Promise<void> {
  const named = ids === 'ALL' || ids.length > MOST_NAMED ? null : ids
  await rowsOf(
    em,
    named === null
      ? sql`insert into customer_change (shop_id, id) values (${shopId}, ${newIds(now)})`
      : sql`insert into customer_change (shop_id, id, customer_id)
            select ${shopId}::integer, ${newIds(now)}, customer_id from unnest(${asUuids(named)}) as customer_id`,
  )
}

const MOST_TAKEN = 5_000

/** Takes what was noted; null is everybody. What is noted meanwhile, or beyond these, stays for the next time. */
export async function takeChanges({ em, shopId }: World): Promise<(string | null)[]> {
  const rows = await rowsOf<{ customer_id: string | null }>(
    em,
    sql`delete from customer_change where shop_id = ${shopId} and id in (
          select id from customer_change where shop_id = ${shopId} order by id limit ${MOST_TAKEN})
        returning customer_id`,
  )
  return rows.map((row) => row.customer_id)
}

export async function hasChanges({ em, shopId }: World): Promise<boolean> {
  return (await rowsOf(em, sql`select 1 from customer_change where shop_id = ${shopId} limit 1`)).length > 0
}
