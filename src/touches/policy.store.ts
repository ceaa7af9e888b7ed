import { rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { TouchPolicy } from './policy.model.ts'

/** Null: the shop has saved none. */
export async function findPolicy({ em, shopId }: World): Promise<TouchPolicy | null> {
  const row = await rowOf<{ terms: TouchPolicy }>(em, sql`select terms from touch_policy where shop_id = ${shopId}`)
  return row?.terms ?? null
}
