import { defineEntity, p } from '@mikro-orm/core'
import { toInstantOrNull } from '../shell/sql.ts'
import type { MessageContent } from './message.model.ts'
import { type MessageColumns, toMessage } from './message.row.ts'
import type { Task, TaskOutcome } from './task.model.ts'

export const MessageTaskRow = defineEntity({
  name: 'MessageTaskRow',
  tableName: 'message_task',
  properties: {
    shopId: p.integer().primary(),
    messageId: p.uuid().primary(),
    claimedBy: p.text().nullable(),
    claimedKey: p.uuid().nullable(),
    claimedAt: p.datetime().nullable(),
    outcome: p.text().$type<TaskOutcome>().nullable(),
    note: p.text().nullable(),
    resolvedBy: p.text().nullable(),
    resolvedAt: p.datetime().nullable(),
  },
})

export type TaskColumns = MessageColumns & {
  readonly recipient: string | null
  readonly content: MessageContent | null
  readonly claimed_by: string | null
  readonly claimed_at: string | null
  readonly outcome: TaskOutcome | null
  readonly note: string | null
  readonly resolved_by: string | null
  readonly resolved_at: string | null
}

export const toTask = (row: TaskColumns): Task => ({
  message: toMessage(row),
  state: row.outcome ?? 'OPEN',
  recipient: row.recipient,
  content: row.content,
  claimedBy: row.claimed_by,
  claimedAt: toInstantOrNull(row.claimed_at),
  note: row.note,
  resolvedBy: row.resolved_by,
  resolvedAt: toInstantOrNull(row.resolved_at),
})
