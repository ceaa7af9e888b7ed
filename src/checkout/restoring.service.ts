import { holdUsesOf, restore } from '../offers/usage.service.ts'
import type { Order } from '../orders/order.model.ts'
import type { World } from '../shell/world.ts'
import { reservationsOf } from './reservation.store.ts'
import { isWhollyReturned, usesDue } from './return.rules.ts'

/**
 * Gives back the uses that committed orders no longer stand for: those of which every line that the offer touched is wholly
 * returned, where the offer said so when it was used. Who calls it holds the orders.
 */
export async function restoreReturned(world: World, orders: readonly Order[]): Promise<void> {
  const touched = orders.filter((order) => order.committed && order.lines.some(isWhollyReturned))
  if (touched.length === 0) return
  const reservations = await reservationsOf(
    world,
    touched.map((order) => order.id),
  )
  const uses = await holdUsesOf(
    world,
    reservations.map(({ id }) => id),
  )
  await restore(world, usesDue(uses, reservations, touched))
}
