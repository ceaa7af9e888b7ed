import fc from 'fast-check'
import { expect, test } from 'vitest'
import { againAfter, allowed, isEmail } from './provider.rules.ts'

test('however often and unevenly somebody asks, no second lets more go than the rate and a fifth, or one', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 5_000, noNaN: true }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 2_000 })), { minLength: 1, maxLength: 60 }),
      (rate, asked) => {
        let [now, nextAt]: [number, number | null] = [1_000_000, null]
        const went: { at: number; count: number }[] = []
        for (const [pause, wanted] of asked) {
          now += pause
          const answer = allowed(now, nextAt, rate, wanted)
          // As it is kept: whole milliseconds, never earlier.
          if (answer.count > 0) nextAt = Math.ceil(answer.nextAt)
          went.push({ at: now, count: answer.count })
        }
        for (const { at: from } of went) {
          const within = went.filter(({ at }) => at >= from && at < from + 1_000).reduce((sum, { count }) => sum + count, 0)
          expect(within).toBeLessThanOrEqual(Math.max(1, rate * 0.2) + rate + 1)
        }
      },
    ),
  )
})

test('who asks all the time gets the whole rate', () => {
  let [nextAt, count]: [number | null, number] = [null, 0]
  for (let now = 1_000_000; now < 1_010_000; now += 25) {
    const answer = allowed(now, nextAt, 37, 100)
    if (answer.count > 0) nextAt = Math.ceil(answer.nextAt)
    count += answer.count
  }
  expect(count).toBeGreaterThan(355)
  expect(count).toBeLessThan(381)
})

test('what was not taken is tried ever later, and not for ever', () => {
  const waits = [1, 2, 3, 4, 5, 6].map(againAfter)
  expect(waits).toEqual([60_000, 300_000, 1_500_000, 7_500_000, 37_500_000, null])
})

test.each(['a@b', 'mei.chen+tea@mail.example', '甲@例子.中国'])('%s is an address', (text) => {
  expect(isEmail(text)).toBe(true)
})

test.each([
  '',
  'a',
  '@b',
  'a@',
  'a b@c',
  'a@b\r\nBcc: c@d',
  'a@b,c@d',
  '<a@b>',
  'a@b>',
  '"a"@b',
  'a@b@c',
  'a@b;c',
  `${'a'.repeat(65)}@b`,
  'a\0@b',
])('%j is none', (text) => {
  expect(isEmail(text)).toBe(false)
})
