import { defineEntity, p } from '@mikro-orm/core'

export const DailyRunRow = defineEntity({
  name: 'DailyRunRow',
  tableName: 'daily_run',
  properties: {
    shopId: p.integer().primary(),
    job: p.text().primary(),
    day: p.date().primary(),
    at: p.datetime(),
  },
})
