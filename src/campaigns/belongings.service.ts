import type { Belongings } from '../customers/merge.model.ts'
import { holdCampaigns, leaveForgotten, moveMembers, returnMembers, tellCampaigns } from './belongings.store.ts'

/**
 * Taking part in campaigns follows a customer who is merged; the same campaign twice is once. Whoever works exposures holds them before
 * customers, so merges wait for that first.
 */
export const CAMPAIGNS: Belongings = {
  name: 'campaigns',
  hold: holdCampaigns,
  take: moveMembers,
  giveBack: async (world, from, into, taken) => {
    if (taken !== null && taken !== undefined) await returnMembers(world, from, into, taken as Awaited<ReturnType<typeof moveMembers>>)
  },
  settle: async () => {},
  tell: tellCampaigns,
  forget: leaveForgotten,
}
