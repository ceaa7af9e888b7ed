import { Injectable } from '@nestjs/common'
import { type ID, type Order, OrderService, type RequestContext } from '@vendure/core'
import { Checkouts } from '../checkout/checkouts'
import { Carts } from './cart'
import { Quotes } from './quotes'
import { RegularsRefusedError } from './refused'

/** A private link in an order: its token says by which one the shopper came. */
@Injectable()
export class Links {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly carts: Carts,
    private readonly orders: OrderService,
    private readonly quotes: Quotes,
  ) {}

  /** A good link stays while none of its items is in the cart: they may still be put there. */
  async apply(ctx: RequestContext, orderId: ID, token: string): Promise<Order | RegularsRefusedError> {
    const order = await this.carts.load(ctx, orderId)
    const { codes } = await this.checkouts.of(ctx, orderId)
    if (order.lines.length > 0) {
      const quote = await this.quotes.fresh(ctx, order, { codes, linkToken: token })
      if (quote === null) return new RegularsRefusedError('NO_ANSWER')
      if (quote.refusedLink && !['NOT_IN_SCOPE', 'BEATEN', 'QUANTITY_TOO_HIGH'].includes(quote.refusedLink))
        return new RegularsRefusedError(quote.refusedLink)
    }
    await this.checkouts.change(ctx, orderId, { linkToken: token })
    return this.orders.applyPriceAdjustments(ctx, order)
  }

  async remove(ctx: RequestContext, orderId: ID): Promise<Order> {
    await this.checkouts.of(ctx, orderId)
    await this.checkouts.change(ctx, orderId, { linkToken: null })
    return this.orders.applyPriceAdjustments(ctx, await this.carts.load(ctx, orderId))
  }
}
