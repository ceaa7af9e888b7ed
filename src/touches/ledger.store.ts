import { asJson, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Purpose, Refusal, Touch, TouchChannel, TouchReason, TouchStatus } from './touch.model.ts'
import { TOUCH, type TouchColumns, toTouch } from './touch.row.ts'

/** Of which campaign, and how urgently. */
type Origin = {
  readonly campaignId: string | null
  readonly campaignCode: string | null
  readonly step: number | null
  readonly priority: number
}
export type NewTouch = Origin & {
  readonly id: string
  readonly key: string
  readonly customerId: string
  readonly purpose: Purpose
  readonly channel: TouchChannel
}

/** What is decided counts from now on; what of it had been held is no more. */
export async function insertTouches({ em, shopId, now }: World, touches: readonly NewTouch[]): Promise<void> {
  if (touches.length === 0) return
  await rowsOf(
    em,
    sql`with made as materialized (
          select * from jsonb_to_recordset(${asJson(touches)}) as w (id uuid, key text, "customerId" uuid, purpose text, channel text,
            "campaignId" uuid, "campaignCode" text, step integer, priority integer)),
        closed as (
          update touch_refusal r set is_open = false from made m where r.shop_id = ${shopId} and r.key = m.key and r.is_open)
        insert into touch (shop_id, id, key, customer_id, purpose, channel, campaign_id, campaign_code, step, priority, status, decided_at)
        select ${shopId}::integer, id, key, "customerId", purpose, channel, "campaignId", "campaignCode", step, priority, 'DECIDED', ${atInstant(now)}
        from made`,
  )
}

export type NewRefusal = Origin & {
  readonly id: string
  readonly key: string
  readonly customerId: string
  readonly kind: Refusal['kind']
  readonly reason: TouchReason
  readonly purpose: Purpose | null
  readonly channel: TouchChannel | null
  readonly byChannel: Refusal['byChannel']
  readonly until: string | null
}

/** One row for each key and reason: held or refused again it says when last. Of the reasons of one key only the newest is open. */
export async function writeRefusals({ em, shopId, now }: World, refusals: readonly NewRefusal[]): Promise<void> {
  if (refusals.length === 0) return
  const rows = sql`jsonb_to_recordset(${asJson(refusals)}) as w (id uuid, key text, "customerId" uuid, kind text, reason text, purpose text,
    channel text, "byChannel" jsonb, until timestamptz, "campaignId" uuid, "campaignCode" text, step integer, priority integer)`
  await rowsOf(
    em,
    sql`with wanted as materialized (select * from ${rows}),
        closed as (
          update touch_refusal r set is_open = false from wanted w
          where r.shop_id = ${shopId} and r.key = w.key and r.reason <> w.reason and r.is_open)
        insert into touch_refusal (shop_id, id, key, customer_id, kind, reason, purpose, channel, by_channel, until, campaign_id, campaign_code,
          step, priority, is_open, first_at, last_at)
        select ${shopId}::integer, id, key, "customerId", kind, reason, purpose, channel, "byChannel", until, "campaignId", "campaignCode",
          step, priority, kind = 'HOLD', ${atInstant(now)}, ${atInstant(now)} from wanted
        on conflict (shop_id, key, reason) do update set
          kind = excluded.kind, channel = excluded.channel, by_channel = excluded.by_channel, until = excluded.until,
          priority = excluded.priority, is_open = excluded.is_open, last_at = excluded.last_at, times = touch_refusal.times + 1`,
  )
}

/** What waits of these campaigns' steps for these customers waits no more. */
export async function closeWaiting(
  { em, shopId }: World,
  rows: readonly { readonly customerId: string; readonly campaignId: string | null; readonly step: number | null }[],
): Promise<void> {
  if (rows.length === 0) return
  await rowsOf(
    em,
    sql`update touch_refusal r set is_open = false
        from jsonb_to_recordset(${asJson(rows)}) as w ("customerId" uuid, "campaignId" uuid, step integer)
        where r.shop_id = ${shopId} and r.customer_id = w."customerId" and r.is_open
          and r.campaign_id is not distinct from w."campaignId" and (w.step is null or r.step = w.step)`,
  )
}

