import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import { asJson, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Message, MessageChannel, MessageStatus } from './message.model.ts'
import { MESSAGE, type MessageColumns, toMessage } from './message.row.ts'

/** Takes what is due of a channel, the longest due first, past whatever somebody else holds; nobody waits. */
export async function claimRows(
  { em, shopId, now }: World,
  { channel, providerCode, claimId, most }: { channel: MessageChannel; providerCode: string; claimId: string; most: number },
): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`with due as materialized (
          select id from message where shop_id = ${shopId} and channel = ${channel} and status = 'QUEUED' and due_at <= ${atInstant(now)}
          order by due_at, id limit ${most} for update skip locked)
        update message m set status = 'SENDING', reason = null, attempts = m.attempts + 1, claim_id = ${claimId}::uuid, claimed_at = ${atInstant(now)},
          provider_code = ${providerCode}
        from due d where m.shop_id = ${shopId} and m.id = d.id returning ${MESSAGE}`,
  )
  return rows.map(toMessage).sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
}

/** What becomes of a message that was claimed. */
export type Settlement = {
  readonly id: string
  readonly status: MessageStatus
  readonly reason: string | null
  readonly providerMessageId: string | null
  readonly costMinor: number
  /** When it is tried again; null: as it was. */
  readonly dueAt: Instant | null
  /** It was not tried. */
  readonly givenBack: boolean
}

/** Writes it down, of those that this claim still has; as the messages are afterwards. */
export async function settleRows({ em, shopId, now }: World, claimId: string, settled: readonly Settlement[]): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`with made as materialized (
          select * from jsonb_to_recordset(${asJson(settled)}) as s (id uuid, status text, reason text, "providerMessageId" text, "costMinor" bigint,
            "dueAt" bigint, "givenBack" boolean)
        ), held as materialized (
          select m.id from message m where m.shop_id = ${shopId} and m.id in (select id from made) and m.claim_id = ${claimId}::uuid
            and m.status in ('SENDING', 'DOUBTFUL') order by m.id for update)
        update message m set status = s.status, reason = s.reason, provider_message_id = coalesce(s."providerMessageId", m.provider_message_id),
          cost_minor = s."costMinor", due_at = coalesce(to_timestamp(s."dueAt" / 1000.0), m.due_at),
          attempts = m.attempts - case when s."givenBack" then 1 else 0 end,
          claim_id = case when s.status = 'QUEUED' then null else m.claim_id end,
          sent_at = case when s.status in ('SENT', 'ACCEPTED', 'DELIVERED', 'AWAITING_STAFF') then ${atInstant(now)} else m.sent_at end
        from made s join held h on h.id = s.id where m.shop_id = ${shopId} and m.id = s.id returning ${MESSAGE}`,
  )
  return rows.map(toMessage)
}

/** Those that somebody took before an instant and said nothing of since, held; past whoever else looks. */
export async function findLost({ em, shopId }: World, before: Instant, most: number): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`select ${MESSAGE} from message m where m.shop_id = ${shopId} and m.status = 'SENDING' and m.claimed_at < ${atInstant(before)}
        order by m.id limit ${most} for update skip locked`,
  )
  return rows.map(toMessage)
}

/** A worker that ended: what it had is in doubt, or waits again. Who comes back late and still has its claim may say what became of it. */
export async function settleLost(
  { em, shopId }: World,
  ids: readonly string[],
  status: 'DOUBTFUL' | 'QUEUED',
  reason: string,
): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`update message m set status = ${status}, reason = ${reason}, claim_id = case when ${status} = 'QUEUED' then null else m.claim_id end
        where m.shop_id = ${shopId} and m.id in (select (jsonb_array_elements_text(${asJson(ids)}))::uuid) returning ${MESSAGE}`,
  )
  return rows.map(toMessage)
}

/** The shops in which a message could go now, or somebody fell silent who had one. */
export async function findShopsWithDue(em: EntityManager, now: Instant, lostBefore: Instant): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(
    em,
    sql`select p.shop_id as id from message_provider p
        where p.enabled and (p.held_until is null or p.held_until <= ${atInstant(now)})
          and exists (select 1 from message m where m.shop_id = p.shop_id and m.channel = p.channel and m.status = 'QUEUED' and m.due_at <= ${atInstant(now)})
        union
        select s.id from shop s where exists (
          select 1 from message m where m.shop_id = s.id and m.status = 'SENDING' and m.claimed_at < ${atInstant(lostBefore)})`,
  )
  return rows.map(({ id }) => id)
}
