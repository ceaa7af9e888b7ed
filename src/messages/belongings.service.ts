import type { Belongings } from '../customers/merge.model.ts'
import { forgetMessages, moveMessages, returnMessages, tellMessages } from './belongings.store.ts'
import { cancelMessages } from './queue.service.ts'

/** Messages follow a customer. Of somebody who is forgotten it stays that one went; what waits does not go. */
export const MESSAGES_TO: Belongings = {
  name: 'messages',
  hold: async () => {},
  take: moveMessages,
  giveBack: (world, from, into, taken) => returnMessages(world, from, into, (taken ?? []) as readonly string[]),
  settle: async () => {},
  tell: tellMessages,
  forget: async (world, customerIds) => {
    await cancelMessages(world, { customerIds }, 'FORGOTTEN')
    await forgetMessages(world, customerIds)
  },
}
