import type { DailyJob, Follower } from '../shell/background.ts'
import { settleChanges, settleEverybody } from './settling.service.ts'

/** Time passes for everybody: who bought nothing for sixty days did so without doing anything. */
export const segmentsDaily: DailyJob = {
  name: 'tags and segments',
  run: async (world) => void (await settleEverybody(world)),
}

/** Whoever changed is looked at once the change can be read. */
export const segmentsFollow: Follower = { name: 'tags and segments', run: settleChanges }
