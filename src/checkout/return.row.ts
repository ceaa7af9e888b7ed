import { defineEntity, p } from '@mikro-orm/core'
import type { ReturnedLine } from './return.rules.ts'

export type GiftDue = { readonly sku: string; readonly quantity: number }

export const OrderReturnRow = defineEntity({
  name: 'OrderReturnRow',
  tableName: 'order_return',
  properties: {
    shopId: p.integer().primary(),
    externalId: p.text().primary(),
    orderId: p.uuid(),
    inputHash: p.blob(),
    amount: p.bigint('number'),
    lines: p.json<readonly ReturnedLine[]>(),
    giftsDue: p.json<readonly GiftDue[]>(),
    returnedAt: p.datetime(),
  },
})
