import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { ExposureStatus, LeftReason } from './campaign.model.ts'

export type MemberCount = {
  readonly campaignId: string
  readonly treated: boolean
  readonly reason: LeftReason | null
  readonly count: number
}

/** Who takes part in each of these campaigns and took part, by whether they are treated and why they left. */
export async function countMembers({ em, shopId }: World, campaignIds: readonly string[]): Promise<MemberCount[]> {
  const rows = await rowsOf<Omit<MemberCount, 'count'> & { count: string }>(
    em,
    sql`select campaign_id as "campaignId", treated, left_reason as reason, count(*) as count from campaign_member
        where shop_id = ${shopId} and campaign_id = any(${asUuids(campaignIds)}) group by 1, 2, 3 order by 1, 2, 3`,
  )
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

export type StepCount = {
  readonly campaignId: string
  readonly step: number
  readonly status: ExposureStatus
  readonly reason: string | null
  readonly count: number
}

/** Every exposure of each of these campaigns, by step, status and reason. */
export async function countExposures({ em, shopId }: World, campaignIds: readonly string[]): Promise<StepCount[]> {
  const rows = await rowsOf<Omit<StepCount, 'count'> & { count: string }>(
    em,
    sql`select campaign_id as "campaignId", step, status, reason, count(*) as count from exposure
        where shop_id = ${shopId} and campaign_id = any(${asUuids(campaignIds)}) group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  )
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
