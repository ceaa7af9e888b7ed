import type { Instant } from '../kernel/clock.ts'
import { addToDay, type Day, localInstant, localTime, startOfDay } from '../kernel/zone.ts'
import type { DateRange } from './resolved.ts'
import type { DateValue, NamedDate } from './tree.ts'

/** When and where a query is asked: its dates are days of this zone, its amounts major units of a currency with so many digits. */
export type Asking = { readonly at: Instant; readonly timeZone: string; readonly currencyDigits: number }

/** The days that both the database and the calendar can write; beyond them a bound is no bound. */
const FIRST_DAY = '0001-01-01' as Day
const LAST_DAY = '9999-12-31' as Day
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

const NAMED: Readonly<Record<NamedDate, readonly [number, 'days' | 'months']>> = {
  today: [0, 'days'],
  yesterday: [-1, 'days'],
  '7_days_ago': [-7, 'days'],
  '30_days_ago': [-30, 'days'],
  '90_days_ago': [-90, 'days'],
  '12_months_ago': [-12, 'months'],
}
const UNITS = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const

/** The time that a date takes up: a whole day of the shop's, or one millisecond, the shortest that an instant is known by. */
export function timeOf(date: DateValue, asking: Asking): DateRange {
  if (date.kind === 'time') {
    const from = localInstant(date.text, asking.timeZone)
    return bounded({ from, until: from + 1, wallFrom: date.text, wallUntil: `${date.text}.001` })
  }
  const day = dayOf(date, asking)
  const next = addToDay(day, 1, 'days')
  return bounded({
    from: startOfDay(day, asking.timeZone),
    until: startOfDay(next, asking.timeZone),
    wallFrom: `${day}T00:00:00`,
    wallUntil: isWritable(next) ? `${next}T00:00:00` : null,
  })
}

/** The day of the shop's calendar that a date names or lies on. */
export function dayOf(date: DateValue, { at, timeZone }: Asking): Day {
  if (date.kind === 'day' || date.kind === 'time') return date.text.slice(0, 10) as Day
  const today = localTime(at, timeZone).day
  const [count, unit] = date.kind === 'named' ? NAMED[date.text] : ([date.count, UNITS[date.unit]] as const)
  const day = addToDay(today, count, unit)
  return isWritable(day) ? day : day.startsWith('+') ? LAST_DAY : FIRST_DAY
}

const isWritable = (day: Day): boolean => day >= FIRST_DAY && day <= LAST_DAY

const bounded = (range: DateRange): DateRange => ({
  ...range,
  from: range.from === null || range.from <= FIRST ? null : Math.min(range.from, LAST),
  until: range.until === null || range.until >= LAST ? null : Math.max(range.until, FIRST),
})
