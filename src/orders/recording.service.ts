import { findCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import type { Id } from '../kernel/id.ts'
import { type InputPath, type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { brokenConstraint } from '../shell/sql.ts'
import { transact, type World } from '../shell/world.ts'
import type { OrderCountsWhen } from '../shops/shop.model.ts'
import type { GivenOrder, WantedOrder } from './given-order.model.ts'
import { checkOrders } from './given-order.rules.ts'
import type { Order, OrderLine } from './order.model.ts'
import { commitOrder, type Recording, record, withLines } from './order.rules.ts'
import { holdOrders, readOwners, writeOrders } from './order.store.ts'
import { holdCounting, recountHeld } from './statistics.service.ts'
import { holdCustomers } from './statistics.store.ts'

/** Somebody changed whose an order or a customer is between our look and our hold: the act begins again. */
export class Overtaken extends Error {}
const MAX_ATTEMPTS = 20

/**
 * Records orders that were placed elsewhere, each by its external id: new, unchanged, or corrected where it differs. The
 * statistics of the customers whose they were and are follow in the same transaction. All of them or none; in the order
 * given. The number of statements does not grow with the orders. Of an order that came of a reservation only the status
 * changes; `follow` is told of those that did.
 */
export async function recordOrders(world: World, given: readonly GivenOrder[], follow: Follow): Promise<Result<readonly Order[], Problem>> {
  const wanted = checkOrders(given, world.now)
  if (!wanted.ok) return wanted
  if (wanted.value.length === 0) return accept([])
  return undisturbed(() => transact(world, (tx) => recordOnce(tx, given, wanted.value, follow)), ['orders'])
}

/** What a later domain does once committed orders have another status, in the same transaction. */
export type Follow = (world: World, orders: readonly Order[]) => Promise<void>

/** Begins an act that writes orders again when somebody came between its look and its hold. `path`: where its orders come from. */
export async function undisturbed<T>(act: () => Promise<Result<T, Problem>>, path: InputPath): Promise<Result<T, Problem>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (brokenConstraint(error) === 'customer_statistics_amount_spent_check') return refuse(tooMuch(path))
      if (!(error instanceof Overtaken) || attempt === MAX_ATTEMPTS) throw error
    }
  }
}

const tooMuch = (path: InputPath) => problem('AMOUNT_TOO_LARGE', 'With this a customer would have spent more than 2^53-1.', path)

async function recordOnce(
  world: World,
  given: readonly GivenOrder[],
  wanted: readonly WantedOrder[],
  follow: Follow,
): Promise<Result<readonly Order[], Problem>> {
  const when = await holdCounting(world)
  const owners = await findOwners(world, given)
  if (!owners.ok) return owners
  const recordings = wanted.map((order, i) => ({ ...order, customerId: owners.value[i] ?? null }))
  const before = await holdBefore(world, recordings)
  const after = recordAll(recordings, before, when)
  if (!after.ok) return after
  const differing = after.value.filter((order) => order !== before.get(order.externalId))
  await write(world, differing, before)
  await follow(
    world,
    differing.filter((order) => order.committed),
  )
  return after
}

/** An order's place, held with everybody whom it concerns: what stands there, and when the shop counts. */
export type HeldOrder = { readonly before: Order | null; readonly when: OrderCountsWhen }

/** Holds the order of an external id, whether there is one or not, for a customer (null: for whose it is). */
export async function holdOrder(world: World, externalId: string, customerId: Id<'Customer'> | null): Promise<HeldOrder> {
  const when = await holdCounting(world)
  const before = await holdBefore(world, [{ externalId, customerId }])
  return { before: before.get(externalId) ?? null, when }
}

async function writeHeld(world: World, { before }: HeldOrder, order: Order): Promise<void> {
  await write(world, [order], new Map(before === null ? [] : [[before.externalId, before]]))
}

/** Writes an order with its lines as they are once units came back. */
export async function writeReturned(world: World, held: HeldOrder, before: Order, lines: readonly OrderLine[]): Promise<Order> {
  const order = withLines(before, lines, held.when)
  await writeHeld(world, held, order)
  return order
}

/** Writes the order that a reservation becomes. */
export async function writeCommitted(world: World, held: HeldOrder, wanted: Recording): Promise<Result<Order, Problem>> {
  const order = commitOrder(held.before, wanted, held.when, newId() as Id<'Order'>)
  if (order.ok) await writeHeld(world, held, order.value)
  return order
}

/** Whose each order is to be; null for a guest's. */
async function findOwners(world: World, given: readonly GivenOrder[]): Promise<Result<readonly (Id<'Customer'> | null)[], Problem>> {
  const named = given.flatMap((order, i) => (order.customer === null ? [] : [{ i, ref: order.customer }]))
  const ids = await findCustomerIds(
    world,
    named.map(({ ref }) => ref),
  )
  const owners: (Id<'Customer'> | null)[] = given.map(() => null)
  for (const [at, { i, ref }] of named.entries()) {
    const id = ids[at] ?? null
    if (id === null) return refuse(within(unknownCustomer(ref), 'orders', i, 'customer'))
    owners[i] = id
  }
  return accept(owners)
}

/** The orders that there are already, held with everybody whom they concern. */
async function holdBefore(
  world: World,
  recordings: readonly Pick<Recording, 'externalId' | 'customerId'>[],
): Promise<ReadonlyMap<string, Order>> {
  const externalIds = recordings.map((order) => order.externalId)
  const owners = recordings.flatMap((order) => order.customerId ?? [])
  const formerOwners = [...(await readOwners(world, externalIds)).values()].flatMap((id) => id ?? [])
  const concerned = new Set([...owners, ...formerOwners])
  const unmerged = await holdCustomers(world, [...concerned])
  if (!owners.every((id) => unmerged.has(id))) throw new Overtaken()
  const before = await holdOrders(world, externalIds)
  if (!before.every(({ customerId }) => customerId === null || concerned.has(customerId))) throw new Overtaken()
  return new Map(before.map((order) => [order.externalId, order]))
}

function recordAll(
  recordings: readonly Recording[],
  before: ReadonlyMap<string, Order>,
  when: OrderCountsWhen,
): Result<readonly Order[], Problem> {
  const orders: Order[] = []
  for (const [i, recording] of recordings.entries()) {
    const decision = record(before.get(recording.externalId) ?? null, recording, when, newId() as Id<'Order'>)
    if (!decision.ok) return refuse(within(decision.problem, 'orders', i))
    orders.push(decision.value)
  }
  return accept(orders)
}

async function write(world: World, orders: readonly Order[], before: ReadonlyMap<string, Order>): Promise<void> {
  if (orders.length === 0) return
  if ((await writeOrders(world, orders)) < orders.length) throw new Overtaken()
  const versions = orders.flatMap((order) => [order, before.get(order.externalId)])
  await recountHeld(world, [...new Set(versions.flatMap((order) => order?.customerId ?? []))])
}
