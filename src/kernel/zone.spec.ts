import { expect, test } from 'vitest'
import { instant } from './clock.ts'
import { addToDay, type Day, isTimeZone, localInstant, localTime, startOfDay } from './zone.ts'

const utc = (text: string) => instant(Date.parse(text))
const day = (text: string) => text as Day

test('a wall clock shows the day, its place in week and month, and the minute', () => {
  expect(localTime(utc('2026-03-01T16:59:59.999Z'), 'Asia/Shanghai')).toEqual({
    day: '2026-03-02',
    dayOfMonth: 2,
    dayOfWeek: 1,
    minuteOfDay: 59,
  })
  expect(localTime(utc('2026-03-01T15:30:00Z'), 'UTC')).toEqual({ day: '2026-03-01', dayOfMonth: 1, dayOfWeek: 7, minuteOfDay: 930 })
})

test('a day begins at its midnight there, or where the clocks skipped it, at the first moment after', () => {
  expect(startOfDay(day('2026-01-01'), 'Asia/Shanghai')).toBe(utc('2025-12-31T16:00:00Z'))
  // On 2018-11-04 clocks in São Paulo went from 00:00 to 01:00.
  expect(startOfDay(day('2018-11-04'), 'America/Sao_Paulo')).toBe(utc('2018-11-04T03:00:00Z'))
})

test('of two instants that a wall clock shows alike the earlier is meant, and a skipped time is as long after midnight as it says', () => {
  expect(localInstant('2026-10-25T01:30:00', 'Europe/London')).toBe(utc('2026-10-25T00:30:00Z'))
  expect(localInstant('2026-03-29T01:30:00', 'Europe/London')).toBe(utc('2026-03-29T01:30:00Z'))
})

test('months and years are clamped to the end of the month', () => {
  expect(addToDay(day('2026-03-31'), -1, 'months')).toBe('2026-02-28')
  expect(addToDay(day('2024-02-29'), 1, 'years')).toBe('2025-02-28')
  expect(addToDay(day('2026-12-31'), 1, 'days')).toBe('2027-01-01')
  expect(addToDay(day('2026-01-01'), -2, 'weeks')).toBe('2025-12-18')
})

test.each([
  ['Asia/Shanghai', true],
  ['UTC', true],
  ['+08:00', false],
  ['Mars/Olympus', false],
  ['', false],
])('whether %s is a time zone: %s', (zone, expected) => {
  expect(isTimeZone(zone)).toBe(expected)
})
