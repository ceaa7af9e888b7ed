import type { DailyJob } from '../shell/background.ts'
import type { Pulse } from '../shell/pulses.ts'
import { letGoOfEvents } from './delivery.service.ts'
import { deliverDue, shopsWithDue } from './sending.service.ts'

/** Sends what happened to whoever subscribed to it. */
export const webhooksPulse: Pulse = {
  name: 'webhooks',
  everyMs: 1_000,
  shops: shopsWithDue,
  run: async (world) => (await deliverDue(world)).more,
}

export const webhooksDaily: DailyJob = { name: 'webhooks', run: letGoOfEvents }
