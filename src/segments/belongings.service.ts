import type { Belongings } from '../customers/merge.model.ts'
import { forgetMemberships, tellMemberships } from './belongings.store.ts'
import { holdSettling } from './membership.store.ts'

/**
 * The segments that a customer is in and was in stay under their own id: one who is merged leaves them, and comes back when
 * the merge is undone. Of somebody who is forgotten they would tell what they were like; those that figures alone let
 * them into are found again. Nobody may be writing them down meanwhile, by what the customer was before.
 */
export const SEGMENTS: Belongings = {
  name: 'segments',
  hold: holdSettling,
  take: async () => null,
  giveBack: async () => {},
  settle: async () => {},
  tell: tellMemberships,
  forget: forgetMemberships,
}
