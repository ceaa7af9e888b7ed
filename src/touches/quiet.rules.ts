import { type Instant, instant } from '../kernel/clock.ts'
import { minuteOfWeekAt, modulo, type WallClock } from '../kernel/wall-clock.ts'
import type { TouchPolicy } from './policy.model.ts'
import type { Purpose, TouchChannel } from './touch.model.ts'

const DAY = 1_440
const WEEK = 7 * DAY
const MINUTE_MS = 60_000
const NEVER = -1

/** For each minute of a week how many minutes later one comes at which something may be sent: 0 at once, -1 never. */
export type QuietWeek = Int16Array

/** The week of one channel and purpose. */
export function quietWeek({ quietHours }: Pick<TouchPolicy, 'quietHours'>, channel: TouchChannel, purpose: Purpose): QuietWeek {
  const quiet = new Uint8Array(WEEK)
  for (const { channels, purposes, from, until, weekdays } of quietHours) {
    if (!channels.includes(channel) || !purposes.includes(purpose)) continue
    const length = modulo(until - from, DAY) || DAY
    for (const day of weekdays ?? [1, 2, 3, 4, 5, 6, 7]) {
      const begins = (day - 1) * DAY + from
      for (let minute = begins; minute < begins + length; minute++) quiet[minute % WEEK] = 1
    }
  }
  const ahead = new Int16Array(WEEK).fill(NEVER)
  // Twice round from behind: the last minutes of Sunday wait for Monday's.
  for (let minute = 2 * WEEK - 1, wait = NEVER; minute >= 0; minute--) {
    wait = quiet[minute % WEEK] === 0 ? 0 : wait === NEVER ? NEVER : wait + 1
    if (minute < WEEK) ahead[minute] = wait
  }
  return ahead
}

/**
 * The instant itself, or the first minute after it at which it is not quiet by the customer's wall clock; null: it always is.
 * Where clocks are put on or back, the quiet that a clock does not show is over and the one that it shows twice is kept twice.
 */
export function firstLoud(week: QuietWeek, clock: WallClock, from: Instant): Instant | null {
  for (let at: number = from; ; ) {
    const wait = week[minuteOfWeekAt(clock, at)] ?? NEVER
    if (wait === 0) return instant(at)
    if (wait === NEVER) return null
    const { until, offsetMs } = clock.stretchAt(at)
    const loud = Math.floor((at + offsetMs) / MINUTE_MS + wait) * MINUTE_MS - offsetMs
    if (loud < until) return instant(loud)
    at = until
  }
}
