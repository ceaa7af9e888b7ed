import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Segment, SegmentEvent } from './segment.model.ts'

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

export const toSegment = (row: InferEntity<typeof SegmentRow>): Segment => ({
  id: row.id as Id<'Segment'>,
  code: row.code,
  name: row.name,
  query: row.query,
  updatedAt: instant(row.updatedAt),
  refreshedAt: row.refreshedAt ? instant(row.refreshedAt) : null,
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
