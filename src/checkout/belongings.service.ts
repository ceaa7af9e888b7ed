import { COUPONS } from '../coupons/belongings.service.ts'
import { onlyTold } from '../customers/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { LINKS } from '../links/belongings.service.ts'
import { LIMITS_USED } from '../offers/belongings.service.ts'
import { holdOffersUsedBy, recountUsesOf } from '../offers/usage.service.ts'
import { ORDERS, STATISTICS } from '../orders/belongings.service.ts'
import { SCORES } from '../scores/belongings.service.ts'
import { SEGMENTS } from '../segments/belongings.service.ts'
import { STANDINGS } from '../tiers/history.service.ts'
import { forgetTyped, moveReservations, returnReservations, tellGifts, tellReservations, tellReturns } from './belongings.store.ts'

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

/** Gifts and returns are their order's, and go where it goes. */
const GIFTS = onlyTold('gifts', tellGifts)
const RETURNS = onlyTold('returns', tellReturns)

/**
 * Everything of customers that moves when they are merged, is told when they ask, and is forgotten with them. A later
 * domain that keeps something of them (points) adds its own here, and brings this list and the two resolvers that are given
 * it (merge.admin, personal-data.admin) down the street to itself. They are held in this order: who follows changes is waited for first.
 */
export const BELONGINGS: readonly Belongings[] = [
  SEGMENTS,
  STANDINGS,
  ORDERS,
  STATISTICS,
  SCORES,
  COUPONS,
  LINKS,
  RESERVATIONS,
  LIMITS_USED,
  GIFTS,
  RETURNS,
]
