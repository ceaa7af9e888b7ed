import type { Belongings } from '../customers/merge.model.ts'
import { forgetGiven, moveGiven, returnGiven, tellGiven } from './given-belongings.store.ts'

/**
 * What campaigns gave to a customer, and what they did with it on site, follows them. Coupons and links themselves do so by themselves;
 * whoever was given something under either name is not given it again.
 */
export const CAMPAIGN_GIFTS: Belongings = {
  name: 'campaignGifts',
  hold: async () => {},
  take: moveGiven,
  giveBack: async (world, from, into, taken) => {
    if (taken !== null && taken !== undefined) await returnGiven(world, from, into, taken as Awaited<ReturnType<typeof moveGiven>>)
  },
  settle: async () => {},
  tell: tellGiven,
  forget: forgetGiven,
}
