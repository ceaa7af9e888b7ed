import { isBetween } from './anniversary.ts'
import { INSTANT_FORM, WALL_FORM } from './calendar.ts'
import { all, any, raw, type SqlFragment, sql } from './fragment.ts'
import { BIRTH_DATE } from './free.ts'
import type { DateRange, FreeMatch, ResolvedAnniversary, ResolvedTest } from './resolved.ts'
import { inDecimals, inRanges, instantBound } from './sql.range.ts'

const wall = raw(`'${WALL_FORM}'`)
const written = raw(`'${INSTANT_FORM}'`)

/** A shop's own attribute, compared as what it is: each case looks at the value's own type before it casts it. */
export function freeHolds(name: string, test: ResolvedTest): SqlFragment {
  if (test.kind === 'null') return sql`coalesce(jsonb_typeof(c.attributes -> ${name}::text), 'null') = 'null'`
  if (test.kind !== 'free') throw new Error(`attributes.${name} is not compared by ${test.kind}`)
  return any(test.any.map((match) => matchHolds(name, match)))
}

function matchHolds(name: string, match: FreeMatch): SqlFragment {
  switch (match.kind) {
    case 'text':
      return contains(name, match.text)
    case 'boolean':
      return contains(name, match.value)
    case 'number':
      return sql`(case when jsonb_typeof(c.attributes -> ${name}::text) = 'number' then ${inDecimals(sql`(c.attributes ->> ${name}::text)::numeric`, [match.range], null)} else false end)`
    case 'date':
      return dateHolds(sql`(c.attributes ->> ${name}::text)`, match.range)
  }
}

/** Containment, which a GIN index over the attributes serves. */
const contains = (name: string, value: string | boolean): SqlFragment =>
  sql`c.attributes @> ${JSON.stringify({ [name]: value })}::text::jsonb`

/** A day or a wall clock's time is compared as it is written, an instant with a zone as the instant it is. */
function dateHolds(value: SqlFragment, range: DateRange): SqlFragment {
  const clock = sql`(case when length(${value}) = 10 then ${value} || 'T00:00:00' else ${value} end) collate "C"`
  const onTheWall = all([
    ...(range.wallFrom === null ? [] : [sql`${clock} >= ${range.wallFrom}`]),
    ...(range.wallUntil === null ? [] : [sql`${clock} < ${range.wallUntil}`]),
  ])
  const asInstant = inRanges(sql`${value}::timestamptz`, [range], 'NEVER', instantBound)
  return sql`(case when ${value} ~ ${wall} then ${onTheWall} when ${value} ~ ${written} then ${asInstant} else false end)`
}

/** The day of the year, MM-DD, lies among the days. */
export function anniversaryHolds({ attribute, days, leapDay }: ResolvedAnniversary): SqlFragment {
  if (days === null) return raw('false')
  const value = sql`(c.attributes ->> ${attribute}::text)`
  const put = sql`(case when ${value} ~ ${wall} then substr(${value}, 6, 5) end)`
  const day = attribute === BIRTH_DATE ? sql`coalesce(to_char(c.birth_date::timestamp, 'MM-DD'), ${put})` : put
  const sorted = sql`${day} collate "C"`
  const ends = [sql`${sorted} >= ${days.from}`, sql`${sorted} <= ${days.to}`]
  const among = days.from <= days.to ? all(ends) : any(ends)
  const hasLeapDay = isBetween('02-29', days)
  const corrected = hasLeapDay === leapDay ? among : leapDay ? any([among, sql`${day} = '02-29'`]) : all([among, sql`${day} <> '02-29'`])
  return sql`(${day} is not null and ${corrected})`
}
