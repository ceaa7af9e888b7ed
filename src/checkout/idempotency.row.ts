import { defineEntity, p } from '@mikro-orm/core'
import type { Operation } from './idempotency.model.ts'

export const IdempotencyKeyRow = defineEntity({
  name: 'IdempotencyKeyRow',
  tableName: 'idempotency_key',
  properties: {
    shopId: p.integer().primary(),
    operation: p.text().$type<Operation>().primary(),
    key: p.text().primary(),
    inputHash: p.blob(),
    reservationId: p.uuid().nullable(),
    keptAt: p.datetime(),
    couponId: p.uuid().nullable(),
  },
})
