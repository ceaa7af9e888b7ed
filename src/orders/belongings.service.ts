import type { Belongings } from '../customers/merge.model.ts'
import { moveOrders, returnOrders, tellOrders } from './belongings.store.ts'
import { holdCounting, recountHeld } from './statistics.service.ts'

/** A customer's orders follow them; statistics are counted anew. An order itself tells nobody's name. */
const ORDERS: Belongings = {
  name: 'orders',
  hold: async (world) => {
    await holdCounting(world)
  },
  take: moveOrders,
  giveBack: (world, from, into, taken) => returnOrders(world, from, into, (taken ?? []) as readonly string[]),
  settle: recountHeld,
  tell: tellOrders,
  forget: async () => {},
}

/**
 * Everything of customers that moves when they are merged, is told when they ask, and is forgotten with them. A later
 * domain that keeps something of them (coupons, limits in use, points) adds its own here, and brings this list and the two
 * resolvers that are given it (merge.admin, personal-data.admin) down the street to itself.
 */
export const BELONGINGS: readonly Belongings[] = [ORDERS]
