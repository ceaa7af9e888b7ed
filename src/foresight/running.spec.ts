import { expect, test } from 'vitest'
import { type Instant, instant } from '../kernel/clock.ts'
import { firstRun, isRunning } from './running.rules.ts'

const at = (text: string): Instant => instant(new Date(text))
const shown = (found: Instant | null) => (found === null ? null : new Date(found).toISOString())
const NOW = at('2026-05-06T10:30:00Z')
const ALWAYS = { validFrom: null, validUntil: null, schedule: null }

// A Wednesday in Berlin, where it is 12:30.
test.each([
  ['at once without limits', ALWAYS, '2026-05-06T10:30:00.000Z'],
  ['when it begins', { ...ALWAYS, validFrom: at('2026-06-01T00:00:00Z') }, '2026-06-01T00:00:00.000Z'],
  ['at once within its hours', { ...ALWAYS, schedule: { fromTime: '12:00', untilTime: '13:00' } }, '2026-05-06T10:30:00.000Z'],
  ['today when its hours come', { ...ALWAYS, schedule: { fromTime: '14:00' } }, '2026-05-06T12:00:00.000Z'],
  ['tomorrow when they are over', { ...ALWAYS, schedule: { untilTime: '12:30' } }, '2026-05-06T22:00:00.000Z'],
  ['on the next Friday', { ...ALWAYS, schedule: { daysOfWeek: [5], fromTime: '09:30' } }, '2026-05-08T07:30:00.000Z'],
  ['on a Monday that is a 29th', { ...ALWAYS, schedule: { daysOfMonth: [29], daysOfWeek: [1] } }, '2026-06-28T22:00:00.000Z'],
  ['never before its day comes', { ...ALWAYS, validUntil: at('2026-05-07T21:59:59Z'), schedule: { daysOfWeek: [5] } }, null],
  ['never after its end', { ...ALWAYS, validUntil: NOW }, null],
])('a rule runs %s', (_, terms, first) => {
  expect(shown(firstRun(terms, 'Europe/Berlin', NOW))).toBe(first)
})

test('what a rule first runs at is a time at which it runs, and so is none just before', () => {
  const terms = {
    ...ALWAYS,
    schedule: { daysOfMonth: [31], fromTime: '08:00' },
    code: 'x',
    name: 'x',
    priority: 0,
    audience: null,
    scope: null,
  }
  const first = firstRun(terms, 'Asia/Shanghai', NOW)
  expect(shown(first)).toBe('2026-05-31T00:00:00.000Z')
  expect(isRunning(terms, 'Asia/Shanghai', first as Instant)).toBe(true)
  expect(isRunning(terms, 'Asia/Shanghai', instant((first as Instant) - 1))).toBe(false)
})
