import type { World } from '../shell/world.ts'
import { dropExposuresOf, leaveAllBuyers, leaveBuyers } from './leaving.store.ts'

/**
 * Whoever bought leaves at once, in the transaction that recorded the order. After an import they are too many to name: what is due for
 * them is dropped when it is due.
 */
export async function followBuyers(world: World, customerIds: readonly string[] | 'ALL'): Promise<void> {
  if (customerIds === 'ALL') return leaveAllBuyers(world)
  await dropExposuresOf(world, await leaveBuyers(world, customerIds), 'BOUGHT')
}
