import { defineEntity, p } from '@mikro-orm/core'

export const PriceBookRow = defineEntity({
  name: 'PriceBookRow',
  tableName: 'price_book',
  properties: { shopId: p.integer().primary(), version: p.integer().default(1) },
})
