import type { Instant } from '../kernel/clock.ts'
import type { OrderStatus } from '../orders/order.model.ts'
import type { NamedCustomer } from './customer-key.rules.ts'
import type { CustomerFact } from './mapping.model.ts'

/** One row of a file, understood: a line of an order. What its row does not say is null; another row of the order may. */
export type StagedLine = {
  readonly orderId: string
  readonly customer: NamedCustomer | null
  readonly facts: { readonly [Fact in CustomerFact]: string | null }
  readonly placedAt: Instant | null
  readonly status: OrderStatus | null
  readonly channel: string | null
  readonly orderTotal: bigint | null
  readonly refunded: bigint | null
  readonly lineId: string | null
  readonly sku: string
  readonly quantity: bigint
  readonly unitPrice: bigint
  readonly total: bigint
}

export type Reading =
  | { readonly kind: 'LINE'; readonly line: StagedLine }
  /** The mapping's conditions do not keep it. */
  | { readonly kind: 'LEFT_OUT' }
  /** `orderId` where that much can be told: the order's other rows are rejected with it. */
  | { readonly kind: 'BAD'; readonly orderId: string | null; readonly fault: string }
