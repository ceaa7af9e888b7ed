import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Message, MessageContent, MessageFilter } from './message.model.ts'
import { MESSAGE, type MessageColumns, toMessage } from './message.row.ts'

/** A message that is made, with what it says. */
export type Made = Omit<
  Message,
  'queuedAt' | 'dueAt' | 'notAfter' | 'sentAt' | 'attempts' | 'status' | 'reason' | 'providerMessageId' | 'costMinor'
> & {
  readonly notAfter: Instant | null
  readonly recipient: string
  readonly content: MessageContent
}

/** Puts messages into the queue; answers with those that were not there. Of an exposure there is one message, whoever asks again. */
export async function insertMessages({ em, shopId, now }: World, made: readonly Made[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with made as materialized (
          select * from jsonb_to_recordset(${asJson(made)}) as m (id uuid, "customerId" uuid, channel text, "providerCode" text, purpose text,
            "campaignId" uuid, "campaignCode" text, step integer, "exposureId" uuid, "touchId" uuid, "templateCode" text, "templateVersion" integer,
            language text, "tierCode" text, "notAfter" bigint, recipient text, content jsonb)
        ), queued as (
          insert into message (shop_id, id, customer_id, channel, provider_code, purpose, campaign_id, campaign_code, step, exposure_id, touch_id,
            template_code, template_version, language, tier_code, status, queued_at, due_at, not_after)
          select ${shopId}::integer, id, "customerId", channel, "providerCode", purpose, "campaignId", "campaignCode", step, "exposureId", "touchId",
            "templateCode", "templateVersion", language, "tierCode", 'QUEUED', ${atInstant(now)}, ${atInstant(now)},
            to_timestamp("notAfter" / 1000.0)
          from made order by id
          on conflict (shop_id, exposure_id) where exposure_id is not null do nothing returning id
        ), kept as (
          insert into message_content (shop_id, message_id, recipient, content, kept_since)
          select ${shopId}::integer, m.id, m.recipient, m.content, ${atInstant(now)} from made m join queued q on q.id = m.id)
        select id from queued`,
  )
  return rows.map(({ id }) => id)
}

/** The messages of these exposures, by exposure. */
export async function findByExposures({ em, shopId }: World, exposureIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; exposure_id: string }>(
    em,
    sql`select id, exposure_id from message where shop_id = ${shopId} and exposure_id = any(${asUuids(exposureIds)})`,
  )
  return new Map(rows.map((row) => [row.exposure_id, row.id]))
}

export type Kept = { readonly recipient: string; readonly content: MessageContent }

/** What messages say, by message, as long as it is kept. */
export async function findContents({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, Kept>> {
  const rows = await rowsOf<{ message_id: string } & Kept>(
    em,
    sql`select message_id, recipient, content from message_content where shop_id = ${shopId} and message_id = any(${asUuids(ids)})`,
  )
  return new Map(rows.map(({ message_id, recipient, content }) => [message_id, { recipient, content }]))
}

const is = (column: RawBuilder<unknown>, value: string | null | undefined, type: RawBuilder<unknown>): RawBuilder<unknown> =>
  value == null ? sql`true` : sql`${column} = ${value}::${type}`

const among = (filter: MessageFilter): RawBuilder<unknown> => sql`
  ${is(sql`m.customer_id`, filter.customerId, sql`uuid`)} and ${is(sql`m.campaign_id`, filter.campaignId, sql`uuid`)}
  and ${is(sql`m.status`, filter.status, sql`text`)}
  and ${is(sql`m.channel`, filter.channel, sql`text`)}`

/** The newest first, one more than asked for. */
export async function listMessageRows({ em, shopId }: World, filter: MessageFilter, request: PageRequest): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`select ${MESSAGE} from message m where m.shop_id = ${shopId} and ${among(filter)}
          and (${request.after}::uuid is null or m.id < ${request.after}::uuid) order by m.id desc limit ${request.first + 1}`,
  )
  return rows.map(toMessage)
}

export async function countMessageRows({ em, shopId }: World, filter: MessageFilter): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from message m where m.shop_id = ${shopId} and ${among(filter)}`)
  return Number(row?.n ?? 0)
}

export type Whose = {
  readonly campaignId?: string
  readonly customerIds?: readonly string[]
  readonly channel?: string
  readonly purpose?: string
}

