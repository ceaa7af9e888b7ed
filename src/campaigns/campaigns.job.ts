import type { Pulse } from '../shell/pulses.ts'
import { runCampaigns, shopsWithTurns } from './pulse.service.ts'

/** So many batches of exposures under one clock: then it is looked at anew what else is due. */
const BATCHES = 5

/** Campaigns begin, let in, write and end. Looked after every second: what is due is due by time alone. */
export const campaignsPulse: Pulse = {
  name: 'campaigns',
  everyMs: 1_000,
  shops: shopsWithTurns,
  run: async (world) => (await runCampaigns(world, { batches: BATCHES })).more,
}
