import { defineEntity, p } from '@mikro-orm/core'
import type { TouchPurpose } from '../customers/customer.model.ts'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { Message, MessageChannel, MessageContent, MessageStatus } from './message.model.ts'

export const MessageKeyRow = defineEntity({
  name: 'MessageKeyRow',
  tableName: 'message_key',
  properties: { shopId: p.integer().primary(), secret: p.blob() },
})

export const MessageRow = defineEntity({
  name: 'MessageRow',
  tableName: 'message',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    customerId: p.uuid(),
    channel: p.text().$type<MessageChannel>(),
    providerCode: p.text().nullable(),
    purpose: p.text().$type<TouchPurpose>(),
    campaignId: p.uuid().nullable(),
    campaignCode: p.text().nullable(),
    step: p.integer().nullable(),
    exposureId: p.uuid().nullable(),
    touchId: p.uuid().nullable(),
    templateCode: p.text(),
    templateVersion: p.integer(),
    language: p.text().nullable(),
    tierCode: p.text().nullable(),
    status: p.text().$type<MessageStatus>(),
    reason: p.text().nullable(),
    queuedAt: p.datetime(),
    dueAt: p.datetime(),
    notAfter: p.datetime().nullable(),
    attempts: p.integer().default(0),
    claimId: p.uuid().nullable(),
    claimedAt: p.datetime().nullable(),
    sentAt: p.datetime().nullable(),
    providerMessageId: p.text().nullable(),
    costMinor: p.bigint('number').default(0),
  },
})

export const MessageContentRow = defineEntity({
  name: 'MessageContentRow',
  tableName: 'message_content',
  properties: {
    shopId: p.integer().primary(),
    messageId: p.uuid().primary(),
    recipient: p.text(),
    content: p.json<MessageContent>(),
    keptSince: p.datetime(),
  },
})

/** The columns of `message m` that make a message. */
export const MESSAGE = sql`m.id, m.customer_id, m.channel, m.provider_code, m.purpose, m.campaign_id, m.campaign_code, m.step, m.exposure_id,
  m.touch_id, m.template_code, m.template_version, m.language, m.tier_code, m.status, m.reason, m.queued_at, m.due_at, m.not_after, m.attempts,
  m.sent_at, m.provider_message_id, m.cost_minor`

export type MessageColumns = {
  readonly id: string
  readonly customer_id: string
  readonly channel: MessageChannel
  readonly provider_code: string | null
  readonly purpose: TouchPurpose
  readonly campaign_id: string | null
  readonly campaign_code: string | null
  readonly step: number | null
  readonly exposure_id: string | null
  readonly touch_id: string | null
  readonly template_code: string
  readonly template_version: number
  readonly language: string | null
  readonly tier_code: string | null
  readonly status: MessageStatus
  readonly reason: string | null
  readonly queued_at: string
  readonly due_at: string
  readonly not_after: string | null
  readonly attempts: number
  readonly sent_at: string | null
  readonly provider_message_id: string | null
  readonly cost_minor: string
}

export const toMessage = (row: MessageColumns): Message => ({
  id: row.id,
  customerId: row.customer_id,
  channel: row.channel,
  providerCode: row.provider_code,
  purpose: row.purpose,
  campaignId: row.campaign_id,
  campaignCode: row.campaign_code,
  step: row.step,
  exposureId: row.exposure_id,
  touchId: row.touch_id,
  templateCode: row.template_code,
  templateVersion: row.template_version,
  language: row.language,
  tierCode: row.tier_code,
  status: row.status,
  reason: row.reason,
  queuedAt: toInstant(row.queued_at),
  dueAt: toInstant(row.due_at),
  notAfter: toInstantOrNull(row.not_after),
  attempts: row.attempts,
  sentAt: toInstantOrNull(row.sent_at),
  providerMessageId: row.provider_message_id,
  costMinor: Number(row.cost_minor),
})
