import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from './clock.ts'
import { dayNumberAt, minuteOfWeekAt, wallClock } from './wall-clock.ts'
import { localTime } from './zone.ts'

const ZONES = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'America/Havana', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC']
const anInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) })

test('a wall clock shows what the calendar of its zone shows, at whatever instants it is asked one after another', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.array(anInstant, { minLength: 1, maxLength: 20 }), (zone, instants) => {
      const clock = wallClock(zone)
      for (const at of instants) {
        const there = localTime(instant(at), zone)
        expect(new Date(dayNumberAt(clock, at) * 86_400_000).toISOString().slice(0, 10)).toBe(there.day)
        expect(minuteOfWeekAt(clock, at)).toBe((there.dayOfWeek - 1) * 1_440 + there.minuteOfDay)
      }
    }),
  )
})

test('it keeps to the instant at which the clocks change', () => {
  const clock = wallClock('America/New_York')
  const spring = Date.UTC(2026, 2, 8, 7)
  expect([spring - 1, spring, spring + 1].map((at) => minuteOfWeekAt(clock, at) % 1_440)).toEqual([119, 180, 180])
  const autumn = Date.UTC(2026, 10, 1, 6)
  expect([autumn - 1, autumn].map((at) => minuteOfWeekAt(clock, at) % 1_440)).toEqual([119, 60])
})
