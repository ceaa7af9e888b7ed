import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Quote } from '../pricing/quote.ts'

export type ReservationStatus = 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED'

/** A priced cart that holds what it uses. */
export type Reservation = {
  readonly id: Id<'Reservation'>
  /** Null: nobody was identified. */
  readonly customerId: Id<'Customer'> | null
  readonly status: ReservationStatus
  readonly quote: Quote
  readonly expiresAt: Instant
  /** Once it is committed. */
  readonly orderId: Id<'Order'> | null
  /** Held, and past its expiry by the database's clock: over, though nobody has written it yet. */
  readonly isOver: boolean
}
