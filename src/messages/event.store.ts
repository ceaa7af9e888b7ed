import type { Id } from '../kernel/id.ts'
import { newId } from '../shell/ids.ts'
import { asJson, asTexts, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { MessageEvent, NewEvent, ReportedEvent } from './event.model.ts'
import { EVENT, type EventColumns, toEvent } from './event.row.ts'
import type { Message, MessageStatus } from './message.model.ts'
import { MESSAGE, type MessageColumns, toMessage } from './message.row.ts'

/** Which message of this provider each report is about, in their order; null: none that it was given. */
export async function findReported(
  { em, shopId }: World,
  providerCode: string,
  reports: readonly ReportedEvent[],
): Promise<(string | null)[]> {
  const wanted = reports.map(({ messageId, providerMessageId }, place) => ({ place, messageId, providerMessageId }))
  const rows = await rowsOf<{ place: number; id: string | null }>(
    em,
    sql`select w.place, coalesce(
            (select m.id from message m where m.shop_id = ${shopId} and m.id = w."messageId" and m.provider_code = ${providerCode}),
            (select m.id from message m where w."messageId" is null and m.shop_id = ${shopId} and m.provider_code = ${providerCode}
               and m.provider_message_id = w."providerMessageId" order by m.id desc limit 1)) as id
        from jsonb_to_recordset(${asJson(wanted)}) as w (place integer, "messageId" uuid, "providerMessageId" text)`,
  )
  const found = new Map(rows.map(({ place, id }) => [place, id]))
  return reports.map((_, place) => found.get(place) ?? null)
}

/** The messages that something is told of; what is not there is left out. */
export async function findTold({ em, shopId }: World, ids: readonly string[]): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`select ${MESSAGE} from message m where m.shop_id = ${shopId} and m.id = any(${asUuids(ids)}) order by m.id`,
  )
  return rows.map(toMessage)
}

/** Everybody who has this number, and the newest message of this provider to each of them; those who were merged are who they are now. */
export async function findByPhone(
  { em, shopId }: World,
  providerCode: string,
  phone: string,
): Promise<{ readonly customerId: Id<'Customer'>; readonly messageId: string | null }[]> {
  const rows = await rowsOf<{ customer_id: Id<'Customer'>; message_id: string | null }>(
    em,
    sql`with known as (
          select coalesce(c.merged_into, c.id) as id from customer c where c.shop_id = ${shopId} and c.phone = ${phone}
          union
          select coalesce(c.merged_into, c.id) from customer_identity i join customer c on c.shop_id = i.shop_id and c.id = i.customer_id
          where i.shop_id = ${shopId} and i.kind = 'phone' and i.value = ${phone} and i.verified)
        select k.id as customer_id, (
            select m.id from message m where m.shop_id = ${shopId} and m.customer_id = k.id and m.provider_code = ${providerCode}
              and m.status not in ('QUEUED', 'CANCELLED') order by m.id desc limit 1) as message_id
        from known k order by k.id`,
  )
  return rows.map((row) => ({ customerId: row.customer_id, messageId: row.message_id }))
}

/** Keeps events; answers with those that were not known. One that was noticed here again counts once more, and is nothing new. */
export async function insertEvents({ em, shopId, now }: World, events: readonly NewEvent[]): Promise<NewEvent[]> {
  const rows = events.map((event) => ({ ...event, id: newId(), at: new Date(event.at).toISOString() }))
  const fresh = await rowsOf<{ id: string }>(
    em,
    sql`insert into message_event as e (shop_id, id, message_id, kind, at, provider_code, event_id, link, detail, received_at)
        select ${shopId}::integer, w.id, w."messageId", w.kind, w.at, w."providerCode", w."eventId", w.link, w.detail, ${atInstant(now)}
        from (select distinct on ("providerCode", "eventId") * from jsonb_to_recordset(${asJson(rows)}) as w (id uuid, "messageId" uuid, kind text,
                at timestamptz, "providerCode" text, "eventId" text, link smallint, detail text) order by "providerCode", "eventId", id) w
        order by w."providerCode", w."eventId"
        on conflict (shop_id, provider_code, event_id) do update set times = least(e.times, 2147483646) + 1 where e.provider_code = ''
        returning case when e.times = 1 then e.id end as id`,
  )
  const ids = new Set(fresh.map(({ id }) => id))
  return rows.filter(({ id }) => ids.has(id)).map(({ id: _, at, ...event }) => ({ ...event, at: Date.parse(at) as NewEvent['at'] }))
}

export type Advance = {
  readonly id: string
  readonly status: MessageStatus
  readonly at: number
  readonly reason: string | null
  readonly providerMessageId: string | null
}

/**
 * Takes messages forward to where they are known to stand, never back along `forward`; held in the order of their ids. As those are
 * afterwards that moved. (No key update: whoever keeps an event of a message shares its key, and several do at once.)
 */
export async function advanceMessages({ em, shopId }: World, advances: readonly Advance[], forward: readonly string[]): Promise<Message[]> {
  const rows = await rowsOf<MessageColumns>(
    em,
    sql`with wanted as materialized (
          select * from jsonb_to_recordset(${asJson(advances)}) as w (id uuid, status text, at bigint, reason text, "providerMessageId" text)
        ), held as materialized (
          select m.id from message m where m.shop_id = ${shopId} and m.id in (select id from wanted) order by m.id for no key update)
        update message m set status = w.status, reason = w.reason,
          sent_at = case when w.status in ('SENT', 'DELIVERED') and (m.sent_at is null or m.status = 'AWAITING_STAFF')
            then to_timestamp(w.at / 1000.0) else m.sent_at end,
          provider_message_id = coalesce(m.provider_message_id, w."providerMessageId")
        from wanted w join held h on h.id = w.id
        where m.shop_id = ${shopId} and m.id = w.id
          and array_position(${asTexts(forward)}, m.status) < array_position(${asTexts(forward)}, w.status)
        returning ${MESSAGE}`,
  )
  return rows.map(toMessage)
}

/** What happened to each message, the first first, in the order of the ids. */
export async function findEvents({ em, shopId }: World, messageIds: readonly string[]): Promise<MessageEvent[]> {
  const rows = await rowsOf<EventColumns>(
    em,
    sql`select ${EVENT} from message_event e where e.shop_id = ${shopId} and e.message_id = any(${asUuids(messageIds)}) order by e.at, e.id`,
  )
  return rows.map(toEvent)
}

/** To which addresses messages went, as long as it is known. */
export async function findRecipients({ em, shopId }: World, messageIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ message_id: string; recipient: string }>(
    em,
    sql`select message_id, recipient from message_content where shop_id = ${shopId} and message_id = any(${asUuids(messageIds)})`,
  )
  return new Map(rows.map((row) => [row.message_id, row.recipient]))
}

type Person = Id<'Customer'>

/** What happened to these customers' messages, as plain data. */
export async function tellEvents({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('message', e.message_id, 'kind', e.kind, 'at', e.at, 'detail', e.detail, 'link', e.link, 'times', e.times,
            'toldBy', nullif(e.provider_code, '')) as told
        from message m join message_event e on e.shop_id = m.shop_id and e.message_id = m.id
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) order by e.at, e.id`,
  )
  return rows.map((row) => row.told)
}

/** Takes out their words; that something happened stays. */
export async function forgetReplies({ em, shopId }: World, customerIds: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update message_event e set detail = null from message m
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)})
          and e.shop_id = m.shop_id and e.message_id = m.id and e.detail is not null`,
  )
}
