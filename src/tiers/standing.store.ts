import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { customerSource, isPinned, tierInForce } from '../segments/source.sql.ts'
import { giveRoom } from '../shell/room.ts'
import { asUuids, atInstant, atInstantOrNull, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Evaluation } from './standing.model.ts'
import type { Tier } from './tier.model.ts'

/** Evaluations of one shop follow one another. */
const EVALUATION_LOCK = 7_281_447

export async function holdEvaluation({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${EVALUATION_LOCK}::integer, ${shopId}::integer)`)
}

/** A tier and the condition that lets a customer into it; from the highest down. */
export type Entrance = { readonly tier: Tier; readonly condition: RawBuilder<unknown> }

/**
 * Each customer's tier is the highest whose qualification holds them, else none; whoever is pinned is left alone. One
 * statement for everybody, whose history is read whole and not one by one. Rows that change are locked in the order of their
 * ids, as whoever records orders locks them.
 */
export async function moveCustomers(world: World, entrances: readonly Entrance[], dryRun: boolean): Promise<Evaluation> {
  const { em, shopId, now } = world
  await giveRoom(world)
  const cases = entrances.map(({ tier, condition }) => sql`when ${condition} then ${tier.id}::uuid`)
  const target = cases.length === 0 ? sql`null::uuid` : sql`case ${sql.join(cases, sql` `)} else null::uuid end`
  const row = await rowOf<{ promoted: string; demoted: string; total: string }>(
    em,
    sql`with standing as (
          select c.id, c.tier_id as from_id, ${isPinned('c', now)} as pinned, ${target} as to_id
          from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null),
        moves as (select id, from_id, to_id from standing where not pinned and to_id is distinct from from_id)
        ${
          dryRun
            ? sql``
            : sql`, held as (
          select c.id, m.to_id from customer c join moves m on m.id = c.id where c.shop_id = ${shopId} order by c.id for update of c),
        moved as (
          update customer c set tier_id = h.to_id, tier_since = ${atInstant(now)}
          from held h where c.shop_id = ${shopId} and c.id = h.id
          returning c.id, c.tier_id, c.pin_tier_id, c.pinned_until),
        last as (select holder_id, max(since) as since from tier_history where shop_id = ${shopId} group by holder_id),
        noted as (${noteStanding(world, 'CUSTOMER', sql`moved m left join last on last.holder_id = m.id`)})`
        }
        select count(*) filter (where coalesce(new.rank, -2147483649) > coalesce(old.rank, -2147483649)) as promoted,
               count(*) filter (where coalesce(new.rank, -2147483649) < coalesce(old.rank, -2147483649)) as demoted,
               (select count(*) from standing) as total
        from moves m
        left join tier old on old.shop_id = ${shopId} and old.id = m.from_id
        left join tier new on new.shop_id = ${shopId} and new.id = m.to_id`,
  )
  const [promoted, demoted] = [Number(row?.promoted ?? 0), Number(row?.demoted ?? 0)]
  return { promoted, demoted, unchanged: Number(row?.total ?? 0) - promoted - demoted }
}

/** Keeps what customers or companies (rows `m`, each beside its `last` row) have since now: one row a change, later than the one before. */
const noteStanding = ({ shopId, now }: World, holder: 'CUSTOMER' | 'COMPANY', changed: RawBuilder<unknown>) =>
  sql`insert into tier_history (shop_id, holder, holder_id, since, tier_id, pin_tier_id, pinned_until)
      select ${shopId}::integer, ${holder}, m.id, greatest(${atInstant(now)}, last.since + interval '1 millisecond'), m.tier_id, m.pin_tier_id, m.pinned_until
      from ${changed}`

export type PinRow = {
  readonly id: string
  readonly pin_tier_id: string | null
  readonly pinned_until: string | null
  readonly pin_reason: string | null
}

/** Sets or takes away (null) the pin of a customer, locking their row; what stood there before is the answer. */
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
          update ${name} set pin_tier_id = ${pin?.tierId ?? null}, pinned_until = ${atInstantOrNull(pin?.until ?? null)}, pin_reason = ${pin?.reason ?? null}
          where shop_id = ${shopId} and id = ${id} returning id, tier_id, pin_tier_id, pinned_until)
        ${noteStanding(
          world,
          table === 'customer' ? 'CUSTOMER' : 'COMPANY',
          sql`changed m left join lateral (
            select max(h.since) as since from tier_history h where h.shop_id = ${shopId} and h.holder_id = m.id) last on true`,
        )}`,
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
