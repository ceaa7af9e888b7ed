import { defineEntity, p } from '@mikro-orm/core'
import { sql, toInstant } from '../shell/sql.ts'
import type { Template, Variant } from './template.model.ts'

export const MessageTemplateRow = defineEntity({
  name: 'MessageTemplateRow',
  tableName: 'message_template',
  properties: {
    shopId: p.integer().primary(),
    code: p.text().primary(),
    version: p.integer().primary(),
    name: p.text(),
    variants: p.json<Variant[]>(),
    createdAt: p.datetime(),
  },
})

/** The columns of `message_template t` that make a template. */
export const TEMPLATE = sql`t.code, t.version, t.name, t.variants, t.created_at`

export type TemplateColumns = {
  readonly code: string
  readonly version: number
  readonly name: string
  readonly variants: readonly Variant[]
  readonly created_at: string
}

export const toTemplate = (row: TemplateColumns): Template => ({
  code: row.code,
  version: row.version,
  name: row.name,
  variants: row.variants,
  createdAt: toInstant(row.created_at),
})