/** `message m` is still ours: it waits in the queue, or with the shop's own people. */
const CAN_BE_CALLED_OFF = sql`(m.status = 'QUEUED' or m.status = 'AWAITING_STAFF' and exists (
  select 1 from message_provider p where p.shop_id = m.shop_id and p.code = m.provider_code and p.kind = 'TASK'))`

/** Takes what waits out of the queue, and what the shop's own people have not done yet, held in the order of the ids; as the messages are afterwards. */
export async function cancelQueued({ em, shopId }: World, whose: Whose, reason: string): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`with held as materialized (
          select id from message m where m.shop_id = ${shopId} and ${CAN_BE_CALLED_OFF}
            and ${is(sql`m.purpose`, whose.purpose, sql`text`)}
            and ${is(sql`m.campaign_id`, whose.campaignId, sql`uuid`)} and ${is(sql`m.channel`, whose.channel, sql`text`)}
            and ${whose.customerIds === undefined ? sql`true` : sql`m.customer_id = any(${asUuids(whose.customerIds)})`}
          order by id for update)
        update message m set status = 'CANCELLED', reason = ${reason}, claim_id = null from held h
        where m.shop_id = ${shopId} and m.id = h.id and m.status in ('QUEUED', 'AWAITING_STAFF') returning ${MESSAGE}`,
  )
  return rows.map(toMessage)
}

/** Has what was put off because its campaign paused be due at once. */
export async function resumePaused({ em, shopId, now }: World, campaignId: string): Promise<number> {
  const rows = await rowsOf(
    em,
    sql`with held as materialized (
          select id from message where shop_id = ${shopId} and campaign_id = ${campaignId}::uuid and status = 'QUEUED' and reason = 'PAUSED'
          order by id for update)
        update message m set due_at = ${atInstant(now)}, reason = null from held h where m.shop_id = ${shopId} and m.id = h.id returning 1`,
  )
  return rows.length
}

/** Lets go of what messages said before an instant, so many at a time; how many that were. What still waits is kept. */
export async function purgeContents({ em, shopId }: World, before: Instant, most: number): Promise<number> {
  const rows = await rowsOf(
    em,
    sql`delete from message_content c using (
          select c.message_id from message_content c join message m on m.shop_id = c.shop_id and m.id = c.message_id
          where c.shop_id = ${shopId} and c.kept_since < ${atInstant(before)} and m.status not in ('QUEUED', 'SENDING', 'DOUBTFUL', 'AWAITING_STAFF')
          order by c.kept_since limit ${most}) old
        where c.shop_id = ${shopId} and c.message_id = old.message_id returning 1`,
  )
  return rows.length
}

/** A doubtful message waits again, or counts as sent; null where it is not in doubt any more. Whoever had it has nothing more to say of it. */
export async function resolveRow({ em, shopId, now }: World, id: string, again: boolean): Promise<Message | null> {
  const row = await rowOf<MessageColumns>(
    em,
    again
      ? sql`update message m set status = 'QUEUED', reason = 'SEND_AGAIN', claim_id = null, due_at = ${atInstant(now)}, not_after = null
            where m.shop_id = ${shopId} and m.id = ${id}::uuid and m.status = 'DOUBTFUL' returning ${MESSAGE}`
      : sql`update message m set status = 'SENT', reason = 'LEFT', claim_id = null, sent_at = coalesce(m.sent_at, m.claimed_at)
            where m.shop_id = ${shopId} and m.id = ${id}::uuid and m.status = 'DOUBTFUL' returning ${MESSAGE}`,
  )
  return row && toMessage(row)
}

/** The secret under which this shop's links of unsubscribing are signed, drawn by whoever needs it first. */
export async function secretOfShop(world: World, drawn: Uint8Array): Promise<Buffer> {
  const { em, shopId } = world
  const row = await rowOf<{ secret: string }>(
    em,
    sql`with made as (
          insert into message_key (shop_id, secret) values (${shopId}, decode(${Buffer.from(drawn).toString('hex')}, 'hex'))
          on conflict (shop_id) do nothing returning secret)
        select encode(secret, 'hex') as secret from made union all select encode(secret, 'hex') from message_key where shop_id = ${shopId} limit 1`,
  )
  if (row !== null) return Buffer.from(row.secret, 'hex')
  // Somebody else drew it meanwhile: another statement sees theirs.
  return secretOfShop(world, drawn)
}
