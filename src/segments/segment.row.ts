import { defineEntity, p } from '@mikro-orm/core'
import type { SegmentEvent } from './segment.model.ts'

export const SegmentRow = defineEntity({
  name: 'SegmentRow',
  tableName: 'segment',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    code: p.text(),
    name: p.text(),
    query: p.text(),
    updatedAt: p.datetime(),
    refreshedAt: p.datetime().nullable(),
  },
})

export const SegmentVersionRow = defineEntity({
  name: 'SegmentVersionRow',
  tableName: 'segment_version',
  properties: {
    shopId: p.integer().primary(),
    code: p.text().primary(),
    bookVersion: p.integer().primary(),
    query: p.text().nullable(),
  },
})

export const SegmentMemberRow = defineEntity({
  name: 'SegmentMemberRow',
  tableName: 'segment_member',
  properties: {
    shopId: p.integer().primary(),
    segmentId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    since: p.datetime(),
  },
})

export const SegmentEventRow = defineEntity({
  name: 'SegmentEventRow',
  tableName: 'segment_event',
  properties: {
    shopId: p.integer().primary(),
    segmentId: p.uuid().primary(),
    id: p.uuid().primary(),
    customerId: p.uuid(),
    kind: p.text().$type<SegmentEvent['kind']>(),
    at: p.datetime(),
  },
})