/** What became of touches. What was delivered was sent, whichever is told first; what did not arrive counts no more. */
export async function markStatus(
  { em, shopId, now }: World,
  rows: readonly { readonly touchId: string; readonly status: TouchStatus; readonly at: string | null }[],
): Promise<void> {
  if (rows.length === 0) return
  await rowsOf(
    em,
    sql`update touch t set
          status = case when t.status = 'DELIVERED' and w.status in ('DECIDED', 'SENT') or t.status = 'SENT' and w.status = 'DECIDED' then t.status
                        else w.status end,
          sent_at = coalesce(t.sent_at, case when w.status in ('SENT', 'DELIVERED') then coalesce(w.at, ${atInstant(now)}) end)
        from (select distinct on ("touchId") * from jsonb_to_recordset(${asJson(rows.map((row, i) => ({ i, ...row })))})
                as w (i integer, "touchId" uuid, status text, at timestamptz) order by "touchId", i desc) w
        where t.shop_id = ${shopId} and t.id = w."touchId"
          and not (w.status in ('DECIDED', 'SENT', 'DELIVERED') and t.status in ('FAILED', 'BOUNCED', 'CANCELLED'))`,
  )
}

export type LedgerRow = {
  readonly id: string
  readonly customer_id: string
  readonly purpose: Purpose
  readonly channel: TouchChannel
}

export async function findTouches({ em, shopId }: World, ids: readonly string[]): Promise<LedgerRow[]> {
  return rowsOf<LedgerRow>(
    em,
    sql`select id, customer_id, purpose, channel from touch where shop_id = ${shopId} and id = any(${asUuids(ids)})`,
  )
}

export type ManualRow = {
  readonly id: string
  readonly key: string
  readonly customerId: string
  readonly purpose: Purpose
  readonly channel: TouchChannel
  readonly note: string | null
  readonly at: string
}

/** What staff did themselves was sent when they did it; under a key that is known already it is known. */
export async function insertManual({ em, shopId }: World, touch: ManualRow): Promise<void> {
  await rowsOf(
    em,
    sql`insert into touch (shop_id, id, key, customer_id, purpose, channel, status, decided_at, sent_at, by_hand, note)
        values (${shopId}, ${touch.id}, ${touch.key}, ${touch.customerId}, ${touch.purpose}, ${touch.channel}, 'SENT', ${touch.at}::timestamptz,
          ${touch.at}::timestamptz, true, ${touch.note})
        on conflict (shop_id, key) where status in ('DECIDED', 'SENT', 'DELIVERED') do nothing`,
  )
}

export type SeenRow = Pick<NewTouch, 'id' | 'key' | 'customerId' | 'purpose' | 'campaignId' | 'campaignCode'>

/** What somebody saw on the site: nobody sent it, and it reached them. Told again under its key it is the same. */
export async function insertSeen({ em, shopId, now }: World, seen: readonly SeenRow[]): Promise<void> {
  await rowsOf(
    em,
    sql`insert into touch (shop_id, id, key, customer_id, purpose, channel, campaign_id, campaign_code, status, decided_at, sent_at)
        select ${shopId}::integer, id, key, "customerId", purpose, 'ON_SITE', "campaignId", "campaignCode", 'DELIVERED', ${atInstant(now)}, ${atInstant(now)}
        from jsonb_to_recordset(${asJson(seen)}) as w (id uuid, key text, "customerId" uuid, purpose text, "campaignId" uuid, "campaignCode" text)
        on conflict (shop_id, key) where status in ('DECIDED', 'SENT', 'DELIVERED') do nothing`,
  )
}

export async function findByKey({ em, shopId }: World, key: string): Promise<Touch | null> {
  const row = await rowOf<TouchColumns>(
    em,
    sql`select ${TOUCH} from touch where shop_id = ${shopId} and key = ${key} and status in ('DECIDED', 'SENT', 'DELIVERED')`,
  )
  return row && toTouch(row)
}
