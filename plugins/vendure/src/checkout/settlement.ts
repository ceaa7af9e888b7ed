import { Injectable } from '@nestjs/common'
import type { Storefront } from '@regulars/client'
import { type ID, Order, type RequestContext, TransactionalConnection } from '@vendure/core'
import { Carts } from '../cart/cart'
import { isCode } from '../engine/engine'
import { recorded, statusOf } from '../sync/order-record'
import type { RegularsCheckout } from './checkout.entity'
import { Checkouts } from './checkouts'
import { Returns } from './returns'

/**
 * Makes the engine agree with a placed order, however often it is called and wherever the last call broke off: it looks at what
 * the order is and at what the engine was told.
 */
@Injectable()
export class Settlement {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly checkouts: Checkouts,
    private readonly carts: Carts,
    private readonly returns: Returns,
  ) {}

  async settle(ctx: RequestContext, storefront: Storefront, orderId: ID): Promise<void> {
    const checkout = await this.checkouts.of(ctx, orderId)
    const order = await this.order(ctx, orderId)
    const status = statusOf(order)
    if (status !== null && status !== checkout.status) {
      if (checkout.status === null) await this.tell(ctx, storefront, order, checkout)
      else await this.record(ctx, storefront, order)
      await this.checkouts.change(ctx, orderId, { status })
    }
    if (status !== 'CANCELLED') await this.returns.tell(ctx, storefront, order, checkout)
    await this.checkouts.change(ctx, orderId, { told: checkout.due })
  }

  private async tell(ctx: RequestContext, storefront: Storefront, order: Order, checkout: RegularsCheckout): Promise<void> {
    if (checkout.reservationId !== null && (await this.commit(storefront, order, checkout.reservationId))) return
    await this.record(ctx, storefront, order)
  }

  /** False: the hold was over before the money came. Then the order is recorded for what was paid. */
  private async commit(storefront: Storefront, order: Order, reservationId: string): Promise<boolean> {
    const status = statusOf(order) ?? 'PAID'
    const placedAt = order.orderPlacedAt?.toISOString() ?? null
    const idempotencyKey = `vendure:${order.code}:commit:${reservationId}:${status}`
    try {
      const answer = await storefront.commit({ reservationId, orderExternalId: order.code, placedAt, status, idempotencyKey })
      return answer.__typename === 'Order'
    } catch (error) {
      if (isCode(error, 'NOT_FOUND')) return false
      throw error
    }
  }

  private async record(ctx: RequestContext, storefront: Storefront, order: Order): Promise<void> {
    await storefront.recordOrders({ orders: [recorded(order, await this.carts.skus(ctx, order))] })
  }

  private order(ctx: RequestContext, id: ID): Promise<Order> {
    return this.connection.getEntityOrThrow(ctx, Order, id, {
      relations: ['lines', 'lines.productVariant', 'customer', 'payments', 'payments.refunds', 'payments.refunds.lines'],
    })
  }
}
