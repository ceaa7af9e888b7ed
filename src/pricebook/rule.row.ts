import { defineEntity, p } from '@mikro-orm/core'

export const RuleRow = defineEntity({
  name: 'RuleRow',
  tableName: 'rule',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    kind: p.text(),
    code: p.text(),
    codeKey: p.text(),
    level: p.text().nullable(),
    status: p.text(),
    lastVersion: p.integer(),
    createdAt: p.datetime(),
  },
})

export const RuleVersionRow = defineEntity({
  name: 'RuleVersionRow',
  tableName: 'rule_version',
  properties: {
    shopId: p.integer().primary(),
    ruleId: p.uuid().primary(),
    version: p.integer().primary(),
    state: p.text(),
    terms: p.json<unknown>(),
    savedAt: p.datetime(),
    publishedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
  },
})
