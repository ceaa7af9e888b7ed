import { Inject, Injectable } from '@nestjs/common'
import type { CustomerRef, ReserveResult } from '@regulars/client'
import { Logger, type Order, OrderService, type RequestContext } from '@vendure/core'
import { Carts, isOurs, shownTotal } from '../cart/cart'
import { isCode } from '../engine/engine'
import { Engines } from '../engine/engines'
import { Known } from '../engine/known'
import { Shoppers } from '../engine/shoppers'
import { LOGS, SETTINGS, type Settings } from '../options'
import type { RegularsCheckout } from './checkout.entity'
import { Checkouts } from './checkouts'
import { type Said, say } from './messages'

/** What a cart uses is held before anybody pays; and nobody pays what they were not shown. */
@Injectable()
export class Reservations {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly engines: Engines,
    private readonly shoppers: Shoppers,
    private readonly known: Known,
    private readonly checkouts: Checkouts,
    private readonly carts: Carts,
    private readonly orders: OrderService,
  ) {}

  /** Answers with what to tell the shopper when the order cannot be paid as it is. */
  async reserve(ctx: RequestContext, order: Order): Promise<string | undefined> {
    const engine = this.engines.of(ctx)
    if (engine === null) return
    const checkout = await this.checkouts.of(ctx, order.id)
    const answer = await this.ask(ctx, order, checkout)
    if (answer === null) {
      if (!order.lines.some((line) => line.adjustments.some(isOurs))) return
      return this.changed(ctx, order, 'unreachable')
    }
    switch (answer.__typename) {
      case 'Reservation':
        await this.checkouts.change(ctx, order.id, { reservationId: String(answer.id), quote: answer.quote, attempt: checkout.attempt })
        return
      case 'PriceChanged':
        return this.changed(ctx, order, 'price-changed')
      case 'OfferUnavailable': {
        // The link or the code is taken out of the cart, so that the next try can succeed.
        const codes = checkout.codes.filter((code) => code.toUpperCase() !== answer.code.toUpperCase())
        const isLink = codes.length === checkout.codes.length
        await this.checkouts.change(ctx, order.id, isLink ? { linkToken: null } : { codes })
        return this.changed(ctx, order, 'offer-unavailable', answer.code)
      }
    }
  }

  /** Gives back what is held. When the engine does not hear it, the hold ends by itself. */
  async release(ctx: RequestContext, order: Order): Promise<void> {
    const checkout = await this.checkouts.find(ctx, order.id)
    if (checkout === null || checkout.reservationId === null) return
    const { reservationId, attempt } = checkout
    try {
      await this.engines
        .of(ctx)
        ?.hurried((storefront) => storefront.release({ reservationId, idempotencyKey: `vendure:${order.code}:release:${attempt}` }))
    } catch (error) {
      Logger.warn(`Order ${order.code} could not be released, its hold ends by itself: ${String(error)}`, LOGS)
    }
    await this.checkouts.change(ctx, order.id, { reservationId: null, quote: null, attempt: attempt + 1 })
  }

  /** Under a key that follows from the order: whoever crashed after the answer finds the same reservation again. */
  private async ask(ctx: RequestContext, order: Order, checkout: RegularsCheckout): Promise<ReserveResult | null> {
    const engine = this.engines.of(ctx)
    const cart = await this.carts.of(ctx, order, checkout)
    const customer: CustomerRef | null = await this.shoppers.ofOrder(ctx, order)
    const { reservationSeconds: ttlSeconds } = this.settings
    for (; engine !== null; checkout.attempt++) {
      const idempotencyKey = `vendure:${order.code}:reserve:${checkout.attempt}`
      const input = { cart, ...(customer && { customer }), idempotencyKey, ttlSeconds, expectedTotal: shownTotal(order) }
      try {
        const answer = await this.known.ask(ctx, engine, customer, () => engine.hurried((storefront) => storefront.reserve(input)))
        // An earlier attempt of this cart that is over by now.
        if (answer?.__typename === 'Reservation' && answer.status !== 'HELD') continue
        return answer
      } catch (error) {
        // An earlier attempt with another cart.
        if (isCode(error, 'IDEMPOTENCY_CONFLICT')) continue
        Logger.error(`Order ${order.code} could not be reserved: ${String(error)}`, LOGS)
        engine.rest(error)
        return null
      }
    }
    return null
  }

  private async changed(ctx: RequestContext, order: Order, what: Said, code?: string): Promise<string> {
    const before = order.totalWithTax
    const repriced = await this.orders.applyPriceAdjustments(ctx, order)
    return say(ctx, what, { before, total: repriced.totalWithTax, code })
  }
}
