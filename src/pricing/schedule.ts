import type { LocalTime } from '../kernel/zone.ts'
import type { Schedule } from './rule.ts'

/** A schedule, compiled: days as bits (day 1 is bit 1), times as minutes of the day; null: any. */
export type Hours = { readonly monthDays: number | null; readonly weekDays: number | null; readonly from: number; readonly until: number }

const MINUTES_A_DAY = 1440

/** Null for a schedule that is not there. All that it gives must match, so one whose end lies before its start never does. */
export function compileSchedule(schedule: Schedule | null): Hours | null {
  if (schedule === null) return null
  return {
    monthDays: schedule.daysOfMonth === undefined ? null : bits(schedule.daysOfMonth),
    weekDays: schedule.daysOfWeek === undefined ? null : bits(schedule.daysOfWeek),
    from: schedule.fromTime === undefined ? 0 : minuteOf(schedule.fromTime),
    until: schedule.untilTime === undefined ? MINUTES_A_DAY : minuteOf(schedule.untilTime),
  }
}

/** Whether a schedule runs when the shop's wall clock shows this. */
export function runsAt(hours: Hours, local: LocalTime): boolean {
  if (hours.monthDays !== null && (hours.monthDays & (1 << local.dayOfMonth)) === 0) return false
  if (hours.weekDays !== null && (hours.weekDays & (1 << local.dayOfWeek)) === 0) return false
  return hours.from <= local.minuteOfDay && local.minuteOfDay < hours.until
}

const bits = (days: readonly number[]): number => days.reduce((set, day) => set | (1 << day), 0)

function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':')
  return Number(hours) * 60 + Number(minutes)
}
