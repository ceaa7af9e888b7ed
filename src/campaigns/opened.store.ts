import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** Who of these opened or clicked something that a campaign sent them. */
export async function openersOf({ em, shopId }: World, campaignId: string, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select distinct e.customer_id as id from exposure e
        join message_event v on v.shop_id = e.shop_id and v.message_id = e.message_id and v.kind in ('OPENED', 'CLICKED')
        where e.shop_id = ${shopId} and e.campaign_id = ${campaignId}::uuid and e.customer_id = any(${asUuids(customerIds)})`,
  )
  return new Set(rows.map(({ id }) => id))
}
