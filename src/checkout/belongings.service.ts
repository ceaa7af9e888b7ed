import { onlyTold } from '../customers/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { holdOffersUsedBy, recountUsesOf } from '../offers/usage.service.ts'
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

/** What checkout keeps of customers, in the order in which it is held: limits come between a reservation and what its order has. */
export const CHECKED_OUT = { reservations: RESERVATIONS, gifts: GIFTS, returns: RETURNS } as const
