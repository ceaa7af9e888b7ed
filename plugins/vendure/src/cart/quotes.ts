import { Injectable } from '@nestjs/common'
import type { Quote } from '@regulars/client'
import { Logger, type Order, type RequestContext } from '@vendure/core'
import type { RegularsCheckout } from '../checkout/checkout.entity'
import { Checkouts } from '../checkout/checkouts'
import { Engines } from '../engine/engines'
import { Known } from '../engine/known'
import { Shoppers } from '../engine/shoppers'
import { LOGS } from '../options'
import { Carts, linesOf } from './cart'

/** While it is being filled a cart is priced anew with every change; from the reservation on it keeps its quote. */
const OPEN = ['AddingItems', 'Draft']

/** The whole cart's prices. Null: the engine does not answer or is not asked, and the order costs its list prices. */
@Injectable()
export class Quotes {
  /** By request and cart: the contexts of its transactions are others. */
  private readonly requests = new WeakMap<object, Map<string, Promise<Quote | null>>>()

  constructor(
    private readonly engines: Engines,
    private readonly shoppers: Shoppers,
    private readonly known: Known,
    private readonly checkouts: Checkouts,
    private readonly carts: Carts,
  ) {}

  async of(ctx: RequestContext, order: Order): Promise<Quote | null> {
    const checkout = await this.checkouts.find(ctx, order.id)
    return OPEN.includes(order.state) ? this.fresh(ctx, order, checkout) : (checkout?.quote ?? null)
  }

  /** Vendure asks many times over one change; the same cart is one request. */
  async fresh(ctx: RequestContext, order: Order, checkout: Pick<RegularsCheckout, 'codes' | 'linkToken'> | null): Promise<Quote | null> {
    const engine = this.engines.of(ctx)
    if (engine === null || linesOf(order).length === 0) return null
    const cart = await this.carts.of(ctx, order, checkout)
    const customer = await this.shoppers.ofOrder(ctx, order)
    if (engine.isResting) return null
    const ask = async () => {
      try {
        return await this.known.ask(ctx, engine, customer, () =>
          engine.hurried((storefront) => storefront.quote({ cart, ...(customer && { customer }) })),
        )
      } catch (error) {
        // A question that the engine refuses must not keep anybody from buying.
        Logger.error(`Order ${order.code} is at list prices: ${String(error)}`, LOGS)
        return null
      }
    }
    const known = this.requests.get(ctx.req ?? ctx) ?? new Map<string, Promise<Quote | null>>()
    this.requests.set(ctx.req ?? ctx, known)
    const name = JSON.stringify([customer, cart])
    const quote = known.get(name) ?? ask()
    known.set(name, quote)
    return quote
  }

  /** What was quoted in this request holds no more. */
  forget(ctx: RequestContext): void {
    this.requests.delete(ctx.req ?? ctx)
  }
}
