import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { SealedSubscription, Subscription } from './subscription.model.ts'

export const WebhookSubscriptionRow = defineEntity({
  name: 'WebhookSubscriptionRow',
  tableName: 'webhook_subscription',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    code: p.text(),
    url: p.text(),
    topics: p.array(),
    description: p.text().nullable(),
    enabled: p.boolean(),
    sealed: p.blob(),
    sealedBefore: p.blob().nullable(),
    beforeUntil: p.datetime().nullable(),
    failures: p.integer().default(0),
    heldUntil: p.datetime().nullable(),
    fault: p.text().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

/** The columns of `webhook_subscription s`; what is sealed comes beside them. */
export const SUBSCRIPTION = sql`s.id, s.code, s.url, to_json(s.topics) as topics, s.description, s.enabled, s.before_until, s.failures, s.held_until,
  s.fault, s.created_at, s.updated_at`
export const SEALED = sql`${SUBSCRIPTION}, encode(s.sealed, 'hex') as sealed_hex, encode(s.sealed_before, 'hex') as before_hex`

export type SubscriptionColumns = {
  readonly id: string
  readonly code: string
  readonly url: string
  readonly topics: string[]
  readonly description: string | null
  readonly enabled: boolean
  readonly before_until: string | null
  readonly failures: number
  readonly held_until: string | null
  readonly fault: string | null
  readonly created_at: string
  readonly updated_at: string
}
export type SealedColumns = SubscriptionColumns & { readonly sealed_hex: string; readonly before_hex: string | null }

export const toSubscription = (row: SubscriptionColumns): Subscription => ({
  id: row.id,
  code: row.code,
  url: row.url,
  topics: row.topics,
  description: row.description,
  enabled: row.enabled,
  beforeUntil: toInstantOrNull(row.before_until),
  failures: row.failures,
  heldUntil: toInstantOrNull(row.held_until),
  fault: row.fault,
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
})

export const toSealed = (row: SealedColumns): SealedSubscription => ({
  ...toSubscription(row),
  sealed: Buffer.from(row.sealed_hex, 'hex'),
  sealedBefore: row.before_hex === null ? null : Buffer.from(row.before_hex, 'hex'),
})
