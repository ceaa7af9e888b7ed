import type { RawBuilder } from 'kysely'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { customerSource } from '../segments/source.sql.ts'
import { asJson, asTexts, asUuids, atInstant, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { EVENT_KINDS, type Topic } from './customer-event.model.ts'
import type { ObjectionScope } from './objection.model.ts'
import type { Purpose, TouchChannel } from './touch.model.ts'

// What a decision asks of customers: each of these is one statement for however many.

/** Where somebody leads who was merged into another. */
export async function findLeads({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; lead: string }>(
    em,
    sql`select id, coalesce(merged_into, id) as lead from customer where shop_id = ${shopId} and id = any(${asUuids(ids)})`,
  )
  return new Map(rows.map(({ id, lead }) => [id, lead]))
}

export type PersonRow = {
  readonly id: string
  readonly merged_into: string | null
  readonly external_id: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly time_zone: string | null
  readonly postal_address: string | null
}

const PERSON = sql`c.id, c.merged_into, c.external_id, c.email, c.phone,
  case when jsonb_typeof(c.attributes->'time_zone') = 'string' then c.attributes->>'time_zone' end as time_zone,
  case when jsonb_typeof(c.attributes->'postal_address') = 'string' then c.attributes->>'postal_address' end as postal_address`

/** `held`: until the transaction ends, always in the order of their ids: who decides for the same customer waits. */
export async function readPersons({ em, shopId }: World, ids: readonly string[], held: boolean): Promise<PersonRow[]> {
  return rowsOf<PersonRow>(
    em,
    sql`select ${PERSON} from customer c where c.shop_id = ${shopId} and c.id = any(${asUuids(ids)}) order by c.id
        ${held ? sql`for no key update` : sql``}`,
  )
}

/** Names in other systems by which somebody is reached there, by kind in lower case; the first of each kind. */
export async function findAddresses({ em, shopId }: World, ids: readonly string[], kinds: readonly string[]) {
  return rowsOf<{ customer_id: string; kind: string; value: string }>(
    em,
    sql`select distinct on (customer_id, lower(kind)) customer_id, lower(kind) as kind, value from customer_identity
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and lower(kind) = any(${asTexts(kinds)})
        order by customer_id, lower(kind), value`,
  )
}

export async function findDeadAddresses({ em, shopId }: World, ids: readonly string[]) {
  return rowsOf<{ customer_id: string; channel: TouchChannel; address: string }>(
    em,
    sql`select customer_id, channel, address from dead_address where shop_id = ${shopId} and customer_id = any(${asUuids(ids)})`,
  )
}

export type WordRow = {
  readonly customer_id: string
  readonly channel: TouchChannel
  readonly purpose: Purpose | null
  readonly granted: boolean
  readonly at: Instant
  readonly order: string
}

/** The newest word on each channel for each purpose, and for all. */
export async function findWords({ em, shopId }: World, ids: readonly string[]): Promise<WordRow[]> {
  const rows = await rowsOf<Omit<WordRow, 'at'> & { readonly at: string }>(
    em,
    sql`select distinct on (customer_id, channel, purpose) customer_id, channel, purpose, granted, at, id as "order" from customer_consent
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)})
        order by customer_id, channel, purpose, at desc, id desc`,
  )
  return rows.map((row) => ({ ...row, at: toInstant(row.at) }))
}

export type ObjectionScopeRow = { readonly customer_id: string; readonly scope: ObjectionScope; readonly at: Instant }

export async function findStandingObjections({ em, shopId }: World, ids: readonly string[]): Promise<ObjectionScopeRow[]> {
  const rows = await rowsOf<Omit<ObjectionScopeRow, 'at'> & { readonly at: string }>(
    em,
    sql`select customer_id, scope, max(at) as at from objection
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and withdrawn_at is null group by customer_id, scope`,
  )
  return rows.map((row) => ({ ...row, at: toInstant(row.at) }))
}

export type PastTouchRow = {
  readonly customer_id: string
  readonly channel: TouchChannel
  readonly purpose: Purpose
  readonly byHand: boolean
  readonly decidedAt: Instant
  readonly sentAt: Instant | null
}

/** What counts in the ledger since an instant. */
export async function findPastTouches({ em, shopId }: World, ids: readonly string[], since: Instant): Promise<PastTouchRow[]> {
  const rows = await rowsOf<
    Pick<PastTouchRow, 'customer_id' | 'channel' | 'purpose'> & { by_hand: boolean; decided_at: string; sent_at: string | null }
  >(
    em,
    sql`select customer_id, channel, purpose, by_hand, decided_at, sent_at from touch
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and status in ('DECIDED', 'SENT', 'DELIVERED')
          and decided_at > ${atInstant(since)}`,
  )
  return rows.map(({ by_hand, decided_at, sent_at, ...row }) => ({
    ...row,
    byHand: by_hand,
    decidedAt: toInstant(decided_at),
    sentAt: toInstantOrNull(sent_at),
  }))
}

export type WaitingRow = {
  readonly customer_id: string
  readonly key: string
  readonly channel: TouchChannel | null
  readonly purpose: Purpose | null
  readonly priority: number
  readonly until: Instant
}

/** What waits: who was to be asked again by now and was not within a day will not be. */
export async function findWaiting({ em, shopId, now }: World, ids: readonly string[]): Promise<WaitingRow[]> {
  const rows = await rowsOf<Omit<WaitingRow, 'until'> & { readonly until: string }>(
    em,
    sql`select customer_id, key, channel, purpose, priority, until from touch_refusal
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and is_open and until > ${atInstant(instant(now - DAY_MS))}`,
  )
  return rows.map((row) => ({ ...row, until: toInstant(row.until) }))
}

/** What each of these keys came to before: the touch that counts, and since when it has been held. */
export async function findFormer({ em, shopId }: World, keys: readonly string[]) {
  const rows = await rowsOf<{ key: string; touch_id: string | null; channel: TouchChannel | null; held_since: string | null }>(
    em,
    sql`select w.key, t.id as touch_id, t.channel, r.held_since
        from unnest(${asTexts(keys)}) as w (key)
        left join touch t on t.shop_id = ${shopId} and t.key = w.key and t.status in ('DECIDED', 'SENT', 'DELIVERED')
        left join lateral (
          select min(first_at) as held_since from touch_refusal where shop_id = ${shopId} and key = w.key and kind = 'HOLD') r on true
        where t.id is not null or r.held_since is not null`,
  )
  return rows.map(({ held_since, ...row }) => ({ ...row, heldSince: held_since === null ? null : toInstant(held_since) }))
}

/** What is open between customers and the shop: by the instants at which things happened, whenever they were told. */
export async function findOpen({ em, shopId, now }: World, ids: readonly string[], since: Instant) {
  const kinds = Object.entries(EVENT_KINDS).map(([kind, of]) => ({ kind, ...of }))
  return rowsOf<{ customer_id: string; topic: Topic }>(
    em,
    sql`select distinct customer_id, topic from (
          select distinct on (e.customer_id, k.topic, e.subject) e.customer_id, k.topic, k.opens, e.at
          from customer_event e join jsonb_to_recordset(${asJson(kinds)}) as k (kind text, topic text, opens boolean) on k.kind = e.kind
          where e.shop_id = ${shopId} and e.customer_id = any(${asUuids(ids)}) and e.at <= ${atInstant(now)}
          order by e.customer_id, k.topic, e.subject, e.at desc, k.opens) newest
        where opens and at > ${atInstant(since)}`,
  )
}

/** Which of these conditions hold for each customer, by their places. */
export async function whichHold({ em, shopId, now }: World, ids: readonly string[], conditions: readonly RawBuilder<unknown>[]) {
  const asked = conditions.map((condition, i) => sql`case when ${condition} then ${i}::integer end`)
  return rowsOf<{ id: string; held: number[] }>(
    em,
    sql`select c.id, array_remove(array[${sql.join(asked)}], null) as held from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.id = any(${asUuids(ids)})`,
  )
}
