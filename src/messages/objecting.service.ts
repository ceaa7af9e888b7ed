import type { World } from '../shell/world.ts'
import type { SaidNo } from '../touches/objection.topic.ts'
import { cancelMessages } from './queue.service.ts'

/** Whoever says no is sent nothing of it more, also of what is queued: in the transaction in which they say it. */
export async function callBack(world: World, said: readonly SaidNo[]): Promise<void> {
  for (const { customerId, scope, purpose } of said) {
    const whose = { customerIds: [customerId], ...(purpose === null ? {} : { purpose }) }
    if (scope === 'ALL') await cancelMessages(world, whose, 'OBJECTED')
    else if (scope === 'PERSONAL') await cancelMessages(world, { ...whose, purpose: 'MARKETING' }, 'OBJECTED')
    else await cancelMessages(world, { ...whose, channel: scope }, 'OBJECTED')
  }
}
