import { Temporal } from 'temporal-polyfill'
import { type Instant, instant } from './clock.ts'

/** A day of the calendar, YYYY-MM-DD. */
export type Day = string & { readonly __unit: 'day' }
/** What a wall clock and a calendar show: day of month 1 to 31, day of week 1 (Monday) to 7, minute of the day 0 to 1439. */
export type LocalTime = { readonly day: Day; readonly dayOfMonth: number; readonly dayOfWeek: number; readonly minuteOfDay: number }

/** What the wall clock of an IANA zone shows at an instant. */
export function localTime(at: Instant, zone: string): LocalTime {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return {
    day: there.toPlainDate().toString() as Day,
    dayOfMonth: there.day,
    dayOfWeek: there.dayOfWeek,
    minuteOfDay: there.hour * 60 + there.minute,
  }
}

/** The instant at which a day begins in a zone: its midnight, or the first moment after a midnight that the clocks skipped. */
export const startOfDay = (day: Day, zone: string): Instant => instant(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)

/** The instant that a wall clock of the zone shows as `YYYY-MM-DDTHH:MM:SS`; of two, the earlier. */
export const localInstant = (text: string, zone: string): Instant =>
  instant(Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)

/** The day some calendar days, weeks, months or years away, clamped to the month's end. */
export const addToDay = (day: Day, count: number, unit: 'days' | 'weeks' | 'months' | 'years'): Day =>
  Temporal.PlainDate.from(day)
    .add({ [unit]: count })
    .toString() as Day

export function isTimeZone(zone: string): boolean {
  try {
    // Offsets such as +08:00 are accepted by Intl too, but they know no summer time and PostgreSQL reads them the other way round.
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}
