import { accept, type Result } from '../kernel/result.ts'
import { slot } from './memory.ts'
import { giveRoom } from './room.ts'
import { rowsOf, sql } from './sql.ts'
import { Turns } from './turns.ts'
import { transact, type World } from './world.ts'

/** So many large readings at a time in this process, each of another shop; with the room of each that bounds what they take together. */
const READINGS = slot(() => new Turns(3))
/** A statement of a large reading that takes longer is given up: TOOK_TOO_LONG. */
const LONGEST_MS = 120_000

/**
 * Reads what is gathered from all orders of a shop: in the shop's turn, with room to sort and group in memory for this reading
 * alone, and not for ever. Never inside a transaction.
 */
export async function readLarge<T>(world: World, read: (world: World) => Promise<T>, longestMs = LONGEST_MS): Promise<T> {
  if (world.em.isInTransaction()) throw new Error('a large reading takes turns, and nobody waits for one inside a transaction')
  const answer: Result<T, never> = await world.memory.of(READINGS).take(world.shopId, () =>
    transact(world, async (tx) => {
      await giveRoom(tx)
      await rowsOf(tx.em, sql`select set_config('statement_timeout', ${String(longestMs)}, true)`)
      return accept(await read(tx))
    }),
  )
  if (!answer.ok) throw new Error('a reading refused')
  return answer.value
}
