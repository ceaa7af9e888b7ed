import { defineEntity, p } from '@mikro-orm/core'

export const CustomerChangeRow = defineEntity({
  name: 'CustomerChangeRow',
  tableName: 'customer_change',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    customerId: p.uuid().nullable(),
  },
})
