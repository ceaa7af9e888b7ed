import type { RawBuilder } from 'kysely'
import { preparedRowsOf } from '../shell/prepared.ts'
import { asJson, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { LeftReason } from './campaign.model.ts'

/** Somebody who left a campaign just now. */
export type Leaver = { readonly campaignId: string; readonly customerId: string }

/** Whether a member placed an order that counts since they joined. */
export const hasBought = (member: RawBuilder<unknown>): RawBuilder<unknown> => sql`exists (
  select 1 from shop_order o
  where o.shop_id = ${member}.shop_id and o.customer_id = ${member}.customer_id and o.counted and o.placed_at >= ${member}.joined_at)`

/**
 * Those of these customers who placed an order that counts since they joined leave every campaign that they take part in. Asked at every
 * checkout, so it is one statement; members are held in one order, as everywhere.
 */
export async function leaveBuyers({ em, shopId, now }: World, customerIds: readonly string[]): Promise<Leaver[]> {
  return preparedRowsOf(
    em,
    sql`with gone as (
          select m.campaign_id, m.customer_id from campaign_member m
          where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) and m.left_at is null and ${hasBought(sql`m`)}
          order by m.campaign_id, m.customer_id for no key update of m)
        update campaign_member m set left_at = ${atInstant(now)}, left_reason = 'BOUGHT' from gone g
        where m.shop_id = ${shopId} and m.campaign_id = g.campaign_id and m.customer_id = g.customer_id
        returning m.campaign_id as "campaignId", m.customer_id as "customerId"`,
  )
}

/** The same of everybody who takes part in anything, after an import. */
export async function leaveAllBuyers({ em, shopId, now }: World): Promise<void> {
  await rowsOf(
    em,
    sql`with gone as (
          select m.campaign_id, m.customer_id from campaign k join campaign_member m on m.shop_id = k.shop_id and m.campaign_id = k.id
          where k.shop_id = ${shopId} and k.status in ('RUNNING', 'PAUSED') and m.left_at is null and ${hasBought(sql`m`)}
          order by m.campaign_id, m.customer_id for no key update of m)
        update campaign_member m set left_at = ${atInstant(now)}, left_reason = 'BOUGHT' from gone g
        where m.shop_id = ${shopId} and m.campaign_id = g.campaign_id and m.customer_id = g.customer_id`,
  )
}

/** A no, as campaigns look at it: to everything, to marketing meant for them alone, or to a channel. */
export type No = { readonly customerId: string; readonly scope: string; readonly purpose: 'CARE' | 'MARKETING' | null }

/**
 * Those who said no leave the campaigns that would speak to them all the same: with a step of that purpose by that channel. One without
 * steps is left by whoever wants nothing for them alone, unless it sells nothing.
 */
export async function leaveObjectors({ em, shopId, now }: World, said: readonly No[]): Promise<Leaver[]> {
  return rowsOf(
    em,
    sql`with said as (
          select "customerId" as customer_id, scope, case when scope = 'PERSONAL' then 'MARKETING' else purpose end as purpose
          from jsonb_to_recordset(${asJson(said)}) as w ("customerId" uuid, scope text, purpose text)),
        gone as (
          select m.campaign_id, m.customer_id from campaign_member m join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id
          where m.shop_id = ${shopId} and m.left_at is null and m.customer_id in (select customer_id from said)
            and exists (
              select 1 from said w where w.customer_id = m.customer_id and (
                exists (select 1 from campaign_step s where s.shop_id = k.shop_id and s.campaign_id = k.id
                        and (w.scope in ('ALL', 'PERSONAL') or w.scope = any(s.channels)) and (w.purpose is null or w.purpose = s.purpose))
                or (w.scope in ('ALL', 'PERSONAL') and k.kind <> 'CARE'
                    and not exists (select 1 from campaign_step s where s.shop_id = k.shop_id and s.campaign_id = k.id))))
          order by m.campaign_id, m.customer_id for no key update of m)
        update campaign_member m set left_at = ${atInstant(now)}, left_reason = 'OBJECTED' from gone g
        where m.shop_id = ${shopId} and m.campaign_id = g.campaign_id and m.customer_id = g.customer_id
        returning m.campaign_id as "campaignId", m.customer_id as "customerId"`,
  )
}

/** Whoever is left in a campaign that is over leaves it, and nothing more is due. */
export async function endAll({ em, shopId, now }: World, campaignId: string): Promise<void> {
  await rowsOf(
    em,
    sql`with gone as (
          select customer_id from campaign_member where shop_id = ${shopId} and campaign_id = ${campaignId}::uuid and left_at is null
          order by customer_id for no key update)
        update campaign_member m set left_at = ${atInstant(now)}, left_reason = 'CAMPAIGN_OVER' from gone g
        where m.shop_id = ${shopId} and m.campaign_id = ${campaignId}::uuid and m.customer_id = g.customer_id`,
  )
  await rowsOf(
    em,
    sql`update exposure set status = 'DROPPED', reason = 'CAMPAIGN_OVER', decided_at = ${atInstant(now)}
        where shop_id = ${shopId} and campaign_id = ${campaignId}::uuid and status in ('DUE', 'HELD')`,
  )
}

/** These customers leave a campaign; who had left before is not in the answer. */
export async function leave({ em, shopId, now }: World, leavers: readonly Leaver[], reason: LeftReason): Promise<Leaver[]> {
  if (leavers.length === 0) return []
  return rowsOf(
    em,
    sql`with gone as (
          select m.campaign_id, m.customer_id
          from jsonb_to_recordset(${asJson(leavers)}) as w ("campaignId" uuid, "customerId" uuid)
          join campaign_member m on m.shop_id = ${shopId} and m.campaign_id = w."campaignId" and m.customer_id = w."customerId"
          where m.left_at is null order by m.campaign_id, m.customer_id for no key update of m)
        update campaign_member m set left_at = ${atInstant(now)}, left_reason = ${reason} from gone g
        where m.shop_id = ${shopId} and m.campaign_id = g.campaign_id and m.customer_id = g.customer_id
        returning m.campaign_id as "campaignId", m.customer_id as "customerId"`,
  )
}

export type DroppedExposure = Leaver & { readonly step: number }

/**
 * Nothing more is due for those who left. What somebody is working at this moment is passed over: whoever works it holds the customers
 * after, and then sees that they left.
 */
export async function dropExposuresOf({ em, shopId, now }: World, leavers: readonly Leaver[], reason: string): Promise<DroppedExposure[]> {
  if (leavers.length === 0) return []
  return rowsOf(
    em,
    sql`with gone as (
          select e.id from jsonb_to_recordset(${asJson(leavers)}) as w ("campaignId" uuid, "customerId" uuid)
          join exposure e on e.shop_id = ${shopId} and e.campaign_id = w."campaignId" and e.customer_id = w."customerId"
          where e.status in ('DUE', 'HELD') for update of e skip locked)
        update exposure e set status = 'DROPPED', reason = ${reason}, decided_at = ${atInstant(now)} from gone g
        where e.shop_id = ${shopId} and e.id = g.id
        returning e.campaign_id as "campaignId", e.customer_id as "customerId", e.step`,
  )
}
