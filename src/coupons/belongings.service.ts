import type { Belongings } from '../customers/merge.model.ts'
import { holdOwners, moveCoupons, returnCoupons, revokeOf, tellCoupons } from './coupon.store.ts'

/** Coupons follow a customer; what somebody who is forgotten could still have used is called back. */
export const COUPONS: Belongings = {
  name: 'coupons',
  hold: holdOwners,
  take: moveCoupons,
  giveBack: (world, from, into, taken) => returnCoupons(world, from, into, (taken ?? []) as readonly string[]),
  settle: async () => {},
  tell: tellCoupons,
  forget: revokeOf,
}
