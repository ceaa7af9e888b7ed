import { asJson, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { TouchPolicy } from './policy.model.ts'

/** Null: the shop has saved none. Terms that an older version did not have are not there. */
export async function findPolicy({ em, shopId }: World): Promise<Partial<TouchPolicy> | null> {
  const row = await rowOf<{ terms: Partial<TouchPolicy> }>(em, sql`select terms from touch_policy where shop_id = ${shopId}`)
  return row?.terms ?? null
}

/** Nobody else saves the shop's policy until this transaction ends. */
export async function holdPolicy({ em, shopId, now }: World): Promise<void> {
  await rowsOf(
    em,
    sql`insert into touch_policy (shop_id, terms, saved_at) values (${shopId}, '{}', ${atInstant(now)})
        on conflict (shop_id) do update set shop_id = excluded.shop_id`,
  )
}

export async function writePolicy({ em, shopId, now }: World, policy: TouchPolicy): Promise<void> {
  await rowsOf(em, sql`update touch_policy set terms = ${asJson(policy)}, saved_at = ${atInstant(now)} where shop_id = ${shopId}`)
}
