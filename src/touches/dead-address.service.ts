import type { Channel } from '../customers/customer.model.ts'
import type { World } from '../shell/world.ts'
import { insertDeadAddresses } from './dead-address.store.ts'

/** An address of a customer's at which nobody is: a hard bounce, a number that is gone. Another address of theirs is reached again. */
export type DeadAddress = { readonly customerId: string; readonly channel: Channel; readonly address: string; readonly why: string }

/** Nothing is sent there any more, from now on. */
export async function noteDeadAddresses(world: World, dead: readonly DeadAddress[]): Promise<void> {
  await insertDeadAddresses(
    world,
    dead.map((one) => ({ ...one, address: one.address.trim().toLowerCase() })),
  )
}
