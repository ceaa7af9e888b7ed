import type { Instant } from '../kernel/clock.ts'
import { customerSource, tierInForce } from '../segments/source.sql.ts'
import { asUuids, atInstantOrNull, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { noteStandings } from './note.sql.ts'

export type PinRow = {
  readonly id: string
  readonly pin_tier_id: string | null
  readonly pinned_until: string | null
  readonly pin_reason: string | null
}

/**
 * Sets or takes away (null) the pin of a customer, locking their row; what stood there before is the answer. Who is pinned does not go on
 * failing: when the pin ends, a grace begins anew.
 */
export async function writePin(
  world: World,
  table: 'customer' | 'company',
  id: string,
  pin: { tierId: string; until: Instant | null; reason: string } | null,
): Promise<PinRow | null> {
  const { em, shopId } = world
  const name = sql.raw(table)
  const before = await rowOf<PinRow>(
    em,
    sql`select id, pin_tier_id, pinned_until, pin_reason from ${name} where shop_id = ${shopId} and id = ${id} for update`,
  )
  await rowsOf(
    em,
    sql`with changed as (
          update ${name} set pin_tier_id = ${pin?.tierId ?? null}, pinned_until = ${atInstantOrNull(pin?.until ?? null)}, pin_reason = ${pin?.reason ?? null},
            tier_failing_since = null
          where shop_id = ${shopId} and id = ${id}
          returning id, tier_id, pin_tier_id, pinned_until, ${pin === null ? 'UNPINNED' : 'PINNED'} as how, null::jsonb as held, null::jsonb as failed)
        ${noteStandings(world, table === 'customer' ? 'CUSTOMER' : 'COMPANY', asUuids([id]), sql`changed`)}`,
  )
  return before
}

export type TierRow = { readonly id: string; readonly tierId: string | null }

/** The tier in force of each of these customers: the better of their own and their company's. */
export async function tiersOfCustomers({ em, shopId, now }: World, ids: readonly string[]): Promise<TierRow[]> {
  return rowsOf<TierRow>(
    em,
    sql`select c.id, case when ct.rank is null or t.rank >= ct.rank then t.id else ct.id end as "tierId"
        from ${customerSource(now)} where c.shop_id = ${shopId} and c.id = any(${asUuids(ids)})`,
  )
}

export async function tiersOfCompanies({ em, shopId, now }: World, ids: readonly string[]): Promise<TierRow[]> {
  return rowsOf<TierRow>(
    em,
    sql`select co.id, ${tierInForce('co', now)} as "tierId" from company co where co.shop_id = ${shopId} and co.id = any(${asUuids(ids)})`,
  )
}

/** How many customers have each tier now, their company's counted where it is the better. */
export async function countByTier({ em, shopId, now }: World): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ tierId: string; n: string }>(
    em,
    sql`select case when ct.rank is null or t.rank >= ct.rank then t.id else ct.id end as "tierId", count(*) as n
        from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null and (t.id is not null or ct.id is not null)
        group by 1`,
  )
  return new Map(rows.map((row) => [row.tierId, Number(row.n)]))
}

export type EvaluatedRow = { readonly id: string; readonly tierId: string; readonly since: string; readonly failingSince: string | null }

/** What evaluation gave these customers or companies; who has nothing by it is left out. */
export async function readEvaluated({ em, shopId }: World, table: 'customer' | 'company', ids: readonly string[]): Promise<EvaluatedRow[]> {
  return rowsOf<EvaluatedRow>(
    em,
    sql`select id, tier_id as "tierId", tier_since as since, tier_failing_since as "failingSince"
        from ${sql.raw(table)} where shop_id = ${shopId} and id = any(${asUuids(ids)}) and tier_id is not null`,
  )
}
