import { asJson, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { hasBought, type Leaver } from './leaving.store.ts'

/** Of these exposures those whose message must not go now, and why; what was merged meanwhile is looked for under its new name. */
export async function findKeptBack({ em, shopId, now }: World, exposureIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; reason: string }>(
    em,
    sql`select id, reason from (
          select e.id, case
            when k.status = 'PAUSED' then 'PAUSED'
            when k.status <> 'RUNNING' or k.ends_at <= ${atInstant(now)} then 'CAMPAIGN_OVER'
            when not m.treated then 'CONTROL_GROUP'
            when m.left_reason = 'MERGED' then 'FORGOTTEN'
            when m.left_reason is not null then m.left_reason
            when ${hasBought(sql`m`)} then 'BOUGHT' end as reason
          from exposure e join campaign k on k.shop_id = e.shop_id and k.id = e.campaign_id
          join campaign_member m on m.shop_id = e.shop_id and m.campaign_id = e.campaign_id and m.customer_id = e.customer_id
          where e.shop_id = ${shopId} and e.id = any(${asUuids(exposureIds)})) looked
        where reason is not null`,
  )
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}

export type Settlement = { readonly id: string; readonly status: 'SENT' | 'FAILED' | 'DROPPED'; readonly reason: string | null }
export type SettledExposure = Leaver & { readonly step: number; readonly status: Settlement['status']; readonly reason: string | null }

/** What became of the messages of exposures; those that it changed are the answer. */
export async function settleExposures({ em, shopId }: World, settled: readonly Settlement[]): Promise<SettledExposure[]> {
  if (settled.length === 0) return []
  return rowsOf(
    em,
    sql`with held as (
          select e.id, w.status, w.reason from jsonb_to_recordset(${asJson(settled)}) as w (id uuid, status text, reason text)
          join exposure e on e.shop_id = ${shopId} and e.id = w.id and e.status in ('QUEUED', 'SENT') and e.status <> w.status
          order by e.id for no key update of e)
        update exposure e set status = h.status, reason = h.reason from held h
        where e.shop_id = ${shopId} and e.id = h.id
        returning e.campaign_id as "campaignId", e.customer_id as "customerId", e.step, e.status, e.reason`,
  )
}
