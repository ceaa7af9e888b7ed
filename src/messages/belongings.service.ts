import { onlyTold } from '../customers/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { forgetMessages, moveMessages, returnMessages, tellMessages } from './belongings.store.ts'
import { forgetReplies, tellEvents } from './event.store.ts'
import { cancelMessages } from './queue.service.ts'
import { forgetNotes, tellTasks } from './task.store.ts'

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

/** What happened to messages lies under them and follows them; of somebody who is forgotten it stays that it did, without a word of theirs. */
export const MESSAGE_EVENTS: Belongings = { ...onlyTold('messageEvents', tellEvents), forget: forgetReplies }

/** What staff did of messages, as well. */
export const STAFF_TASKS: Belongings = { ...onlyTold('staffTasks', tellTasks), forget: forgetNotes }
