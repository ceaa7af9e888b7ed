import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { Broadcast, BroadcastPlace } from './broadcast.model.ts'

export const BroadcastRow = defineEntity({
  name: 'BroadcastRow',
  tableName: 'broadcast',
  properties: {
    shopId: p.integer().primary(),
    code: p.text().primary(),
    name: p.text(),
    place: p.text().$type<BroadcastPlace>(),
    text: p.text(),
    url: p.text().nullable(),
    offerCode: p.text().nullable(),
    campaignCode: p.text().nullable(),
    sentAt: p.datetime().nullable(),
    clicks: p.bigint('number').default(0),
    lastClickAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

/** The columns of `broadcast b` that make one. */
export const BROADCAST = sql`b.code, b.name, b.place, b.text, b.url, b.offer_code, b.campaign_code, b.sent_at, b.clicks, b.last_click_at,
  b.created_at, b.updated_at`

export type BroadcastColumns = {
  readonly code: string
  readonly name: string
  readonly place: BroadcastPlace
  readonly text: string
  readonly url: string | null
  readonly offer_code: string | null
  readonly campaign_code: string | null
  readonly sent_at: string | null
  readonly clicks: string
  readonly last_click_at: string | null
  readonly created_at: string
  readonly updated_at: string
}

export const toBroadcast = (row: BroadcastColumns): Broadcast => ({
  code: row.code,
  name: row.name,
  place: row.place,
  text: row.text,
  url: row.url,
  offerCode: row.offer_code,
  campaignCode: row.campaign_code,
  sentAt: toInstantOrNull(row.sent_at),
  clicks: Number(row.clicks),
  lastClickAt: toInstantOrNull(row.last_click_at),
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
})
