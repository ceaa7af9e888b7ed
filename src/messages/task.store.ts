import type { RawBuilder } from 'kysely'
import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Message } from './message.model.ts'
import { MESSAGE, type MessageColumns, toMessage } from './message.row.ts'
import type { Task, TaskFilter, TaskResult } from './task.model.ts'
import { type TaskColumns, toTask } from './task.row.ts'

const TASK = sql`${MESSAGE}, c.recipient, c.content, t.claimed_by, t.claimed_at, t.outcome, t.note, t.resolved_by, t.resolved_at`

const REST = sql`left join message_task t on t.shop_id = m.shop_id and t.message_id = m.id
  left join message_content c on c.shop_id = m.shop_id and c.message_id = m.id`

/** Open tasks are messages that wait for a person; the others are those that a person settled. */
const among = ({ actor }: World, filter: TaskFilter): RawBuilder<unknown> => sql`
  ${filter.state === 'OPEN' ? sql`m.status = 'AWAITING_STAFF'` : sql`t.outcome = ${filter.state}`}
  and ${filter.channel === null ? sql`true` : sql`m.channel = ${filter.channel}`}
  and ${filter.campaignCode === null ? sql`true` : sql`m.campaign_code = ${filter.campaignCode}`}
  and ${filter.customerId === null ? sql`true` : sql`m.customer_id = ${filter.customerId}::uuid`}
  and ${filter.claimed === null ? sql`true` : filter.claimed === 'FREE' ? sql`t.claimed_at is null` : sql`t.claimed_key = ${actor.id}::uuid`}`

/** The oldest first, one more than asked for. */
export async function listTaskRows(world: World, filter: TaskFilter, request: PageRequest): Promise<Task[]> {
  const { em, shopId } = world
  const rows = await rowsOf<TaskColumns>(
    em,
    sql`select ${TASK} from message m ${REST} where m.shop_id = ${shopId} and ${among(world, filter)}
          and (${request.after}::uuid is null or m.id > ${request.after}::uuid) order by m.id limit ${request.first + 1}`,
  )
  return rows.map(toTask)
}

export async function countTaskRows(world: World, filter: TaskFilter): Promise<number> {
  const { em, shopId } = world
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from message m left join message_task t on t.shop_id = m.shop_id and t.message_id = m.id
        where m.shop_id = ${shopId} and ${among(world, filter)}`,
  )
  return Number(row?.n ?? 0)
}

/** In the order of their ids. */
export async function findTasks({ em, shopId }: World, ids: readonly string[]): Promise<Task[]> {
  const rows = await rowsOf<TaskColumns>(
    em,
    sql`select ${TASK} from message m ${REST} where m.shop_id = ${shopId} and m.id = any(${asUuids(ids)}) order by m.id`,
  )
  return rows.map(toTask)
}

export type HeldTask = {
  readonly message: Message
  readonly claimedKey: string | null
  readonly isClaimed: boolean
  readonly isResolved: boolean
}

/**
 * Messages that are a person's, or were, held until the transaction ends in the order of their ids. Read once they are held: a statement
 * that waited would show them as they were before whoever it waited for took them up.
 */
export async function holdTasks({ em, shopId }: World, ids: readonly string[]): Promise<HeldTask[]> {
  const held = await rowsOf<{ id: string }>(
    em,
    sql`select m.id from message m where m.shop_id = ${shopId} and m.id = any(${asUuids(ids)})
          and (m.status = 'AWAITING_STAFF'
            or exists (select 1 from message_task t where t.shop_id = m.shop_id and t.message_id = m.id)
            or exists (select 1 from message_provider p where p.shop_id = m.shop_id and p.code = m.provider_code and p.kind = 'TASK'))
          and m.status not in ('QUEUED', 'SENDING')
        order by m.id for no key update`,
  )
  const rows = await rowsOf<MessageColumns & { claimed_key: string | null; claimed: boolean; resolved: boolean }>(
    em,
    sql`select ${MESSAGE}, t.claimed_key, t.claimed_at is not null as claimed, t.outcome is not null as resolved
        from message m left join message_task t on t.shop_id = m.shop_id and t.message_id = m.id
        where m.shop_id = ${shopId} and m.id = any(${asUuids(held.map(({ id }) => id))}) order by m.id`,
  )
  return rows.map((row) => ({
    message: toMessage(row),
    claimedKey: row.claimed_key,
    isClaimed: row.claimed,
    isResolved: row.resolved,
  }))
}

/** The caller takes tasks up. */
export async function writeClaims({ em, shopId, actor, now }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`insert into message_task (shop_id, message_id, claimed_by, claimed_key, claimed_at)
        select ${shopId}::integer, id, ${actor.name}, ${actor.id}::uuid, ${atInstant(now)} from unnest(${asUuids(ids)}) as id
        on conflict (shop_id, message_id) do update set claimed_by = excluded.claimed_by, claimed_key = excluded.claimed_key,
          claimed_at = excluded.claimed_at`,
  )
}

/** Whoever had taken them up has not any more; how many that were. */
export async function dropClaims({ em, shopId }: World, ids: readonly string[]): Promise<number> {
  const rows = await rowsOf(
    em,
    sql`update message_task set claimed_by = null, claimed_key = null, claimed_at = null
        where shop_id = ${shopId} and message_id = any(${asUuids(ids)}) and outcome is null and claimed_at is not null returning 1`,
  )
  return rows.length
}

/** What came of tasks, each once. */
export async function writeResults({ em, shopId, actor, now }: World, results: readonly TaskResult[]): Promise<void> {
  await rowsOf(
    em,
    sql`insert into message_task (shop_id, message_id, outcome, note, resolved_by, resolved_at)
        select ${shopId}::integer, r.id, r.outcome, r.note, ${actor.name}, ${atInstant(now)}
        from jsonb_to_recordset(${asJson(results)}) as r (id uuid, outcome text, note text)
        on conflict (shop_id, message_id) do update set outcome = excluded.outcome, note = excluded.note, resolved_by = excluded.resolved_by,
          resolved_at = excluded.resolved_at where message_task.outcome is null`,
  )
}

/** Tasks that are done by nobody any more, as they are afterwards. */
export async function callOff(
  { em, shopId }: World,
  reasons: readonly { readonly id: string; readonly reason: string }[],
): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`update message m set status = 'CANCELLED', reason = r.reason, cost_minor = 0, sent_at = null
        from jsonb_to_recordset(${asJson(reasons)}) as r (id uuid, reason text)
        where m.shop_id = ${shopId} and m.id = r.id and m.status = 'AWAITING_STAFF' returning ${MESSAGE}`,
  )
  return rows.map(toMessage)
}

/** Takes out what staff wrote of these customers; that something was done, by whom and when, stays. */
export async function forgetNotes({ em, shopId }: World, customerIds: readonly Id<'Customer'>[]): Promise<void> {
  await rowsOf(
    em,
    sql`update message_task t set note = null from message m
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) and t.shop_id = m.shop_id and t.message_id = m.id
          and t.note is not null`,
  )
}

/** What staff did for these customers, as plain data. */
export async function tellTasks({ em, shopId }: World, customerIds: readonly Id<'Customer'>[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('message', m.id, 'channel', m.channel, 'claimedAt', t.claimed_at, 'outcome', t.outcome, 'note', t.note,
            'resolvedAt', t.resolved_at) as told
        from message m join message_task t on t.shop_id = m.shop_id and t.message_id = m.id
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) order by m.id`,
  )
  return rows.map((row) => row.told)
}
