import { asUuids, newIds, rowOf, rowsOf, sql } from '../shell/sql.ts'
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

/** Takes what was noted, whoever notes something meanwhile notes it for the next time; 'ALL' when it is too much to name. */
export async function takeChanges({ em, shopId }: World): Promise<readonly string[] | 'ALL'> {
  const row = await rowOf<{ everybody: boolean; ids: string[] | null }>(
    em,
    sql`with taken as (delete from customer_change where shop_id = ${shopId} returning customer_id)
        select count(*) > ${MOST_TAKEN} or count(*) > count(customer_id) as everybody,
          case when count(*) <= ${MOST_TAKEN} then array_agg(distinct customer_id::text) filter (where customer_id is not null) end as ids
        from taken`,
  )
  return row?.everybody ? 'ALL' : (row?.ids ?? [])
}
