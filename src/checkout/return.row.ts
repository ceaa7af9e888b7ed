import { defineEntity, p } from '@mikro-orm/core'
import type { GiftDue, ReturnedLine } from './return.model.ts'

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
    amountDue: p.bigint('number').default(0),
    returnedAt: p.datetime(),
  },
})
