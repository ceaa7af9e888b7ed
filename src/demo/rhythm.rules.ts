import { DAY_MS, type Instant } from '../kernel/clock.ts'
import { type Day, localInstant, localTime } from '../kernel/zone.ts'
import type { Random } from './random.rules.ts'

/** How much is bought in each month: spring festival empties February, 618 and double eleven fill June and November. */
const MONTHS = [0.9, 0.6, 1, 1, 1.05, 1.35, 0.95, 0.95, 1.1, 1, 1.6, 1.1] as const

export const BUSIEST_SEASON = Math.max(...MONTHS)

type Week = { readonly days: readonly number[]; readonly hours: readonly number[] }

/** Monday to Sunday, and the hours from midnight on: people buy for themselves in the evening and at weekends. */
const AT_HOME: Week = {
  days: [1, 0.95, 0.95, 1, 1, 1.25, 1.3],
  hours: [2, 1, 0.5, 0.3, 0.3, 0.5, 1, 2, 3, 4, 5, 5, 6, 5, 4, 4, 4, 5, 6, 8, 10, 11, 9, 5],
}
const AT_WORK: Week = {
  days: [1.2, 1.2, 1.15, 1.1, 1, 0.12, 0.05],
  hours: [0, 0, 0, 0, 0, 0, 0, 0.3, 2, 8, 10, 9, 3, 6, 9, 9, 8, 6, 2, 1, 0.5, 0.2, 0.1, 0],
}

const NEARBY = [-3, -2, -1, 0, 1, 2, 3] as const

/** When somebody who would buy at about this instant does: on a day near it that suits, at an hour that suits, in the shop's zone. */
export function moment(dice: Random, about: Instant, zone: string, atWork: boolean): Instant {
  const week = atWork ? AT_WORK : AT_HOME
  const offset = dice.weighted(NEARBY, (days) => weightOf(about, days, zone, week))
  const { day } = localTime((about + offset * DAY_MS) as Instant, zone)
  const hour = dice.weighted(
    week.hours.map((weight, at) => ({ weight, at })),
    (one) => one.weight,
  ).at
  return atTime(day, hour, dice, zone)
}

function weightOf(about: Instant, days: number, zone: string, week: Week): number {
  const { day, dayOfWeek } = localTime((about + days * DAY_MS) as Instant, zone)
  return (week.days[dayOfWeek - 1] ?? 1) * monthOf(day) * saleDay(day)
}

/** How much is bought at that time of the year; 1 is usual. */
export const season = (at: Instant, zone: string): number => monthOf(localTime(at, zone).day)

const monthOf = (day: Day): number => MONTHS[Number(day.slice(5, 7)) - 1] ?? 1

/** The two big sale days draw the orders of their whole week. */
const saleDay = (day: Day): number => (day.endsWith('-11-11') ? 6 : day.endsWith('-06-18') ? 4 : 1)

function atTime(day: Day, hour: number, dice: Random, zone: string): Instant {
  const two = (value: number) => String(value).padStart(2, '0')
  return localInstant(`${day}T${two(hour)}:${two(dice.whole(0, 59))}:${two(dice.whole(0, 59))}`, zone)
}
