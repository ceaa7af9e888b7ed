import { ScheduledTask } from '@vendure/core'
import { Worker } from './worker'

/** Whatever a crash or an outage left untold is told within a minute of its end. */
export const sweepTask = new ScheduledTask({
  id: 'regulars-sweep',
  description: 'Tells Regulars of orders that were placed, paid or returned while it did not answer.',
  schedule: '* * * * *',
  execute: async ({ injector }) => injector.get(Worker).sweep(),
})
