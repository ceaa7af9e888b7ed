import { Temporal } from 'temporal-polyfill'
import { DAY_MS, type Instant, instant } from './clock.ts'

const MINUTE_MS = 60_000

/** Between two instants a zone's clocks stay ahead of UTC by the same: `until` is the first instant at which they do not. */
export type Stretch = { readonly from: number; readonly until: number; readonly offsetMs: number }

/**
 * The wall clock of one IANA zone, for many questions: between two changes of the clocks a local time is the instant and a
 * constant. Days are counted from 1970-01-01, minutes from Monday's midnight.
 */
export type WallClock = { readonly zone: string; readonly stretchAt: (at: number) => Stretch }

export function wallClock(zone: string): WallClock {
  const known: Stretch[] = []
  const stretchAt = (at: number): Stretch => {
    const found = known.find(({ from, until }) => from <= at && at < until)
    if (found !== undefined) return found
    const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
    // The transition before an instant that is one itself would be that one's predecessor.
    const before = Temporal.Instant.fromEpochMilliseconds(at + 1)
      .toZonedDateTimeISO(zone)
      .getTimeZoneTransition('previous')
    const stretch = {
      from: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      until: there.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offsetMs: there.offsetNanoseconds / 1e6,
    }
    known.push(stretch)
    return stretch
  }
  return { zone, stretchAt }
}

/** The day that a wall clock shows: 0 is 1970-01-01. */
export const dayNumberAt = (clock: WallClock, at: number): number => Math.floor((at + clock.stretchAt(at).offsetMs) / DAY_MS)

/** The minute of the week that a wall clock shows: 0 is Monday 00:00, 10,079 Sunday 23:59. */
export function minuteOfWeekAt(clock: WallClock, at: number): number {
  const minute = Math.floor((at + clock.stretchAt(at).offsetMs) / MINUTE_MS)
  // 1970-01-01 was a Thursday.
  return modulo(minute + 3 * 1_440, 10_080)
}

export const modulo = (value: number, by: number): number => ((value % by) + by) % by

/** The instant itself, or the next whole minute. */
export const wholeMinute = (at: number): Instant => instant(Math.ceil(at / MINUTE_MS) * MINUTE_MS)
