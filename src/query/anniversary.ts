import { addToDay, type Day } from '../kernel/zone.ts'
import { date } from './range.ts'
import type { ResolvedAnniversary, YearDays } from './resolved.ts'
import type { AnniversaryClause, Test } from './tree.ts'
import { type Asking, dayOf } from './when.ts'

/** The days from one to another, both included; none if the first is the later. */
type Span = { readonly from: Day; readonly to: Day }

/**
 * An anniversary is the same day of each year; of a 29 February it is the 28th where there is no other. `=` and BETWEEN
 * ask whether it falls on those days, in whichever year; the other comparisons, in the year of the day they name.
 */
export function resolveAnniversary({ attribute, test }: AnniversaryClause, asking: Asking): ResolvedAnniversary {
  const span = spanOf(test, asking)
  return { kind: 'anniversary', attribute, negated: test.op === '!=', days: daysOfYear(span), leapDay: holdsLeapDay(span) }
}

function spanOf(test: Test, asking: Asking): Span {
  if (test.op === 'BETWEEN') {
    const [low, high] = [date(test.low), date(test.high)]
    const [from, to] = [dayOf(low, asking), dayOf(high, asking)]
    // The year of a written day is not meant: the days run on from the first to the second, over the year's end if need be.
    const areWritten = low.kind === 'day' && high.kind === 'day'
    return areWritten ? { from, to: firstOnOrAfter(from, to) } : { from, to }
  }
  if (!('value' in test)) throw new Error(`an anniversary is not asked ${test.op}`)
  const day = dayOf(date(test.value), asking)
  const [first, last] = [`${day.slice(0, 4)}-01-01` as Day, `${day.slice(0, 4)}-12-31` as Day]
  switch (test.op) {
    case '<':
      return { from: first, to: addToDay(day, -1, 'days') }
    case '<=':
      return { from: first, to: day }
    case '>':
      return { from: addToDay(day, 1, 'days'), to: last }
    case '>=':
      return { from: day, to: last }
    default:
      return { from: day, to: day }
  }
}

const inYear = (day: Day, year: number): Day =>
  addToDay(`${String(yearOf(day)).padStart(4, '0')}-${dayOfYear(day)}` as Day, year - yearOf(day), 'years')
const yearOf = (day: Day): number => Number(day.slice(0, 4))
const dayOfYear = (day: Day): string => day.slice(5)

function firstOnOrAfter(from: Day, day: Day): Day {
  const same = inYear(day, yearOf(from))
  return same >= from ? same : inYear(day, yearOf(from) + 1)
}

/** A whole year holds every day; less than one is told by where it begins and ends. */
function daysOfYear({ from, to }: Span): YearDays | null {
  if (from > to) return null
  return addToDay(from, 1, 'years') <= addToDay(to, 1, 'days')
    ? { from: '01-01', to: '12-31' }
    : { from: dayOfYear(from), to: dayOfYear(to) }
}

function holdsLeapDay({ from, to }: Span): boolean {
  if (from > to) return false
  const years = [yearOf(from), yearOf(from) + 1, yearOf(to)].filter((year) => year <= yearOf(to))
  // 2000 had a 29 February; added years clamp it to the 28th.
  return years.map((year) => addToDay('2000-02-29' as Day, year - 2000, 'years')).some((day) => day >= from && day <= to)
}

export const isOnDays = (day: string, { days, leapDay }: Pick<ResolvedAnniversary, 'days' | 'leapDay'>): boolean =>
  day === '02-29' ? leapDay : days !== null && isBetween(day, days)

export const isBetween = (day: string, { from, to }: YearDays): boolean =>
  from <= to ? from <= day && day <= to : from <= day || day <= to
