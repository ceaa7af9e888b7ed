import { type Instant, instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asUuids, atInstant, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { PastStanding, Reason } from './history.model.ts'

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

/** What each of these had of their own, a pin that was over by itself making way for what evaluation had given. */
const standings = ({ shopId, now }: World, holderIds: readonly string[]) => sql`kept as (
    select h.*, lead(h.since) over (partition by h.holder_id order by h.since) as next,
           h.pinned_until is not null and h.pinned_until <= ${atInstant(now)} as is_over
    from tier_history h where h.shop_id = ${shopId} and h.holder_id = any(${asUuids(holderIds)})
  ), standing as (
    select holder_id, coalesce(pin_tier_id, tier_id) as tier_id, since, case when is_over then least(next, pinned_until) else next end as until,
           how, held, failed from kept
    union all
    select holder_id, tier_id, pinned_until, next, 'PIN_ENDED', null, null from kept where is_over and (next is null or pinned_until < next)
  )`

/** One more than asked for of each, the newest first, by holder. */
export async function listStandings(
  world: World,
  holderIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, PastStanding[]>> {
  const before = request.after === null ? sql`` : sql`where since < ${atInstant(instant(Number(request.after)))}`
  const rows = await rowsOf<StandingRow>(
    world.em,
    sql`with ${standings(world, holderIds)}, numbered as (
          select *, row_number() over (partition by holder_id order by since desc) as place from standing ${before})
        select * from numbered where place <= ${request.first + 1} order by since desc`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.holder_id),
      ([id, of]) => [id, of.map(toPastStanding)],
    ),
  )
}

export async function countStandings(world: World, holderIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ holder_id: string; n: string }>(
    world.em,
    sql`with ${standings(world, holderIds)} select holder_id, count(*) as n from standing group by holder_id`,
  )
  return new Map(rows.map((row) => [row.holder_id, Number(row.n)]))
}

type StandingRow = {
  readonly holder_id: string
  readonly tier_id: string | null
  readonly since: string
  readonly until: string | null
  readonly how: PastStanding['how']
  readonly held: Reason | null
  readonly failed: Reason | null
}

const toPastStanding = (row: StandingRow): PastStanding => ({
  tierId: row.tier_id,
  since: toInstant(row.since),
  until: toInstantOrNull(row.until),
  how: row.how,
  held: row.held,
  failed: row.failed,
})

/** Every tier that these customers were in, as it was evaluated and given by hand, the oldest first. */
export async function tellStandings({ em, shopId }: World, customerIds: readonly string[]): Promise<object[]> {
  const rows = await rowsOf<{
    holder_id: string
    since: string
    tier_id: string | null
    pin_tier_id: string | null
    pinned_until: string | null
    how: string
    held: Reason | null
    failed: Reason | null
  }>(
    em,
    sql`select holder_id, since, tier_id, pin_tier_id, pinned_until, how, held, failed from tier_history
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
      how: row.how,
      held: row.held,
      failed: row.failed,
    }
  })
}

/** Why these customers were in their tiers is forgotten; in which, and since when, is not. */
export async function forgetReasons({ em, shopId }: World, customerIds: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update tier_history set held = null, failed = null
        where shop_id = ${shopId} and holder_id = any(${asUuids(customerIds)}) and (held is not null or failed is not null)`,
  )
}
