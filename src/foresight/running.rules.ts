import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { addToDay, localInstant, localTime } from '../kernel/zone.ts'
import type { RuleTerms } from '../pricing/rule.ts'
import { compileSchedule, runsAt } from '../pricing/schedule.ts'

/** Some four years: a 29 February, and any day of the month on any day of the week, come up in them. */
const DAYS_AHEAD = 1_500

/** The first instant from now on at which a rule runs; null when there is none. */
export function firstRun(terms: Pick<RuleTerms, 'validFrom' | 'validUntil' | 'schedule'>, timeZone: string, now: Instant): Instant | null {
  const from = instant(Math.max(now, terms.validFrom ?? now))
  const until = terms.validUntil ?? Number.POSITIVE_INFINITY
  if (from >= until) return null
  const hours = compileSchedule(terms.schedule)
  if (hours === null || runsAt(hours, localTime(from, timeZone))) return from
  const today = localTime(from, timeZone)
  const start = `${String(Math.floor(hours.from / 60)).padStart(2, '0')}:${String(hours.from % 60).padStart(2, '0')}:00`
  const last = Math.min(DAYS_AHEAD, Math.ceil((until - from) / DAY_MS) + 1)
  for (let ahead = 0; ahead <= last; ahead++) {
    const day = addToDay(today.day, ahead, 'days')
    const at = localInstant(`${day}T${start}`, timeZone)
    if (at < from) continue
    if (at >= until) return null
    if (runsAt(hours, localTime(at, timeZone))) return at
  }
  return null
}

/** Whether a rule runs at an instant, by its window and its schedule. */
export function isRunning(terms: RuleTerms, timeZone: string, at: Instant): boolean {
  if (terms.validFrom !== null && at < terms.validFrom) return false
  if (terms.validUntil !== null && at >= terms.validUntil) return false
  return terms.schedule === null || runsAt(compileSchedule(terms.schedule) ?? ALWAYS, localTime(at, timeZone))
}

const ALWAYS = { monthDays: null, weekDays: null, from: 0, until: 1_440 } as const
