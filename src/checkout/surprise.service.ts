import { bringDown } from '../offers/usage.service.ts'
import type { Order } from '../orders/order.model.ts'
import type { World } from '../shell/world.ts'
import type { Reservation } from './reservation.model.ts'
import { keepGifts } from './return.store.ts'
import type { DrawnSurprise } from './surprise.model.ts'
import { draw, giftsWon, notOwed } from './surprise.rules.ts'
import { keepSurprises, readSurprises } from './surprise.store.ts'

/** Where the seed of an order comes from, asked once an order and only when something is to be drawn. */
export type DrawSeed = () => Uint8Array

/**
 * Keeps with a committed order what is given with it, and draws its surprises; of money that was held for them only what
 * was won stays taken. An order that is called off at once draws nothing. Who calls it holds the order, the uses of its
 * reservation if they hold money, and the reservation.
 */
export async function keepPerks(world: World, order: Order, { id, quote }: Reservation, drawSeed: DrawSeed): Promise<void> {
  const draws = quote.surprises.length > 0 && order.status !== 'CANCELLED'
  const drawn = draws ? draw(quote.surprises, drawSeed()) : []
  await keepSurprises(world, order.id, drawn)
  await keepGifts(world, order.id, [...quote.gifts, ...giftsWon(drawn)])
  await bringDown(world, id, notOwed(quote, drawn))
}

/** What was drawn with each order, in the order of their ids. */
export const surprisesOf = (world: World, orderIds: readonly string[]): Promise<DrawnSurprise[][]> => readSurprises(world, orderIds)
