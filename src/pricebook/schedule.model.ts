import { type Problem, within } from '../kernel/problem.ts'
import type { Schedule } from '../pricing/rule.ts'
import { bad, eachFault, firstOf, type Optional } from './checks.model.ts'

/** A schedule as it is asked for; what is null is as good as absent. */
export type WantedSchedule = { readonly [Field in keyof Schedule]?: Optional<Schedule[Field]> }

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const DAY_BEGINS = '00:00'
const DAY_ENDS = '24:00'

export function scheduleFault(schedule: Optional<WantedSchedule>): Problem | null {
  if (schedule === null || schedule === undefined) return null
  const { fromTime, untilTime } = schedule
  const fault = firstOf(
    daysFault(schedule.daysOfMonth, 31, 'daysOfMonth'),
    daysFault(schedule.daysOfWeek, 7, 'daysOfWeek'),
    fromTime != null && !TIME.test(fromTime) ? bad('fromTime must be a time of the day, 00:00 to 23:59.', 'fromTime') : null,
    untilTime != null && !TIME.test(untilTime) && untilTime !== DAY_ENDS
      ? bad('untilTime must be a time of the day, 00:01 to 24:00.', 'untilTime')
      : null,
    hoursFault(fromTime ?? DAY_BEGINS, untilTime ?? DAY_ENDS),
  )
  return fault && within(fault, 'schedule')
}

function daysFault(days: Optional<readonly number[]>, last: number, field: 'daysOfMonth' | 'daysOfWeek'): Problem | null {
  if (days === null || days === undefined) return null
  if (days.length === 0) return bad(`${field} is empty: leave it out.`, field)
  return eachFault(days, field, (day) => (day >= 1 && day <= last ? null : bad(`${field} are from 1 to ${last}.`)))
}

/** Times of one form compare as text. Both must match on the same day, so hours that pass midnight never come. */
const hoursFault = (from: string, until: string): Problem | null =>
  from < until ? null : bad('untilTime must be after fromTime: hours that pass midnight are two rules, one each side of it.', 'untilTime')

/** The schedule as it is kept: what is absent is not there, each day once; null when it says nothing. */
export function tidySchedule(schedule: Optional<WantedSchedule>): Schedule | null {
  if (schedule === null || schedule === undefined) return null
  const { daysOfMonth, daysOfWeek, fromTime, untilTime } = schedule
  const tidy: Schedule = {
    ...(daysOfMonth == null ? {} : { daysOfMonth: [...new Set(daysOfMonth)] }),
    ...(daysOfWeek == null ? {} : { daysOfWeek: [...new Set(daysOfWeek)] }),
    ...(fromTime == null ? {} : { fromTime }),
    ...(untilTime == null ? {} : { untilTime }),
  }
  return Object.keys(tidy).length === 0 ? null : tidy
}
