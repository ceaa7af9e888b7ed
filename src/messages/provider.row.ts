import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { MessageChannel } from './message.model.ts'
import type { Provider, ProviderKind } from './provider.model.ts'

export const MessageProviderRow = defineEntity({
  name: 'MessageProviderRow',
  tableName: 'message_provider',
  properties: {
    shopId: p.integer().primary(),
    code: p.text().primary(),
    channel: p.text().$type<MessageChannel>(),
    kind: p.text().$type<ProviderKind>(),
    name: p.text(),
    settings: p.json<Record<string, unknown>>(),
    sealed: p.blob().nullable(),
    enabled: p.boolean(),
    ratePerSecond: p.double().nullable(),
    costMinor: p.bigint('number'),
    nextAt: p.datetime().nullable(),
    heldUntil: p.datetime().nullable(),
    failures: p.integer().default(0),
    fault: p.text().nullable(),
    updatedAt: p.datetime(),
  },
})

/** The columns of `message_provider p` that make a provider; what is sealed comes beside them. */
export const PROVIDER = sql`p.code, p.channel, p.kind, p.name, p.settings, p.sealed is not null as has_secret, p.enabled, p.rate_per_second,
  p.cost_minor, p.held_until, p.failures, p.fault, p.updated_at`

export type ProviderColumns = {
  readonly code: string
  readonly channel: MessageChannel
  readonly kind: ProviderKind
  readonly name: string
  readonly settings: Record<string, unknown>
  readonly has_secret: boolean
  readonly enabled: boolean
  readonly rate_per_second: number | null
  readonly cost_minor: string
  readonly held_until: string | null
  readonly failures: number
  readonly fault: string | null
  readonly updated_at: string
}

export const toProvider = (row: ProviderColumns): Provider => ({
  code: row.code,
  channel: row.channel,
  kind: row.kind,
  name: row.name,
  settings: row.settings,
  hasSecret: row.has_secret,
  enabled: row.enabled,
  ratePerSecond: row.rate_per_second,
  costMinor: Number(row.cost_minor),
  heldUntil: toInstantOrNull(row.held_until),
  failures: row.failures,
  fault: row.fault,
  updatedAt: toInstant(row.updated_at),
})
