import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { TouchPolicy } from './policy.model.ts'
import type { Purpose, Refusal, Touch, TouchChannel, TouchReason, TouchStatus } from './touch.model.ts'

export const TouchPolicyRow = defineEntity({
  name: 'TouchPolicyRow',
  tableName: 'touch_policy',
  properties: {
    shopId: p.integer().primary(),
    terms: p.json<TouchPolicy>(),
    savedAt: p.datetime(),
  },
})

export const TouchRow = defineEntity({
  name: 'TouchRow',
  tableName: 'touch',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    key: p.text(),
    customerId: p.uuid(),
    purpose: p.text().$type<Purpose>(),
    channel: p.text().$type<TouchChannel>(),
    campaignId: p.uuid().nullable(),
    campaignCode: p.text().nullable(),
    step: p.integer().nullable(),
    priority: p.integer().default(0),
    status: p.text().$type<TouchStatus>(),
    decidedAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    byHand: p.boolean().default(false),
    note: p.text().nullable(),
  },
})

export const TouchRefusalRow = defineEntity({
  name: 'TouchRefusalRow',
  tableName: 'touch_refusal',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    key: p.text(),
    customerId: p.uuid(),
    kind: p.text().$type<Refusal['kind']>(),
    reason: p.text().$type<TouchReason>(),
    purpose: p.text().$type<Purpose>().nullable(),
    channel: p.text().$type<TouchChannel>().nullable(),
    byChannel: p.json<Refusal['byChannel']>(),
    campaignId: p.uuid().nullable(),
    campaignCode: p.text().nullable(),
    step: p.integer().nullable(),
    priority: p.integer().default(0),
    until: p.datetime().nullable(),
    isOpen: p.boolean(),
    firstAt: p.datetime(),
    lastAt: p.datetime(),
    times: p.integer().default(1),
  },
})

/** The columns of `touch` that make a touch. */
export const TOUCH = sql`id, customer_id, purpose, channel, campaign_id, campaign_code, step, status, decided_at, sent_at, by_hand, note`

export type TouchColumns = {
  readonly id: string
  readonly customer_id: string
  readonly purpose: Purpose
  readonly channel: TouchChannel
  readonly campaign_id: string | null
  readonly campaign_code: string | null
  readonly step: number | null
  readonly status: TouchStatus
  readonly decided_at: string
  readonly sent_at: string | null
  readonly by_hand: boolean
  readonly note: string | null
}

export const toTouch = ({ customer_id, campaign_id, campaign_code, decided_at, sent_at, by_hand, ...row }: TouchColumns): Touch => ({
  ...row,
  customerId: customer_id,
  campaignId: campaign_id,
  campaignCode: campaign_code,
  decidedAt: toInstant(decided_at),
  sentAt: toInstantOrNull(sent_at),
  byHand: by_hand,
})
