import type { Instant } from '../kernel/clock.ts'

/** WAITING: to be sent, or sent again. DELIVERED: answered with 200 to 299. DEAD: given up after three days. */
export type DeliveryStatus = 'WAITING' | 'DELIVERED' | 'DEAD'

type Person = { readonly id: string; readonly externalId: string | null }

/** What happened, and to whom as they are known now. */
export type Event = {
  /** The webhook-id, the same however often it is sent. */
  readonly id: string
  readonly topic: string
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
  readonly customer: Person | null
  /** Of a merge. */
  readonly into: Person | null
}

/** An event on its way to a subscription. */
export type Delivery = {
  /** In which order events were written. */
  readonly seq: string
  readonly event: Event
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly dueAt: Instant
  readonly giveUpAt: Instant
  readonly triedAt: Instant | null
  /** The status of the last answer; null: there was none. */
  readonly answered: number | null
  readonly fault: string | null
  readonly deliveredAt: Instant | null
}

/** What somebody answered, or why there is no answer. */
export type Answer = { readonly status: number; readonly body: string } | { readonly status: null; readonly fault: string }

/** What becomes of a delivery after an attempt. */
export type Settled = {
  readonly status: DeliveryStatus
  readonly answered: number | null
  readonly fault: string | null
  /** When it is tried again, while it waits. */
  readonly dueAt: Instant | null
}
