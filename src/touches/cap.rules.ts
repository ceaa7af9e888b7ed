import { DAY_MS } from '../kernel/clock.ts'
import { dayNumberAt, type WallClock } from '../kernel/wall-clock.ts'
import type { Cap, CapWindow, TouchPolicy } from './policy.model.ts'
import type { Purpose, TouchChannel } from './touch.model.ts'

/** A touch as caps count it: one that was made, or one that waits and goes first. */
export type Counted = { readonly at: number; readonly channel: TouchChannel; readonly purpose: Purpose; readonly byHand: boolean }

type Counting = Pick<TouchPolicy, 'uncountedChannels' | 'countManual'>

/** Whether a cap is about touches of this kind: those that it lets through, and those that it counts. */
export const isAbout = (policy: Counting, cap: Cap, channel: TouchChannel, purpose: Purpose): boolean =>
  cap.purposes.includes(purpose) && (cap.channels === null ? !policy.uncountedChannels.includes(channel) : cap.channels.includes(channel))

export const isCounted = (policy: Counting, cap: Cap, touch: Counted): boolean =>
  isAbout(policy, cap, touch.channel, touch.purpose) && (policy.countManual || !touch.byHand)

/** Whether one more at this instant is within the cap; `times`: of those that it counts, in any order. */
export function fits({ most, window }: Cap, times: readonly number[], clock: WallClock, at: number): boolean {
  return times.filter((time) => isWith(window, clock, time, at)).length < most
}

/** The first instant from this one on at which one more is within the cap; null when there is none within a year and some. */
export function firstFit(cap: Cap, times: readonly number[], clock: WallClock, from: number): number | null {
  if (cap.most === 0) return null
  for (let at = from; at <= from + HORIZON_MS; at = nextChange(cap.window, times, clock, at)) if (fits(cap, times, clock, at)) return at
  return null
}

export const HORIZON_MS = 400 * DAY_MS

/** Whether two instants are in one window, whichever of the two comes first. */
function isWith(window: CapWindow, clock: WallClock, time: number, at: number): boolean {
  if (window.kind === 'ROLLING') return Math.abs(time - at) < window.days * DAY_MS
  return unitOf(window.unit, dayNumberAt(clock, time)) === unitOf(window.unit, dayNumberAt(clock, at))
}

/** When it may be otherwise: one that is counted now is no more, or another day, week or month begins. */
function nextChange(window: CapWindow, times: readonly number[], clock: WallClock, at: number): number {
  if (window.kind === 'ROLLING') {
    const length = window.days * DAY_MS
    return Math.min(...times.map((time) => time + length).filter((left) => left > at))
  }
  const { until, offsetMs } = clock.stretchAt(at)
  return Math.min(until, nextUnit(window.unit, dayNumberAt(clock, at)) * DAY_MS - offsetMs)
}

type Unit = Extract<CapWindow, { kind: 'CALENDAR' }>['unit']

/** The number of the day, week or month that a day is in. 1970-01-01 was a Thursday. */
function unitOf(unit: Unit, day: number): number {
  if (unit === 'DAY') return day
  if (unit === 'WEEK') return Math.floor((day + 3) / 7)
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** The day on which the next one begins. */
function nextUnit(unit: Unit, day: number): number {
  const next = unitOf(unit, day) + 1
  if (unit === 'DAY') return next
  return unit === 'WEEK' ? next * 7 - 3 : Date.UTC(Math.floor(next / 12), next % 12, 1) / DAY_MS
}
