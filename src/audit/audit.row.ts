import { defineEntity, p } from '@mikro-orm/core'

export const AuditEntryRow = defineEntity({
  name: 'AuditEntryRow',
  tableName: 'audit_entry',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    actorKind: p.text(),
    actorId: p.text().nullable(),
    actorName: p.text(),
    action: p.text(),
    target: p.text().nullable(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
  },
})
