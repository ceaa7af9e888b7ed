import { defineEntity, p } from '@mikro-orm/core'
import type { Reason, TierChange } from './history.model.ts'

export const TierHistoryRow = defineEntity({
  name: 'TierHistoryRow',
  tableName: 'tier_history',
  properties: {
    shopId: p.integer().primary(),
    holder: p.text(),
    holderId: p.uuid().primary(),
    since: p.datetime().primary(),
    tierId: p.uuid().nullable(),
    pinTierId: p.uuid().nullable(),
    pinnedUntil: p.datetime().nullable(),
    how: p.text().$type<TierChange>(),
    held: p.json<Reason>().nullable(),
    failed: p.json<Reason>().nullable(),
  },
})
