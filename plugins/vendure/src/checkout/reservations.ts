import { Inject, Injectable } from '@nestjs/common'
import type { CustomerRef, ReserveResult } from '@regulars/client'
import { type ID, Logger, type Order, OrderService, type RequestContext } from '@vendure/core'
import { Carts, isOurs, shownTotal } from '../cart/cart'
import { Quotes } from '../cart/quotes'
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
    private readonly quotes: Quotes,
  ) {}

  /** Whoever is about to pay waits longer than whoever looks around. */
  private get patience(): { timeoutMs: number } {
    return { timeoutMs: 4 * this.settings.timeoutMs }
  }

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
      case 'OfferUnavailable':
        return this.withdraw(ctx, order, checkout, answer.code)
    }
  }

  /** Before the money is taken: the hold is made longer, or made again. Answers with what to tell the shopper when it cannot be. */
  async keep(ctx: RequestContext, orderId: ID): Promise<string | undefined> {
    const checkout = await this.checkouts.find(ctx, orderId)
    const id = checkout?.reservationId
    if (checkout === null || id == null) return
    const order = await this.carts.load(ctx, orderId)
    if (order.state !== 'ArrangingPayment') return
    if (!(await this.isOver(ctx, order, id))) return
    const next = { ...checkout, attempt: checkout.attempt + 1 }
    const again = await this.ask(ctx, order, next)
    const { attempt } = next
    if (again?.__typename === 'Reservation') {
      await this.checkouts.change(ctx, order.id, { reservationId: String(again.id), quote: again.quote, attempt })
      return
    }
    await this.checkouts.change(ctx, order.id, { reservationId: null, quote: null, attempt })
    // Back to the cart, which says what it costs now.
    await this.orders.transitionToState(ctx, order.id, 'AddingItems')
    const open = await this.carts.load(ctx, order.id)
    if (again?.__typename === 'OfferUnavailable') return this.withdraw(ctx, open, checkout, again.code)
    return this.changed(ctx, open, again === null ? 'unreachable' : 'price-changed')
  }

  /** Gives back what is held. When the engine does not hear it, the hold ends by itself. */
  async release(ctx: RequestContext, order: Order): Promise<void> {
    const checkout = await this.checkouts.find(ctx, order.id)
    if (checkout === null || checkout.reservationId === null) return
    const { reservationId, attempt } = checkout
    try {
      await this.engines
        .of(ctx)
        ?.hurried((storefront) =>
          storefront.release({ reservationId, idempotencyKey: `vendure:${order.code}:release:${attempt}` }, this.patience),
        )
    } catch (error) {
      Logger.warn(`Order ${order.code} could not be released, its hold ends by itself: ${String(error)}`, LOGS)
    }
    await this.checkouts.change(ctx, order.id, { reservationId: null, quote: null, attempt: attempt + 1 })
  }

  /** An engine that does not answer, or not as expected, keeps nobody from paying: then the order is recorded as it was paid. */
  private async isOver(ctx: RequestContext, order: Order, id: string): Promise<boolean> {
    const { reservationSeconds: ttlSeconds } = this.settings
    try {
      const answer = await this.engines.of(ctx)?.hurried((storefront) => storefront.extendReservation({ id, ttlSeconds }, this.patience))
      return answer?.__typename === 'ReservationEnded'
    } catch (error) {
      Logger.error(`Order ${order.code} is paid without a longer hold: ${String(error)}`, LOGS)
      return false
    }
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
        const answer = await this.known.ask(ctx, engine, customer, () =>
          engine.hurried((storefront) => storefront.reserve(input, this.patience)),
        )
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

  /** The link or the code is taken out of the cart, so that the next try can succeed. */
  private async withdraw(ctx: RequestContext, order: Order, checkout: RegularsCheckout, code: string): Promise<string> {
    const codes = checkout.codes.filter((own) => own.toUpperCase() !== code.toUpperCase())
    const isLink = codes.length === checkout.codes.length
    await this.checkouts.change(ctx, order.id, isLink ? { linkToken: null } : { codes })
    return this.changed(ctx, order, 'offer-unavailable', code)
  }

  private async changed(ctx: RequestContext, order: Order, what: Said, code?: string): Promise<string> {
    this.quotes.forget(ctx)
    const before = order.totalWithTax
    const repriced = await this.orders.applyPriceAdjustments(ctx, order)
    return say(ctx, what, { before, total: repriced.totalWithTax, code })
  }
}
