import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import { isExternalId, type Order, type OrderHead, type OrderLine, orderKey } from './order.model.ts'
import { findOrders as findOrdersByExternalId, findOrdersById, readLines } from './order.store.ts'
import { countOrderRows, countOrderRowsOf, listOrderRows, listOrderRowsOf } from './order-list.store.ts'

export async function findOrder(world: World, externalId: string): Promise<Order | null> {
  if (!isExternalId(externalId)) return null
  return (await findOrdersByExternalId(world, [externalId]))[0] ?? null
}

/** Those of these external ids that there are. */
export const findOrders = (world: World, externalIds: readonly string[]): Promise<Order[]> => findOrdersByExternalId(world, externalIds)

/** The order of this id, which must be there. */
export async function getOrder(world: World, id: string): Promise<Order> {
  const [order] = await findOrdersById(world, [id])
  if (order === undefined) throw new Error(`no order ${id}`)
  return order
}

/** The lines of orders, in the order of the orders' ids. */
export async function linesOf(world: World, orderIds: readonly string[]): Promise<(readonly OrderLine[])[]> {
  const lines = await readLines(world, orderIds)
  return orderIds.map((id) => lines.get(id) ?? [])
}

/** The newest first. */
export async function listOrders(world: World, request: PageRequest): Promise<Page<OrderHead>> {
  return page(await listOrderRows(world, request), request, orderKey)
}

export const countOrders = (world: World): Promise<number> => countOrderRows(world)

/** Each customer's orders, the newest first, in the order of the customers' ids. */
export async function listOrdersOf(world: World, customerIds: readonly string[], request: PageRequest): Promise<Page<OrderHead>[]> {
  const orders = await listOrderRowsOf(world, customerIds, request)
  return customerIds.map((id) => page(orders.get(id) ?? [], request, orderKey))
}

export async function countOrdersOf(world: World, customerIds: readonly string[]): Promise<number[]> {
  const counts = await countOrderRowsOf(world, customerIds)
  return customerIds.map((id) => counts.get(id) ?? 0)
}
