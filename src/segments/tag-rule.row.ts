import { defineEntity, p } from '@mikro-orm/core'

export const TagRuleRow = defineEntity({
  name: 'TagRuleRow',
  tableName: 'tag_rule',
  properties: {
    shopId: p.integer().primary(),
    tagKey: p.text().primary(),
    tag: p.text(),
    query: p.text(),
    updatedAt: p.datetime(),
    appliedAt: p.datetime().nullable(),
  },
})
