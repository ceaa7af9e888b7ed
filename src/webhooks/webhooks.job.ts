import type { DailyJob } from '../shell/background.ts'
import type { Pulse } from '../shell/pulses.ts'
import { letGoOfEvents } from './delivery.service.ts'
import { deliverDue, shopsWithDue } from './sending.service.ts'
import { noticeTime, shopsWhereTimePassed } from './time.service.ts'

/** Sends what happened to whoever subscribed to it. */
export const webhooksPulse: Pulse = {
  name: 'webhooks',
  everyMs: 1_000,
  shops: shopsWithDue,
  run: async (world) => (await deliverDue(world)).more,
}

/** Notices what nobody does: reservations and pins of tiers end with time alone. */
export const timePulse: Pulse = {
  name: 'time',
  everyMs: 10_000,
  shops: shopsWhereTimePassed,
  run: async (world) => {
    await noticeTime(world)
    return false
  },
}

export const webhooksDaily: DailyJob = { name: 'webhooks', run: letGoOfEvents }
