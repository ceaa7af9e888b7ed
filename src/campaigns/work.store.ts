import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { customerSource } from '../segments/source.sql.ts'
import { asJson, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { CAMPAIGNS_LOCK } from './belongings.store.ts'
import { hasBought } from './leaving.store.ts'

/** Nobody is merged or forgotten until this transaction ends; others may work exposures beside it. */
export async function shareCampaigns({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock_shared(${CAMPAIGNS_LOCK}::integer, ${shopId}::integer)`)
}

/**
 * Running campaigns that have something due, the highest priority first, held: whoever pauses or ends one waits for this transaction.
 * One that somebody else has in hand is passed over.
 */
export async function holdWorking({ em, shopId, now }: World): Promise<string[]> {
  const rows = await rowsOf<{ code: string }>(
    em,
    sql`select k.code from campaign k
        where k.shop_id = ${shopId} and k.status = 'RUNNING'
          and exists (select 1 from exposure e where e.shop_id = k.shop_id and e.campaign_id = k.id and e.status in ('DUE', 'HELD') and e.due_at <= ${atInstant(now)})
        order by k.priority desc, k.code for no key update of k skip locked`,
  )
  return rows.map(({ code }) => code)
}

export type Claimed = { readonly id: string; readonly campaignId: string; readonly step: number; readonly customerId: string }

/** Exposures of a campaign that are due, the longest first, so many at most; what somebody else has in hand is passed over. */
export async function claimDue({ em, shopId, now }: World, campaignId: string, most: number): Promise<Claimed[]> {
  return rowsOf(
    em,
    sql`select id, campaign_id as "campaignId", step, customer_id as "customerId" from exposure
        where shop_id = ${shopId} and campaign_id = ${campaignId}::uuid and status in ('DUE', 'HELD') and due_at <= ${atInstant(now)}
        order by due_at limit ${most} for no key update skip locked`,
  )
}

/** Holds customers in the order of their ids, as everybody does: who records an order of theirs is done, or waits. */
export async function holdCustomers({ em, shopId }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(em, sql`select 1 from customer where shop_id = ${shopId} and id = any(${asUuids(ids)}) order by id for no key update`)
}

export type Standing = {
  readonly id: string
  readonly treated: boolean
  readonly leftReason: string | null
  readonly bought: boolean
  readonly ordered: boolean
}

/** How the customers of these exposures stand to their campaigns. Asked once they are held. */
export async function standingsOf({ em, shopId }: World, claimed: readonly Claimed[]): Promise<Standing[]> {
  return rowsOf(
    em,
    sql`select w.id, m.treated, m.left_reason as "leftReason", ${hasBought(sql`m`)} as bought,
          exists (select 1 from shop_order o where o.shop_id = m.shop_id and o.customer_id = m.customer_id and o.placed_at >= m.joined_at
                  and o.status <> 'CANCELLED') as ordered
        from jsonb_to_recordset(${asJson(claimed)}) as w (id uuid, "campaignId" uuid, "customerId" uuid)
        join campaign_member m on m.shop_id = ${shopId} and m.campaign_id = w."campaignId" and m.customer_id = w."customerId"`,
  )
}

/** Which of these customers a condition holds now. */
export async function whoOf(
  { em, shopId, now }: World,
  condition: RawBuilder<unknown>,
  customerIds: readonly string[],
): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select c.id from ${customerSource(now)} where c.shop_id = ${shopId} and c.id = any(${asUuids(customerIds)}) and ${condition}`,
  )
  return new Set(rows.map(({ id }) => id))
}

export type Outcome = {
  readonly id: string
  readonly status: 'QUEUED' | 'HELD' | 'DROPPED'
  readonly dueAt: Instant | null
  readonly channel: string | null
  readonly touchId: string | null
  readonly messageId: string | null
  readonly reason: string | null
}

/** Writes what became of exposures. */
export async function writeOutcomes({ em, shopId, now }: World, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const rows = outcomes.map((one) => ({ ...one, dueAt: one.dueAt === null ? null : new Date(one.dueAt).toISOString() }))
  await rowsOf(
    em,
    sql`update exposure e set status = w.status, due_at = coalesce(w."dueAt", e.due_at), channel = w.channel, touch_id = w."touchId",
          message_id = w."messageId", reason = w.reason, decided_at = case when w.status = 'HELD' then null else ${atInstant(now)} end
        from jsonb_to_recordset(${asJson(rows)}) as w (id uuid, status text, "dueAt" timestamptz, channel text, "touchId" uuid, "messageId" uuid, reason text)
        where e.shop_id = ${shopId} and e.id = w.id`,
  )
}

/** What a campaign has spent grows, or shrinks where something that was queued was never sent. */
export async function addSpent({ em, shopId }: World, campaignId: string, cost: number): Promise<void> {
  if (cost === 0) return
  await rowsOf(
    em,
    sql`update campaign set spent = greatest(0, spent + ${cost}::bigint) where shop_id = ${shopId} and id = ${campaignId}::uuid`,
  )
}
