import { Injectable } from '@nestjs/common'
import type { Storefront } from '@regulars/client'
import type { Order, OrderLine, RequestContext } from '@vendure/core'
import type { RegularsCheckout, Returned } from './checkout.entity'
import { Checkouts } from './checkouts'

/** Units that were refunded or called off, told to the engine once. */
@Injectable()
export class Returns {
  constructor(private readonly checkouts: Checkouts) {}

  async tell(ctx: RequestContext, storefront: Storefront, order: Order, checkout: RegularsCheckout): Promise<void> {
    const lines = order.lines
      .map((line) => ({ id: String(line.id), quantity: backOf(order, line) - noted(checkout.returns, line) }))
      .filter(({ quantity }) => quantity > 0)
    const returns = [...checkout.returns]
    if (lines.length > 0) {
      returns.push({ id: `vendure:${order.code}:return:${returns.length + 1}`, lines, told: false })
      // Written down first: after a crash it is the same return, whatever came back meanwhile.
      await this.checkouts.change(ctx, order.id, { returns })
    }
    for (const back of returns.filter(({ told }) => !told)) {
      await storefront.returnLines({ input: { orderExternalId: order.code, returnExternalId: back.id, lines: back.lines } })
      back.told = true
      await this.checkouts.change(ctx, order.id, { returns })
    }
  }
}

/** Staff refund a line, call it off, or both for the same units: the larger of the two came back. */
function backOf(order: Order, line: OrderLine): number {
  const refunded = order.payments
    .flatMap(({ refunds }) => refunds ?? [])
    .filter(({ state }) => state === 'Settled')
    .flatMap(({ lines }) => lines ?? [])
    .filter(({ orderLineId }) => String(orderLineId) === String(line.id))
    .reduce((sum, { quantity }) => sum + quantity, 0)
  return Math.min(line.orderPlacedQuantity, Math.max(refunded, line.orderPlacedQuantity - line.quantity))
}

function noted(returns: readonly Returned[], line: OrderLine): number {
  return returns
    .flatMap(({ lines }) => lines)
    .filter(({ id }) => id === String(line.id))
    .reduce((sum, { quantity }) => sum + quantity, 0)
}
