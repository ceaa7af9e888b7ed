import { accept, type Result } from '../kernel/result.ts'
import { giveRoom } from '../shell/room.ts'
import { transact, type World } from '../shell/world.ts'

/** Reads what is gathered from all orders of a shop: with room to sort and group in memory, for this reading alone. */
export async function readLarge<T>(world: World, read: (world: World) => Promise<T>): Promise<T> {
  const answer: Result<T, never> = await transact(world, async (tx) => {
    await giveRoom(tx)
    return accept(await read(tx))
  })
  if (!answer.ok) throw new Error('a reading refused')
  return answer.value
}
