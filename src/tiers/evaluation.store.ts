import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { isPinned } from '../segments/source.sql.ts'
import { preparedRowsOf } from '../shell/prepared.ts'
import { asUuids, atInstant, rowOf, rowsOf, sql, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { amongst, asked, decided, type Evaluated, reasons, rowsOfHolder } from './decided.sql.ts'
import type { Holder } from './level.sql.ts'
import { noteStandings } from './note.sql.ts'
import type { Standing, TierMove } from './standing.model.ts'

/** Evaluations of one shop follow one another. */
const EVALUATION_LOCK = 7_281_447

export async function holdEvaluation({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${EVALUATION_LOCK}::integer, ${shopId}::integer)`)
}

const TABLE: Readonly<Record<Holder, ReturnType<typeof sql>>> = { CUSTOMER: sql`customer`, COMPANY: sql`company` }

/** Whose standing is to change: their tier, or since when they fail. */
const changes = sql`(to_id is distinct from from_id or failing_since is distinct from failing)`

/** So many have `fromId` and are to have `toId`. Who has it by hand keeps it. */
export type Flow = { readonly fromId: string | null; readonly toId: string | null; readonly n: number }

/** What an evaluation would do now: one statement, which changes nothing. */
export async function countFlows(world: World, evaluated: Evaluated): Promise<Flow[]> {
  const { em, shopId, now } = world
  const { row, alive } = rowsOfHolder(evaluated.holder)
  const name = sql.raw(row)
  const rows = await rowsOf<{ fromId: string | null; toId: string | null; n: string }>(
    em,
    sql`with ${decided(world, evaluated)}
        select from_id as "fromId", to_id as "toId", count(*) as n from decided group by 1, 2
        union all
        select ${name}.pin_tier_id, ${name}.pin_tier_id, count(*) from ${TABLE[evaluated.holder]} ${name}
        where ${name}.shop_id = ${shopId} and ${alive} and ${isPinned(row, now)} group by 1, 2`,
  )
  return rows.map((flow) => ({ ...flow, n: Number(flow.n) }))
}

/** Whom an evaluation would move now and why, in the order of their ids, one more than asked for. */
export async function listMoves(world: World, evaluated: Evaluated, request: PageRequest): Promise<TierMove[]> {
  const { em, shopId } = world
  const { source, row } = rowsOfHolder(evaluated.holder)
  const name = sql.raw(row)
  return rowsOf<TierMove>(
    em,
    sql`with ${decided(world, evaluated)}, m as materialized (
          select * from decided where to_id is distinct from from_id and (${request.after}::uuid is null or id > ${request.after}::uuid)
          order by id limit ${request.first + 1})
        select m.id as "customerId", m.from_id as "fromId", m.to_id as "toId", ${reasons(evaluated.programme.levels)}
        from m join (${source(world)}) on ${name}.shop_id = ${shopId} and ${name}.id = m.id order by m.id`,
  )
}

export async function numberOfHolders(world: World, holder: Holder): Promise<number> {
  const row = await rowOf<{ n: string }>(world.em, sql`select ${countHolders(world, holder)} as n`)
  return Number(row?.n ?? 0)
}

const countHolders = ({ shopId }: World, holder: Holder) => {
  const { row, alive } = rowsOfHolder(holder)
  return sql`(select count(*) from ${TABLE[holder]} ${sql.raw(row)} where ${sql.raw(row)}.shop_id = ${shopId} and ${alive})`
}

/**
 * Finds whose standing is to change, and keeps them in a table of the transaction: one statement for everybody, and nobody is held
 * yet. How many they are is the answer.
 */
export async function stageMoves(world: World, evaluated: Evaluated): Promise<number> {
  await rowsOf(world.em, sql`drop table if exists tier_mover`)
  await rowsOf(
    world.em,
    sql`create temp table tier_mover on commit drop as with ${decided(world, evaluated)} select id from decided where ${changes}`,
  )
  await rowsOf(world.em, sql`analyze tier_mover`)
  const row = await rowOf<{ n: string }>(world.em, sql`select count(*) as n from tier_mover`)
  return Number(row?.n ?? 0)
}

export async function listStaged({ em }: World): Promise<string[]> {
  return (await rowsOf<{ id: string }>(em, sql`select id from tier_mover`)).map(({ id }) => id)
}

/** In which order they are held, by everybody: customers by their ids, companies by their external ids. */
const ORDER: Readonly<Record<Holder, ReturnType<typeof sql>>> = { CUSTOMER: sql`x.id`, COMPANY: sql`x.external_id` }

/** Holds customers or companies until the transaction ends. */
export async function holdHolders({ em, shopId }: World, holder: Holder, ids: readonly string[] | 'STAGED'): Promise<void> {
  await rowsOf(
    em,
    sql`select count(*) from (
          select from ${TABLE[holder]} x where x.shop_id = ${shopId} and x.id = any(${amongst(ids)}) order by ${ORDER[holder]} for no key update) held`,
  )
}

/** What one has and which of the programme's conditions hold, in the order of its levels. */
export type Held = {
  readonly id: string
  readonly standing: Standing
  readonly enters: readonly boolean[]
  readonly keeps: readonly boolean[]
}

/** Of some, those who are not pinned; a small statement, since most have what they are to have. */
export async function readHeld(world: World, evaluated: Omit<Evaluated, 'mayFall'>): Promise<Held[]> {
  const rows = await rowsOf<{ id: string; from_id: string | null; failing: string | null; enters: boolean[]; keeps: boolean[] }>(
    world.em,
    asked(world, evaluated),
  )
  return rows.map(({ id, from_id, failing, enters, keeps }) => ({
    id,
    standing: { tierId: from_id, failingSince: toInstantOrNull(failing) },
    enters,
    keeps,
  }))
}

/** The companies that these customers buy for. */
export async function companiesOf({ em, shopId }: World, customerIds: readonly string[]): Promise<string[]> {
  const rows = await preparedRowsOf<{ id: string }>(
    em,
    sql`select distinct company_id as id from customer where shop_id = ${shopId} and id = any(${asUuids(customerIds)}) and company_id is not null`,
  )
  return rows.map(({ id }) => id)
}

export type Moved = { readonly id: string; readonly fromId: string | null; readonly toId: string | null }

/**
 * Evaluates some and writes what comes of it, with its history: one statement for however many. Who calls it holds them. Answers
 * with those whose tier is another now. A tier that is gone meanwhile is given to nobody.
 */
export const move = (world: World, evaluated: Evaluated & { readonly ids: readonly string[] }): Promise<Moved[]> =>
  rowsOf<Moved>(world.em, sql`${moved(world, evaluated, evaluated.ids)} select id, from_id as "fromId", tier_id as "toId" from changed`)

/** The same of all who are staged, however many they are: so many from one tier to another. */
export async function moveStaged(world: World, evaluated: Omit<Evaluated, 'ids'>): Promise<Flow[]> {
  const rows = await rowsOf<{ fromId: string | null; toId: string | null; n: string }>(
    world.em,
    sql`${moved(world, { ...evaluated, ids: 'STAGED' }, 'STAGED')} select from_id as "fromId", tier_id as "toId", count(*) as n from changed group by 1, 2`,
  )
  return rows.map((flow) => ({ ...flow, n: Number(flow.n) }))
}

/** Steps of a statement, which write; the last of them, `changed`, has whose tier is another now. */
function moved(world: World, evaluated: Evaluated, ids: readonly string[] | 'STAGED'): RawBuilder<unknown> {
  const { shopId, now } = world
  const { holder, programme } = evaluated
  const { source, row } = rowsOfHolder(holder)
  const name = sql.raw(row)
  return sql`with ${decided(world, evaluated)}, wanted as materialized (
          select * from decided where ${changes}
        ), there as materialized (
          select t.id from tier t where t.shop_id = ${shopId} and t.id in (select to_id from wanted where to_id is distinct from from_id) for key share
        ), m as materialized (
          select * from wanted where to_id is not distinct from from_id or to_id is null or to_id in (select id from there)
        ), told as materialized (
          select m.id, ${reasons(programme.levels)} from m join (${source(world)}) on ${name}.shop_id = ${shopId} and ${name}.id = m.id
          where m.to_id is distinct from m.from_id
        ), moved as (
          update ${TABLE[holder]} x set tier_id = m.to_id, tier_failing_since = m.failing_since,
            tier_since = case when m.to_id is distinct from m.from_id then ${atInstant(now)} else x.tier_since end
          from m where x.shop_id = ${shopId} and x.id = m.id
          returning x.id, m.from_id, x.tier_id, x.pin_tier_id, x.pinned_until
        ), changed as (
          select moved.*, 'EVALUATED' as how, told.held, told.failed from moved join told on told.id = moved.id
        ), noted as (${noteStandings(world, holder, amongst(ids), sql`changed`)})`
}
