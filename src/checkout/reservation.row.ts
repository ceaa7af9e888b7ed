import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import type { Quote } from '../pricing/quote.ts'
import { toInstant } from '../shell/sql.ts'
import type { Reservation, ReservationStatus } from './reservation.model.ts'
import type { StoredTrace } from './trace.model.ts'

export const ReservationRow = defineEntity({
  name: 'ReservationRow',
  tableName: 'reservation',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    customerId: p.uuid().nullable(),
    status: p.text().$type<ReservationStatus>(),
    quote: p.json<Quote>(),
    reservedAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    orderId: p.uuid().nullable(),
    trace: p.json<StoredTrace>().nullable(),
  },
})

export type ReservationFigures = {
  id: string
  customer_id: string | null
  status: ReservationStatus
  quote: Quote
  expires_at: string
  order_id: string | null
  is_over: boolean
}

/** One that was held before there were surprises has none. */
export const toQuote = (quote: Quote): Quote => ({ ...quote, surprises: quote.surprises ?? [] })

export const toReservation = (row: ReservationFigures): Reservation => ({
  id: row.id as Id<'Reservation'>,
  customerId: row.customer_id as Id<'Customer'> | null,
  status: row.status,
  quote: toQuote(row.quote),
  expiresAt: toInstant(row.expires_at),
  orderId: row.order_id as Id<'Order'> | null,
  isOver: row.is_over,
})
