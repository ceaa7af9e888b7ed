import type { World } from '../shell/world.ts'
import { noteRefusals } from '../touches/decision.service.ts'
import type { SaidNo } from '../touches/objection.topic.ts'
import { dropExposuresOf, type Leaver, leaveAllBuyers, leaveBuyers, leaveObjectors } from './leaving.store.ts'

/**
 * Whoever bought leaves at once, in the transaction that recorded the order. After an import they are too many to name: what is due for
 * them is dropped when it is due.
 */
export async function followBuyers(world: World, customerIds: readonly string[] | 'ALL'): Promise<void> {
  if (customerIds === 'ALL') await leaveAllBuyers(world)
  else await drop(world, await leaveBuyers(world, customerIds), 'BOUGHT')
}

/** So does whoever says that they want no such messages, in the transaction that says it. */
export async function followObjections(world: World, said: readonly SaidNo[]): Promise<void> {
  await drop(world, await leaveObjectors(world, said), 'OBJECTED')
}

async function drop(world: World, leavers: readonly Leaver[], reason: 'BOUGHT' | 'OBJECTED'): Promise<void> {
  const dropped = await dropExposuresOf(world, leavers, reason)
  if (dropped.length === 0) return
  await noteRefusals(
    world,
    dropped.map((one) => ({ ...one, reason })),
  )
}
