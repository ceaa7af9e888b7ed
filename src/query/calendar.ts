import type { DateValue, NamedDate, OffsetUnit } from './tree.ts'

/**
 * A day that the calendar has, from the year 1 on, and a time of it, as a shop's own attribute may hold them. PostgreSQL
 * and JavaScript read these forms alike, and what they let through can be cast without a fear of a failing query.
 */
const DAY_FORM =
  '(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  '|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29)'
const TIME_FORM = 'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]'
const ZONE_FORM = '(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])'

/** A day, or what a wall clock in the shop shows. */
export const WALL_FORM = `^${DAY_FORM}(?:${TIME_FORM})?$`
/** An instant that says its zone itself, as programs write them. */
export const INSTANT_FORM = `^${DAY_FORM}${TIME_FORM}(?:[.][0-9]{1,6})?${ZONE_FORM}$`

const WALL = new RegExp(WALL_FORM)
const WRITTEN_INSTANT = new RegExp(INSTANT_FORM)
const DAY = new RegExp(`^${DAY_FORM}$`)
const TIME = new RegExp(`^${DAY_FORM}${TIME_FORM}$`)
const OFFSET = /^([+-]\d+)([dwmy])$/i
const NAMED: readonly NamedDate[] = ['today', 'yesterday', '7_days_ago', '30_days_ago', '90_days_ago', '12_months_ago']
/** Ten thousand years of each: farther away there is no day to compare with. */
const FARTHEST: Readonly<Record<OffsetUnit, number>> = { d: 3_652_425, w: 521_775, m: 120_000, y: 10_000 }

export const isWallTime = (text: string): boolean => WALL.test(text)
export const isWrittenInstant = (text: string): boolean => WRITTEN_INSTANT.test(text)

/** The date that a text writes, or null if it writes none. */
export function readDate(text: string): DateValue | null {
  if (DAY.test(text)) return { kind: 'day', text }
  if (TIME.test(text)) return { kind: 'time', text }
  const named = NAMED.find((name) => name === text.toLowerCase())
  if (named) return { kind: 'named', text: named }
  const [, count = '', unit = ''] = OFFSET.exec(text) ?? []
  return isUnit(unit.toLowerCase()) ? offset(Number(count), unit.toLowerCase() as OffsetUnit) : null
}

const isUnit = (text: string): text is OffsetUnit => text in FARTHEST

// Adding 0 turns -0 into 0: a tree that went through JSON is the same tree.
const offset = (count: number, unit: OffsetUnit): DateValue | null =>
  Math.abs(count) <= FARTHEST[unit] ? { kind: 'offset', count: count + 0, unit } : null

export const writeDate = (date: DateValue): string =>
  date.kind === 'offset' ? `${date.count < 0 ? '-' : '+'}${Math.abs(date.count)}${date.unit}` : date.text
