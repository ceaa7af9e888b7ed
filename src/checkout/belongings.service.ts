import { COUPONS } from '../coupons/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { LINKS } from '../links/belongings.service.ts'
import { holdOffersUsedBy, recountUsesOf } from '../offers/usage.service.ts'
import { ORDERS } from '../orders/belongings.service.ts'
import { STANDINGS } from '../tiers/history.service.ts'
import { forgetTyped, moveReservations, returnReservations, tellReservations } from './belongings.store.ts'

/** Reservations follow a customer, and with them what is used of limits by customer. */
const RESERVATIONS: Belongings = {
  name: 'reservations',
  hold: async () => {},
  take: async (world, from, into) => {
    await holdOffersUsedBy(world, [from, into])
    return moveReservations(world, from, into)
  },
  giveBack: async (world, from, into, taken) => {
    await holdOffersUsedBy(world, [from, into])
    await returnReservations(world, from, into, (taken ?? []) as readonly string[])
  },
  settle: recountUsesOf,
  tell: tellReservations,
  forget: forgetTyped,
}

/**
 * Everything of customers that moves when they are merged, is told when they ask, and is forgotten with them. A later
 * domain that keeps something of them (points) adds its own here, and brings this list and the two resolvers that are given
 * it (merge.admin, personal-data.admin) down the street to itself.
 */
export const BELONGINGS: readonly Belongings[] = [STANDINGS, ORDERS, COUPONS, LINKS, RESERVATIONS]
