import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'

export type OrderStatus = 'PLACED' | 'PAID' | 'COMPLETED' | 'CANCELLED'

export type Order = {
  readonly id: Id<'Order'>
  /** By which the shop knows the order, and knows it again. */
  readonly externalId: string
  /** Null: a guest's. */
  readonly customerId: Id<'Customer'> | null
  readonly placedAt: Instant
  readonly status: OrderStatus
  readonly channel: string | null
  /** In the order in which they were recorded. */
  readonly lines: readonly OrderLine[]
  /** What was paid for the lines, less what returned units cost. */
  readonly total: Minor
  /** Whether it is one of the orders that statistics, tiers and first orders look at. */
  readonly counted: boolean
}

export type OrderLine = {
  /** The caller's own name of the line. */
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly returnedQuantity: number
  readonly unitPrice: Minor
  /** What was paid for all its units, those that were returned included. */
  readonly total: Minor
}
