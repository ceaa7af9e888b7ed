import type { Quote } from '../pricing/quote.ts'
import type { World } from '../shell/world.ts'
import { quotesOfOrders } from './reservation.store.ts'
import { explained } from './trace.rules.ts'

/** How each of these orders was priced when it was reserved, explained; null for one that came of no reservation. */
export async function pricingsOf(world: World, orderIds: readonly string[]): Promise<(Quote | null)[]> {
  const found = new Map((await quotesOfOrders(world, orderIds)).map((row) => [row.orderId, explained(row.quote, row.trace)]))
  return orderIds.map((id) => found.get(id) ?? null)
}
