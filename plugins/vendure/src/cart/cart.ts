import { Injectable } from '@nestjs/common'
import type { CartInput } from '@regulars/client'
import { type ID, Order, type OrderLine, ProductVariant, type RequestContext, TransactionalConnection } from '@vendure/core'
import { In } from 'typeorm'
import type { RegularsCheckout } from '../checkout/checkout.entity'

/** Begins the source of every adjustment that the engine made; after it the rule's kind and code. */
const OURS = /^PROMOTION:[^:]+:(LADDER|OFFER|PRIVATE_LINK):/

export function isOurs({ adjustmentSource }: { adjustmentSource: string }): boolean {
  return OURS.test(adjustmentSource)
}

export function linesOf(order: Order): OrderLine[] {
  return order.lines.filter((line) => line.quantity > 0)
}

/** What the order's lines cost after the engine's rules, in the basis of their list prices: what the shopper was shown. */
export function shownTotal(order: Order): number {
  return linesOf(order).reduce((sum, line) => sum + lineTotal(line, line.quantity), 0)
}

/** What so many units cost; the adjustments are for as many as were placed. */
export function lineTotal(line: OrderLine, quantity: number): number {
  const taken = line.adjustments.filter(isOurs).reduce((sum, adjustment) => sum + adjustment.amount, 0)
  return line.listPrice * quantity + taken
}

/** An order as the engine prices it: at the unit prices that Vendure asks of everybody. */
@Injectable()
export class Carts {
  constructor(private readonly connection: TransactionalConnection) {}

  /** The order with what Vendure's price calculation needs of it. */
  load(ctx: RequestContext, orderId: ID): Promise<Order> {
    const relations = [
      'lines',
      'lines.productVariant',
      'lines.productVariant.productVariantPrices',
      'shippingLines',
      'surcharges',
      'customer',
    ]
    return this.connection.getEntityOrThrow(ctx, Order, orderId, { channelId: ctx.channelId, relations })
  }

  async of(ctx: RequestContext, order: Order, checkout: Pick<RegularsCheckout, 'codes' | 'linkToken'> | null): Promise<CartInput> {
    const skus = await this.skus(ctx, order)
    return {
      lines: linesOf(order).map((line) => ({
        id: String(line.id),
        sku: skus.get(String(line.productVariantId)) ?? '',
        quantity: line.quantity,
        listPrice: line.listPrice,
      })),
      codes: checkout?.codes ?? [],
      privateLinkToken: checkout?.linkToken ?? null,
    }
  }

  /** Not every caller of Vendure's price calculation has loaded the variants. */
  async skus(ctx: RequestContext, order: Order): Promise<Map<string, string>> {
    const loaded = new Map(
      order.lines.filter((line) => line.productVariant?.sku).map((line) => [String(line.productVariantId), line.productVariant.sku]),
    )
    const missing = order.lines.filter((line) => !loaded.has(String(line.productVariantId))).map((line) => line.productVariantId)
    if (missing.length > 0) {
      const found = await this.connection.getRepository(ctx, ProductVariant).find({ where: { id: In(missing) }, select: ['id', 'sku'] })
      for (const { id, sku } of found) loaded.set(String(id), sku)
    }
    return loaded
  }
}
