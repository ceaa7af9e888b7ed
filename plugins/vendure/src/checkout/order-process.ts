import type { Injector, OrderProcess } from '@vendure/core'
import { Checkouts } from './checkouts'
import { Reservations } from './reservations'

const OPEN = ['AddingItems', 'Draft']

let reservations: Reservations
let checkouts: Checkouts

/** The one place where the life of an order meets the engine. */
export const regularsOrderProcess: OrderProcess<string> = {
  init(injector: Injector) {
    reservations = injector.get(Reservations)
    checkouts = injector.get(Checkouts)
  },

  async onTransitionStart(from, to, { ctx, order }) {
    if (to === 'ArrangingPayment' && OPEN.includes(from)) return reservations.reserve(ctx, order)
  },

  async onTransitionEnd(_from, to, { ctx, order }) {
    if (order.orderPlacedAt) await checkouts.ring(ctx, order.id)
    else if (OPEN.includes(to) || to === 'Cancelled') await reservations.release(ctx, order)
  },
}
