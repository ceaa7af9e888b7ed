import type { Absent } from './column.ts'
import { figureAt } from './decimal-range.ts'
import { all, any, raw, type SqlFragment, sql } from './fragment.ts'
import { isIn } from './range.ts'
import type { DecimalBound, DecimalRange, Range } from './resolved.ts'

/** How a bound is written for the database: the cast says its type, so that a driver need not guess. */
type Write = (bound: number) => SqlFragment
export const wholeBound: Write = (bound) => sql`${String(bound)}::bigint`
export const instantBound: Write = (bound) => sql`${new Date(bound).toISOString()}::timestamptz`

/** The column lies in one of the ranges; never null. What stands where nothing is decides what an absent one answers. */
export function inRanges(column: SqlFragment, ranges: readonly Range[], absent: Absent, write: Write): SqlFragment {
  const isInOne = any(ranges.map((range) => inRange(column, range, write)))
  if (absent === 'NEVER') return isInOne
  const isAbsentIn = absent !== null && ranges.some((range) => isIn(absent, range))
  // Apart from the condition proper, not around it as coalesce would be, so that an index still serves.
  return isAbsentIn ? sql`(${column} is null or ${isInOne})` : sql`(${column} is not null and ${isInOne})`
}

function inRange(column: SqlFragment, { from, until }: Range, write: Write): SqlFragment {
  if (from !== null && until !== null && from >= until) return raw('false')
  if (from !== null && until === from + 1) return sql`${column} = ${write(from)}`
  return all([...(from === null ? [] : [sql`${column} >= ${write(from)}`]), ...(until === null ? [] : [sql`${column} < ${write(until)}`])])
}

/** For values that are not whole; `times` multiplies a bound out, where the value is a quotient of two columns. */
export function inDecimals(column: SqlFragment, ranges: readonly DecimalRange[], times: SqlFragment | null): SqlFragment {
  const bound = ({ at }: DecimalBound) => (times ? sql`${at}::numeric * ${times}` : sql`${at}::numeric`)
  const ends = ({ from, until }: DecimalRange) => [
    ...(from === null ? [] : [sql`${column} ${raw(from.included ? '>=' : '>')} ${bound(from)}`]),
    ...(until === null ? [] : [sql`${column} ${raw(until.included ? '<=' : '<')} ${bound(until)}`]),
  ]
  return any(ranges.map((range) => all(ends(range))))
}

/** For figures of 64 bits, which an index serves as they are. */
export function inFigures(column: SqlFragment, ranges: readonly DecimalRange[]): SqlFragment {
  const bound = ({ at }: DecimalBound) => sql`${String(figureAt(at))}::double precision`
  const ends = ({ from, until }: DecimalRange) => [
    ...(from === null ? [] : [sql`${column} ${raw(from.included ? '>=' : '>')} ${bound(from)}`]),
    ...(until === null ? [] : [sql`${column} ${raw(until.included ? '<=' : '<')} ${bound(until)}`]),
  ]
  return any(ranges.map((range) => all(ends(range))))
}
