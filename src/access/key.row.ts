import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Key, KeyKind, StaffRole } from './key.model.ts'

export const KeyRow = defineEntity({
  name: 'KeyRow',
  tableName: 'access_key',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    kind: p.text().$type<KeyKind>(),
    name: p.text(),
    role: p.text().$type<StaffRole>().nullable(),
    prefix: p.text(),
    secretHash: p.blob().$type<Buffer>().unique(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
  },
})

export const TokenKeyRow = defineEntity({
  name: 'TokenKeyRow',
  tableName: 'token_key',
  properties: { shopId: p.integer().primary(), id: p.text().primary(), secret: p.blob().$type<Buffer>(), createdAt: p.datetime() },
})

export const toKey = (row: InferEntity<typeof KeyRow>): Key => ({
  shopId: row.shopId,
  id: row.id as Id<'Key'>,
  kind: row.kind,
  name: row.name,
  role: row.role ?? null,
  prefix: row.prefix,
  createdAt: instant(row.createdAt),
  expiresAt: row.expiresAt ? instant(row.expiresAt) : null,
  revokedAt: row.revokedAt ? instant(row.revokedAt) : null,
  lastUsedAt: row.lastUsedAt ? instant(row.lastUsedAt) : null,
})
