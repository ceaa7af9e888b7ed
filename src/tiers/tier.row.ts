import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import type { Tier } from './tier.model.ts'

export const TierRow = defineEntity({
  name: 'TierRow',
  tableName: 'tier',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    code: p.text(),
    name: p.text(),
    rank: p.integer(),
    qualification: p.text().nullable(),
    retention: p.text().nullable(),
    graceDays: p.integer().default(0),
  },
})

export const toTier = (row: InferEntity<typeof TierRow>): Tier => ({
  id: row.id as Id<'Tier'>,
  code: row.code,
  name: row.name,
  rank: row.rank,
  qualification: row.qualification ?? null,
  retention: row.retention ?? null,
  graceDays: row.graceDays,
})
