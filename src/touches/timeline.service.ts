import type { Instant } from '../kernel/clock.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import type { CustomerEvent } from './customer-event.model.ts'
import { placeOf } from './timeline.model.ts'
import { countOf, listEvents, listRefusals, listTouches } from './timeline.store.ts'
import type { Refusal, Touch } from './touch.model.ts'

type Listed = { readonly id: string; readonly customerId: string }

/** The same page of each customer's list, in the order of the ids. */
function pagesOf<Row extends Listed>(
  rows: readonly Row[],
  ids: readonly string[],
  request: PageRequest,
  atOf: (row: Row) => Instant,
): Page<Row>[] {
  const found = Map.groupBy(rows, (row) => row.customerId)
  return ids.map((id) => page(found.get(id) ?? [], request, (row) => placeOf(atOf(row), row.id)))
}

/** How customers were spoken to, the newest first. */
export const touchesOf = async (world: World, ids: readonly string[], request: PageRequest): Promise<Page<Touch>[]> =>
  pagesOf(await listTouches(world, ids, request), ids, request, ({ decidedAt }) => decidedAt)

/** What was not sent to customers, or not yet, and why, the newest first. */
export const refusalsOf = async (world: World, ids: readonly string[], request: PageRequest): Promise<Page<Refusal>[]> =>
  pagesOf(await listRefusals(world, ids, request), ids, request, ({ firstAt }) => firstAt)

/** What happened to customers, the newest first. */
export const eventsOf = async (world: World, ids: readonly string[], request: PageRequest): Promise<Page<CustomerEvent>[]> =>
  pagesOf(await listEvents(world, ids, request), ids, request, ({ at }) => at)

/** How long each customer's list is, in the order of the ids. */
export async function lengthsOf(
  world: World,
  list: 'touch' | 'touch_refusal' | 'customer_event',
  ids: readonly string[],
): Promise<number[]> {
  const counts = await countOf(world, list, ids)
  return ids.map((id) => counts.get(id) ?? 0)
}
