import type { CustomerRef } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { OrderStatus } from './order.model.ts'

/** An order as a caller sends it; null: left out. */
export type GivenOrder = {
  readonly externalId: string
  readonly customer: CustomerRef | null
  readonly placedAt: Instant
  readonly status: OrderStatus
  readonly channel: string | null
  readonly lines: readonly GivenLine[]
}
export type GivenLine = {
  readonly id: string | null
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: Minor
  readonly total: Minor | null
}

/** A line that can be recorded. Its returns are not the caller's to tell. */
export type WantedLine = {
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: Minor
  readonly total: Minor
}
export type WantedOrder = Omit<GivenOrder, 'customer' | 'lines'> & { readonly lines: readonly WantedLine[] }
