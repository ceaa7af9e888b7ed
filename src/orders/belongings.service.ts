import { onlyTold } from '../customers/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { moveOrders, returnOrders, tellOrders, tellStatistics } from './belongings.store.ts'
import { holdCounting, recountHeld } from './statistics.service.ts'

/** A customer's orders follow them; statistics are counted anew. An order itself tells nobody's name. */
export const ORDERS: Belongings = {
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

/** What their orders come to, which follows from the orders. */
export const STATISTICS = onlyTold('statistics', tellStatistics)
