import { rowsOf, sql } from './sql.ts'
import type { World } from './world.ts'

/**
 * Memory for each sort and hash of the rest of the transaction: for what reads or writes everybody's rows at once. A plan of such
 * a query takes longer to compile than to interpret.
 */
export async function giveRoom({ em }: World): Promise<void> {
  await rowsOf(
    em,
    sql`select set_config('work_mem', '256MB', true), set_config('hash_mem_multiplier', '1', true), set_config('jit', 'off', true)`,
  )
}
