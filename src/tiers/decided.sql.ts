import type { RawBuilder } from 'kysely'
import { customerSource, isPinned } from '../segments/source.sql.ts'
import { asUuids, atInstant, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Holder, Level, Levels } from './level.sql.ts'

/** A company as conditions ask it: `s` is what its people bought together, `c` what it is as a customer. */
const companySource = sql`company co
  left join lateral (
    select sum(bought.number_of_orders) as number_of_orders, sum(bought.amount_spent) as amount_spent,
           max(bought.largest_order_amount) as largest_order_amount, min(bought.first_order_at) as first_order_at,
           max(bought.last_order_at) as last_order_at, sum(bought.margin_earned) as margin_earned
    from customer person join customer_statistics bought on bought.shop_id = person.shop_id and bought.customer_id = person.id
    where person.shop_id = co.shop_id and person.company_id = co.id) s on true
  cross join lateral (select 'ENTERPRISE'::text as kind, null::text as industry) c`

type Rows = {
  readonly source: (world: World) => RawBuilder<unknown>
  readonly row: 'c' | 'co'
  readonly alive: RawBuilder<unknown>
}

const ROWS: Readonly<Record<Holder, Rows>> = {
  CUSTOMER: { source: ({ now }) => customerSource(now), row: 'c', alive: sql`c.merged_into is null` },
  COMPANY: { source: () => companySource, row: 'co', alive: sql`true` },
}

/** The tables of a holder, and which of them there are. */
export const rowsOfHolder = (holder: Holder): Rows => ROWS[holder]

export type Evaluated = {
  readonly holder: Holder
  readonly programme: Levels
  /** Null: everybody; STAGED: those whom `stageMoves` found in this transaction. */
  readonly ids: readonly string[] | 'STAGED' | null
  /** False: who has failed long enough stays yet, until everybody is evaluated. */
  readonly mayFall: boolean
}

/**
 * The last of these is `decided`: of everybody who is not pinned the tier that they have (`from_id`) and the one that they are to
 * have (`to_id`), since when they fail (`failing`, `failing_since`), and whether it is qualification that holds. Each condition
 * is worked out once a row. What it decides is what `nextStanding` in standing.rules.ts says of one.
 */
export function decided(world: World, evaluated: Evaluated): RawBuilder<unknown> {
  const { programme, mayFall } = evaluated
  const { levels } = programme
  const now = atInstant(world.now)
  const tierIds = asUuids(levels.map(({ tier }) => tier.id))
  const graces = sql`${levels.map(({ tier }) => tier.graceDays)}::integer[]`
  const lands = sql`${levels.map((level) => level.enters !== null)}::boolean[]`
  const isOver = mayFall ? sql`coalesce(failing, ${now}) + make_interval(hours => 24 * (${graces})[own]) <= ${now}` : sql`false`
  return sql`asked as materialized (
      select *, array_position(${tierIds}, from_id) as own from (${asked(world, evaluated)}) holder
    ), placed as (
      select *, array_position(enters, true) as best, own is not null and (enters[own] or keeps[own]) as stays from asked
    ), judged as (
      select *, own is null or coalesce(best < own, false) as rises, own is not null and not stays and ${isOver} as falls from placed
    ), decided as (
      select id, from_id, failing,
             case when rises then (${tierIds})[best] when falls then (${tierIds})[place] else from_id end as to_id,
             case when rises or stays or falls then null else coalesce(failing, ${now}) end as failing_since,
             coalesce(enters[case when rises then best else place end], false) as qualifies, falls and not rises as falls
      from judged cross join lateral (
        select min(i) as place from generate_subscripts(enters, 1) i where falls and not rises and i > own and (${lands})[i] and (enters[i] or keeps[i])
      ) below
    )`
}

/** Of everybody who is not pinned what they have and which conditions hold, in the order of the levels; each is worked out once. */
export function asked(world: World, { holder, programme, ids }: Omit<Evaluated, 'mayFall'>): RawBuilder<unknown> {
  const { source, row, alive } = rowsOfHolder(holder)
  const { levels, joins } = programme
  const name = sql.raw(row)
  return sql`select ${name}.id, ${name}.tier_id as from_id, ${name}.tier_failing_since as failing,
      ${flags(levels.map((level) => level.enters ?? sql`false`))} as enters,
      ${flags(levels.map((level, i) => sql`(${hasAtLeast(levels, i, name)} and ${kept(level)})`))} as keeps
    from ${source(world)} ${joins}
    where ${name}.shop_id = ${world.shopId} and ${alive} and not ${isPinned(row, world.now)}
      ${ids === null ? sql`` : sql`and ${name}.id = any(${amongst(ids)})`}`
}

/** What stands behind `= any`. */
export const amongst = (ids: readonly string[] | 'STAGED'): RawBuilder<unknown> =>
  ids === 'STAGED' ? sql`select id from tier_mover` : asUuids(ids)

const flags = (conditions: readonly RawBuilder<unknown>[]) => sql`array[${sql.join(conditions)}]::boolean[]`

const kept = ({ keeps }: Level) => (keeps === 'ALWAYS' ? sql`true` : keeps === 'NOTHING' ? sql`false` : keeps)

/** Whether the tier that somebody has is this one or a higher one: nobody else can be kept in it, or land there. */
const hasAtLeast = (levels: readonly Level[], i: number, row: RawBuilder<unknown>) =>
  sql`coalesce(${row}.tier_id = any(${asUuids(levels.slice(0, i + 1).map(({ tier }) => tier.id))}), false)`

/** What somebody moved for: the condition that lets them be where they are now, and the one that they failed; on a holder's rows and `m`. */
export function reasons(levels: readonly Level[]): RawBuilder<unknown> {
  const by = (column: 'to_id' | 'from_id', reason: (level: Level) => RawBuilder<unknown> | null) => {
    const cases = levels.flatMap((level) => {
      const told = reason(level)
      return told === null ? [] : [sql`when ${level.tier.id}::uuid then ${told}`]
    })
    return cases.length === 0 ? sql`null::jsonb` : sql`case m.${sql.raw(column)} ${sql.join(cases, sql` `)} end`
  }
  return sql`case when m.qualifies then ${by('to_id', ({ reasons: { toEnter } }) => toEnter)} else ${by('to_id', ({ reasons: { toKeep } }) => toKeep)} end as held,
    case when m.falls then ${by('from_id', ({ reasons: { toEnter, toKeep } }) => toKeep ?? toEnter)} end as failed`
}
