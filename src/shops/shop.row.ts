import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Rounding } from '../kernel/money.ts'
import type { OrderCountsWhen, Shop } from './shop.model.ts'

export const ShopRow = defineEntity({
  name: 'ShopRow',
  tableName: 'shop',
  properties: {
    id: p.integer().primary().autoincrement(),
    code: p.text().unique(),
    name: p.text(),
    currency: p.text(),
    timeZone: p.text(),
    rounding: p.text().$type<Rounding>().default('HALF_UP'),
    maxDiscountBp: p.integer().default(10_000),
    orderCountsWhen: p.text().$type<OrderCountsWhen>().default('PAID'),
    privateLinkUrl: p.text().nullable(),
    privateLinkPage: p.text().nullable(),
    minTierStepBp: p.integer().default(100),
    maxPriceJumpBp: p.integer().default(2_000),
    priorPriceDays: p.integer().default(30),
    createdAt: p.datetime(),
  },
})

export const toShop = (row: InferEntity<typeof ShopRow>): Shop => ({
  id: row.id,
  code: row.code,
  name: row.name,
  currency: row.currency,
  timeZone: row.timeZone,
  rounding: row.rounding,
  maxDiscountBp: row.maxDiscountBp,
  orderCountsWhen: row.orderCountsWhen,
  privateLinkUrl: row.privateLinkUrl ?? null,
  privateLinkPage: row.privateLinkPage ?? null,
  minTierStepBp: row.minTierStepBp,
  maxPriceJumpBp: row.maxPriceJumpBp,
  priorPriceDays: row.priorPriceDays,
})
