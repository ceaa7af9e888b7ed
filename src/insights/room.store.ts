import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** Memory for each sort and hash of the transaction. A plan of such a query takes longer to compile than to interpret. */
export async function giveRoom({ em }: World): Promise<void> {
  await rowsOf(
    em,
    sql`select set_config('work_mem', '128MB', true), set_config('hash_mem_multiplier', '2', true), set_config('jit', 'off', true)`,
  )
}
