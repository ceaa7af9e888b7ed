import { defineEntity, p } from '@mikro-orm/core'
import { toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { GroupAlarm, GroupKind, TargetDirection } from './group.model.ts'

export const GroupSizeRow = defineEntity({
  name: 'GroupSizeRow',
  tableName: 'group_size',
  properties: {
    shopId: p.integer().primary(),
    kind: p.text().$type<GroupKind>().primary(),
    day: p.date().primary(),
    groupCode: p.text().primary(),
    customers: p.integer(),
  },
})

export const GroupTargetRow = defineEntity({
  name: 'GroupTargetRow',
  tableName: 'group_target',
  properties: {
    shopId: p.integer().primary(),
    kind: p.text().$type<GroupKind>().primary(),
    groupCode: p.text().primary(),
    shareBp: p.integer(),
    direction: p.text().$type<TargetDirection>(),
  },
})

export const GroupAlarmRow = defineEntity({
  name: 'GroupAlarmRow',
  tableName: 'group_alarm',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    kind: p.text().$type<GroupKind>(),
    groupCode: p.text(),
    targetBp: p.integer(),
    direction: p.text().$type<TargetDirection>(),
    customers: p.integer(),
    ofCustomers: p.integer(),
    raisedAt: p.datetime(),
    clearedAt: p.datetime().nullable(),
  },
})

export type AlarmFigures = {
  id: string
  kind: GroupKind
  group_code: string
  target_bp: number
  direction: TargetDirection
  customers: number
  of_customers: number
  raised_at: string
  cleared_at: string | null
}

export const toAlarm = (row: AlarmFigures): GroupAlarm => ({
  id: row.id,
  kind: row.kind,
  group: row.group_code,
  targetBp: row.target_bp,
  direction: row.direction,
  customers: row.customers,
  ofCustomers: row.of_customers,
  raisedAt: toInstant(row.raised_at),
  clearedAt: toInstantOrNull(row.cleared_at),
})
