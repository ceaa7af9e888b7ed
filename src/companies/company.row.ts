import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import { toInstant } from '../shell/sql.ts'
import type { Company } from './company.model.ts'

export const CompanyRow = defineEntity({
  name: 'CompanyRow',
  tableName: 'company',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    externalId: p.text(),
    name: p.text(),
    industry: p.text().nullable(),
    certified: p.boolean().default(false),
    tierId: p.uuid().nullable(),
    tierSince: p.datetime().nullable(),
    tierFailingSince: p.datetime().nullable(),
    pinTierId: p.uuid().nullable(),
    pinnedUntil: p.datetime().nullable(),
    pinReason: p.text().nullable(),
    createdAt: p.datetime(),
  },
})

/** The columns of a company as SQL reads them. */
export type CompanyColumns = {
  readonly id: string
  readonly external_id: string
  readonly name: string
  readonly industry: string | null
  readonly certified: boolean
  readonly tier_id: string | null
  readonly created_at: string
}

export const toCompany = (row: CompanyColumns): Company => ({
  id: row.id as Id<'Company'>,
  externalId: row.external_id,
  name: row.name,
  industry: row.industry,
  certified: row.certified,
  tierId: row.tier_id as Id<'Tier'> | null,
  createdAt: toInstant(row.created_at),
})
