import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant } from '../shell/sql.ts'
import type { EventKind, MessageEvent } from './event.model.ts'

export const MessageEventRow = defineEntity({
  name: 'MessageEventRow',
  tableName: 'message_event',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    messageId: p.uuid(),
    kind: p.text().$type<EventKind>(),
    at: p.datetime(),
    providerCode: p.text(),
    eventId: p.text(),
    link: p.smallint().nullable(),
    detail: p.text().nullable(),
    times: p.integer().default(1),
    receivedAt: p.datetime(),
  },
})

/** The columns of `message_event e` that make an event. */
export const EVENT = sql`e.id, e.message_id, e.kind, e.at, e.provider_code, e.link, e.detail, e.times`

export type EventColumns = {
  readonly id: string
  readonly message_id: string
  readonly kind: EventKind
  readonly at: string
  readonly provider_code: string
  readonly link: number | null
  readonly detail: string | null
  readonly times: number
}

export const toEvent = (row: EventColumns): MessageEvent => ({
  id: row.id,
  messageId: row.message_id,
  kind: row.kind,
  at: toInstant(row.at),
  providerCode: row.provider_code === '' ? null : row.provider_code,
  link: row.link,
  detail: row.detail,
  times: row.times,
})
