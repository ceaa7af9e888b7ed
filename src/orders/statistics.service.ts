import { CUSTOMERS } from '../customers/customer.topic.ts'
import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { OrderCountsWhen, Shop } from '../shops/shop.model.ts'
import { readShop } from '../shops/shop.service.ts'
import type { BoughtByCustomer } from './bought.model.ts'
import { readBought } from './bought.store.ts'
import { holdAllOrders, holdCountsWhen, rewriteCounted, statusCounts } from './counting.store.ts'
import { type Habits, NO_HABITS, type Whose } from './habits.model.ts'
import { readHabits } from './habits.store.ts'
import { followers } from './recounted.topic.ts'
import { type CustomerStatistics, NO_ORDERS } from './statistics.model.ts'
import { readCompanyStatistics, readStatistics, rewriteAllStatistics, rewriteStatistics } from './statistics.store.ts'

// Who writes orders holds, in this order: the shop (holdCounting), the customers by their ids, the orders by their
// external ids. So two who write about the same customers wait for each other, and never in a circle.

/**
 * When the shop's orders count. The first thing that an act asks that writes orders: until it ends the shop does not
 * count otherwise, and nobody recounts everything.
 */
export const holdCounting = (world: World): Promise<OrderCountsWhen> => holdCountsWhen(world)

/** For who writes orders in SQL of their own: whether an order of this status counts, of an order whose lines were all kept. */
export const countedSql = (status: Parameters<typeof statusCounts>[0], when: OrderCountsWhen) => statusCounts(status, when)

/**
 * Makes these customers' statistics say what their orders do, in the transaction that changed the orders and that holds
 * the customers. Unknown ids do no harm.
 */
export async function recountHeld(world: World, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return
  await rewriteStatistics(world, customerIds)
  for (const follow of followers(world)) await follow(world, customerIds)
  changed(world, CUSTOMERS, customerIds)
}

/**
 * The same of the whole shop, in one statement: after an import, or for a repair. It waits for everybody who writes
 * orders and keeps them waiting, so it comes first in its transaction, or the transaction holds the shop alone.
 */
export async function recountAll(world: World): Promise<void> {
  await holdAllOrders(world)
  await rewriteAllStatistics(world)
  for (const follow of followers(world)) await follow(world, 'ALL')
  changed(world, CUSTOMERS, 'ALL')
}

/** A changed shop: where it counts otherwise, every order and all statistics do so at once. As recountAll otherwise. */
export async function followSettings(world: World, before: Shop, after: Shop): Promise<void> {
  if (before.orderCountsWhen === after.orderCountsWhen) return
  await holdAllOrders(world)
  await rewriteCounted(world, after.orderCountsWhen)
  await recountAll(world)
}

/** In the order of the ids. */
export async function statisticsOf(world: World, customerIds: readonly string[]): Promise<CustomerStatistics[]> {
  const found = await readStatistics(world, customerIds)
  return customerIds.map((id) => found.get(id) ?? NO_ORDERS)
}

/** All that a company's people bought, in the order of the companies' ids. */
export async function companyStatisticsOf(world: World, companyIds: readonly string[]): Promise<CustomerStatistics[]> {
  const found = await readCompanyStatistics(world, companyIds)
  return companyIds.map((id) => found.get(id) ?? NO_ORDERS)
}

/** How customers, or companies, buy; in the order of the ids. */
export async function habitsOf(world: World, kind: Whose['kind'], ids: readonly string[]): Promise<Habits[]> {
  const found = await readHabits(world, kind, ids, (await readShop(world)).timeZone)
  return ids.map((id) => found.get(id) ?? NO_HABITS)
}

/** What customers bought last and what they usually buy, by customer; who bought nothing is left out. */
export const boughtBy = (world: World, customerIds: readonly string[]): Promise<Map<string, BoughtByCustomer>> =>
  readBought(world, customerIds)
