import type { Day } from '../kernel/zone.ts'
import { atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** A statement that takes so long is stuck: other shops wait for this one. */
const STUCK_MS = 3_600_000

/** No statement of this transaction goes on for ever. */
export async function boundStatements({ em }: World): Promise<void> {
  await rowsOf(em, sql`select set_config('statement_timeout', ${String(STUCK_MS)}, true)`)
}

/** Whoever comes second waits until the first is through, and then finds it done; or, if that one was undone, does it. */
export async function beginRun({ em, shopId, now }: World, job: string, day: Day): Promise<boolean> {
  const begun = await rowsOf(
    em,
    sql`insert into daily_run (shop_id, job, day, at) values (${shopId}, ${job}, ${day}::date, ${atInstant(now)})
        on conflict do nothing returning 1`,
  )
  return begun.length > 0
}
