import type { Instant } from '../kernel/clock.ts'
import type { OrderStatus } from '../orders/order.model.ts'
import type { CustomerFact } from './mapping.model.ts'

/** Whom a row names: the external id under which the customer is kept, and, where it is not the shop's own, of what kind the name is. */
export type NamedCustomer = { readonly externalId: string; readonly kind: string | null; readonly value: string | null }

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
