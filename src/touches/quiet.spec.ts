import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Instant, instant } from '../kernel/clock.ts'
import { wallClock, wholeMinute } from '../kernel/wall-clock.ts'
import { localTime } from '../kernel/zone.ts'
import { aMoment, quietHours, ZONES } from './cases/world.ts'
import type { QuietHours } from './policy.model.ts'
import { firstLoud, quietWeek } from './quiet.rules.ts'

const CHANNEL = 'SMS'
const PURPOSE = 'MARKETING'

/** The same said plainly: by the calendar of the zone, minute by minute. */
function isQuiet(all: readonly QuietHours[], at: Instant, zone: string): boolean {
  const { dayOfWeek, minuteOfDay } = localTime(at, zone)
  return all.some(({ channels, purposes, from, until, weekdays }) => {
    if (!channels.includes(CHANNEL) || !purposes.includes(PURPOSE)) return false
    const onDay = (day: number) => weekdays === null || weekdays.includes(day)
    const yesterday = dayOfWeek === 1 ? 7 : dayOfWeek - 1
    if (from < until) return onDay(dayOfWeek) && minuteOfDay >= from && minuteOfDay < until
    return (onDay(dayOfWeek) && minuteOfDay >= from) || (onDay(yesterday) && minuteOfDay < until)
  })
}

function plainly(all: readonly QuietHours[], from: Instant, zone: string): Instant {
  if (!isQuiet(all, from, zone)) return from
  let at = wholeMinute(from + 1)
  while (isQuiet(all, at, zone)) at = instant(at + 60_000)
  return at
}

test('what is held in quiet hours is held to the next allowed minute, whatever the clocks do', () => {
  const about = quietHours.map((one) => ({ ...one, channels: [CHANNEL] as const, purposes: [PURPOSE] as const }))
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), aMoment, fc.array(about, { minLength: 1, maxLength: 2 }), (zone, from, all) => {
      const week = quietWeek({ quietHours: all }, CHANNEL, PURPOSE)
      expect(firstLoud(week, wallClock(zone), from)).toBe(plainly(all, from, zone))
    }),
    { numRuns: 300 },
  )
})

const hours = (from: number, until: number, weekdays: readonly number[] | null = null): QuietHours => ({
  channels: [CHANNEL], purposes: [PURPOSE], from: from * 60, until: until * 60, weekdays,
}) // biome-ignore format: one thing
const held = (zone: string, at: string, ...all: QuietHours[]) => {
  const loud = firstLoud(quietWeek({ quietHours: all }, CHANNEL, PURPOSE), wallClock(zone), instant(Date.parse(at)))
  return loud === null ? null : new Date(loud).toISOString()
}

test('the night is an hour shorter in spring and an hour longer in autumn', () => {
  expect(held('America/New_York', '2026-03-08T03:00:00Z', hours(21, 9))).toBe('2026-03-08T13:00:00.000Z')
  expect(held('America/New_York', '2026-11-01T03:00:00Z', hours(21, 9))).toBe('2026-11-01T14:00:00.000Z')
  expect(held('Asia/Shanghai', '2026-03-08T15:00:00Z', hours(21, 9))).toBe('2026-03-09T01:00:00.000Z')
})

test('an end that the clocks skip is the moment at which they go on, and an hour that comes twice is quiet twice', () => {
  // 02:00 to 03:00 is skipped.
  expect(held('America/New_York', '2026-03-08T06:00:00Z', { ...hours(0, 2), until: 150 })).toBe('2026-03-08T07:00:00.000Z')
  // 01:00 to 02:00 comes twice: quiet until half past one, loud until two, quiet again until half past one.
  const untilHalfPastOne = { ...hours(0, 1), until: 90 }
  expect(held('America/New_York', '2026-11-01T05:10:00Z', untilHalfPastOne)).toBe('2026-11-01T05:30:00.000Z')
  expect(held('America/New_York', '2026-11-01T05:40:00Z', untilHalfPastOne)).toBe('2026-11-01T05:40:00.000Z')
  expect(held('America/New_York', '2026-11-01T06:10:00Z', untilHalfPastOne)).toBe('2026-11-01T06:30:00.000Z')
})

test('whole days, days of the week, and a quiet that never ends', () => {
  const sunday = hours(0, 0, [7])
  expect(held('Asia/Shanghai', '2026-03-08T04:00:00Z', sunday)).toBe('2026-03-08T16:00:00.000Z')
  expect(held('Asia/Shanghai', '2026-03-07T15:59:30Z', sunday)).toBe('2026-03-07T15:59:30.000Z')
  expect(held('Asia/Shanghai', '2026-03-08T15:30:00Z', hours(22, 9), sunday)).toBe('2026-03-09T01:00:00.000Z')
  expect(held('Asia/Shanghai', '2026-03-08T04:00:00Z', hours(0, 0))).toBe(null)
})
