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
    publishedIn: p.integer().nullable(),
    endedIn: p.integer().nullable(),
    publicationId: p.uuid().nullable(),
  },
})

export const ScheduledPublicationRow = defineEntity({
  name: 'ScheduledPublicationRow',
  tableName: 'scheduled_publication',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    effectiveAt: p.datetime(),
    state: p.text(),
    rules: p.json<unknown>(),
    scheduledAt: p.datetime(),
    scheduledIn: p.integer(),
    settledAt: p.datetime().nullable(),
    bookVersion: p.integer().nullable(),
    problem: p.text().nullable(),
  },
})
