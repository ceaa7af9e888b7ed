import type { Instant } from '../kernel/clock.ts'
import { asUuids, atInstant, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** What each of these customers had at an instant, of their own and by their company: the ids of tiers; null for none. */
export type StandingThen = { readonly id: string; readonly own: string | null; readonly company: string | null }

export async function readStandingsAt({ em, shopId }: World, customerIds: readonly string[], at: Instant): Promise<StandingThen[]> {
  const then = (holder: ReturnType<typeof sql>) => sql`(
    select case when h.pin_tier_id is not null and (h.pinned_until is null or h.pinned_until > ${atInstant(at)}) then h.pin_tier_id else h.tier_id end
    from tier_history h where h.shop_id = c.shop_id and h.holder_id = ${holder} and h.since <= ${atInstant(at)} order by h.since desc limit 1)`
  return rowsOf<StandingThen>(
    em,
    sql`select c.id, ${then(sql`c.id`)} as own, ${then(sql`c.company_id`)} as company
        from customer c where c.shop_id = ${shopId} and c.id = any(${asUuids(customerIds)})`,
  )
}

/** Every tier that these customers were in, as it was evaluated and given by hand, the oldest first. */
export async function tellStandings({ em, shopId }: World, customerIds: readonly string[]): Promise<object[]> {
  const rows = await rowsOf<{
    holder_id: string
    since: string
    tier_id: string | null
    pin_tier_id: string | null
    pinned_until: string | null
  }>(
    em,
    sql`select holder_id, since, tier_id, pin_tier_id, pinned_until from tier_history
        where shop_id = ${shopId} and holder_id = any(${asUuids(customerIds)}) order by since`,
  )
  const day = (at: number) => new Date(at).toISOString()
  return rows.map((row) => {
    const until = toInstantOrNull(row.pinned_until)
    return {
      customerId: row.holder_id,
      since: day(toInstant(row.since)),
      tierId: row.tier_id,
      pinnedTierId: row.pin_tier_id,
      pinnedUntil: until === null ? null : day(until),
    }
  })
}
