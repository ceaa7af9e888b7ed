import type { OrderInput, OrderStatus } from '@regulars/client'
import type { Order } from '@vendure/core'
import { lineTotal } from '../cart/cart'

/** Null: in between, as while staff change an order; what it was stays. */
export function statusOf(order: Order): OrderStatus | null {
  switch (order.state) {
    case 'PaymentAuthorized':
      return 'PLACED'
    case 'PaymentSettled':
    case 'PartiallyShipped':
    case 'Shipped':
    case 'PartiallyDelivered':
      return 'PAID'
    case 'Delivered':
      return 'COMPLETED'
    case 'Cancelled':
      return 'CANCELLED'
    default:
      return null
  }
}

/** An order as it was placed, for what was asked for it; what came back since is told as returns. */
export function recorded(order: Order, skus: ReadonlyMap<string, string>): OrderInput {
  const lines = order.lines.filter((line) => line.orderPlacedQuantity > 0)
  return {
    externalId: order.code,
    ...(order.customer && { customer: { externalId: String(order.customer.id) } }),
    placedAt: (order.orderPlacedAt ?? order.createdAt).toISOString(),
    ...(statusOf(order) && { status: statusOf(order) }),
    channel: 'vendure',
    lines: lines.map((line) => {
      const quantity = line.orderPlacedQuantity
      const total = lineTotal(line, quantity)
      const sku = skus.get(String(line.productVariantId)) ?? String(line.productVariantId)
      return { id: String(line.id), sku, quantity, unitPrice: Math.floor(total / quantity), total }
    }),
  }
}
