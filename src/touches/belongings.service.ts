import type { Belongings } from '../customers/merge.model.ts'
import { type Followed, forgetTouches, moveTouches, returnTouches, tellTouches } from './belongings.store.ts'

/** The ledger, what was not sent, objections and what happened follow a customer: caps hold for one person however many files they had. */
export const TOUCHES: Belongings = {
  name: 'touches',
  hold: async () => {},
  take: moveTouches,
  giveBack: (world, from, into, taken) => returnTouches(world, from, into, (taken ?? {}) as Partial<Followed>),
  settle: async () => {},
  tell: tellTouches,
  forget: forgetTouches,
}
