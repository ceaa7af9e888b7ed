import { defineEntity, p } from '@mikro-orm/core'
import type { BookSettings, TierThen } from './shop.model.ts'

export const PriceBookRow = defineEntity({
  name: 'PriceBookRow',
  tableName: 'price_book',
  properties: { shopId: p.integer().primary(), version: p.integer().default(1), nextPublicationAt: p.datetime().nullable() },
})

export const PriceBookVersionRow = defineEntity({
  name: 'PriceBookVersionRow',
  tableName: 'price_book_version',
  properties: {
    shopId: p.integer().primary(),
    version: p.integer().primary(),
    since: p.datetime(),
    scheduled: p.boolean().default(false),
    settings: p.json<BookSettings>().nullable(),
    tiers: p.json<TierThen[]>().nullable(),
  },
})
