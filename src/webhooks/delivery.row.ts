import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { Delivery, DeliveryStatus } from './delivery.model.ts'

export const WebhookEventRow = defineEntity({
  name: 'WebhookEventRow',
  tableName: 'webhook_event',
  properties: {
    shopId: p.integer().primary(),
    seq: p.bigint('string').primary(),
    id: p.uuid(),
    topic: p.text(),
    lane: p.uuid(),
    customerId: p.uuid().nullable(),
    intoId: p.uuid().nullable(),
    at: p.datetime(),
    writtenAt: p.datetime(),
    data: p.json<Record<string, unknown>>().columnType('json'),
  },
})

export const WebhookDeliveryRow = defineEntity({
  name: 'WebhookDeliveryRow',
  tableName: 'webhook_delivery',
  properties: {
    shopId: p.integer().primary(),
    seq: p.bigint('string').primary(),
    subscriptionId: p.uuid().primary(),
    lane: p.uuid(),
    status: p.text().$type<DeliveryStatus>(),
    attempts: p.integer().default(0),
    dueAt: p.datetime(),
    giveUpAt: p.datetime(),
    claimId: p.uuid().nullable(),
    triedAt: p.datetime().nullable(),
    answered: p.integer().nullable(),
    fault: p.text().nullable(),
    deliveredAt: p.datetime().nullable(),
  },
})

/** The columns of `webhook_delivery d` with its event `e`, and with the customers whom it names as `c` and `i`. */
export const DELIVERY = sql`d.seq, d.status, d.attempts, d.due_at, d.give_up_at, d.tried_at, d.answered, d.fault, d.delivered_at,
  e.id, e.topic, e.at, e.data, e.customer_id, c.external_id, e.into_id, i.external_id as into_external_id`
export const EVENT_OF_DELIVERY = sql`join webhook_event e on e.shop_id = d.shop_id and e.seq = d.seq
  left join customer c on c.shop_id = e.shop_id and c.id = e.customer_id
  left join customer i on i.shop_id = e.shop_id and i.id = e.into_id`

export type DeliveryColumns = {
  readonly seq: string
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly due_at: string
  readonly give_up_at: string
  readonly tried_at: string | null
  readonly answered: number | null
  readonly fault: string | null
  readonly delivered_at: string | null
  readonly id: string
  readonly topic: string
  readonly at: string
  readonly data: Record<string, unknown>
  readonly customer_id: string | null
  readonly external_id: string | null
  readonly into_id: string | null
  readonly into_external_id: string | null
}

const person = (id: string | null, externalId: string | null) => (id === null ? null : { id, externalId })

export const toDelivery = (row: DeliveryColumns): Delivery => ({
  seq: String(row.seq),
  event: {
    id: row.id,
    topic: row.topic,
    at: toInstant(row.at),
    data: row.data,
    customer: person(row.customer_id, row.external_id),
    into: person(row.into_id, row.into_external_id),
  },
  status: row.status,
  attempts: row.attempts,
  dueAt: toInstant(row.due_at),
  giveUpAt: toInstant(row.give_up_at),
  triedAt: toInstantOrNull(row.tried_at),
  answered: row.answered,
  fault: row.fault,
  deliveredAt: toInstantOrNull(row.delivered_at),
})
