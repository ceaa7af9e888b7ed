import type { DailyJob } from '../shell/background.ts'
import type { Pulse } from '../shell/pulses.ts'
import { letGoOfContents } from './keeping.service.ts'
import { sendDue, shopsWithDue } from './sending.service.ts'

/** Sends what is due. Looked after every second, since a message may come due by time alone. */
export const messagesPulse: Pulse = {
  name: 'messages',
  everyMs: 1_000,
  shops: shopsWithDue,
  run: async (world) => (await sendDue(world)).more,
}

/** What messages said is let go of after a while. */
export const messagesDaily: DailyJob = { name: 'messages', run: letGoOfContents }
