import type { CustomerRef } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'

/** What is open between a customer and the shop while nothing says that it is over. */
export type Topic = 'complaint' | 'order' | 'refund'

/** What each kind of event is about, and whether it begins or ends it. */
export const EVENT_KINDS = {
  COMPLAINT_OPENED: { topic: 'complaint', opens: true },
  COMPLAINT_CLOSED: { topic: 'complaint', opens: false },
  ORDER_AWAITED: { topic: 'order', opens: true },
  ORDER_DISPATCHED: { topic: 'order', opens: true },
  ORDER_DELIVERED: { topic: 'order', opens: false },
  ORDER_CANCELLED: { topic: 'order', opens: false },
  REFUND_REQUESTED: { topic: 'refund', opens: true },
  REFUND_SETTLED: { topic: 'refund', opens: false },
} as const satisfies Record<string, { topic: Topic; opens: boolean }>
export type EventKind = keyof typeof EVENT_KINDS

/** Something that happened to a customer, as the shop's system told it. */
export type CustomerEvent = {
  readonly id: string
  readonly customerId: string
  readonly externalId: string
  readonly kind: EventKind
  /** Which complaint, order or refund: what begins and ends it says the same. */
  readonly subject: string
  readonly at: Instant
  readonly recordedAt: Instant
}

export type GivenEvent = {
  readonly externalId: string
  readonly customer: CustomerRef
  readonly kind: EventKind
  readonly subject: string | null
  readonly at: Instant | null
}
