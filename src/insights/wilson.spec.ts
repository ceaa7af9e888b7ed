import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { rateOf } from './wilson.rules.ts'

test.each([
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lies between %d and %d', (hits, of, low, high) => {
  const rate = rateOf(hits, of)
  expect(rate.low).toBeCloseTo(low, 4)
  expect(rate.high).toBeCloseTo(high, 4)
})

test('the share lies inside its interval, and the interval between 0 and 1', () => {
  assert(
    property(integer({ min: 1, max: 100_000 }), double({ min: 0, max: 1, noNaN: true }), (of, part) => {
      const { share, low, high } = rateOf(Math.round(of * part), of)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThanOrEqual(share)
      expect(high).toBeGreaterThanOrEqual(share)
      expect(high).toBeLessThanOrEqual(1)
    }),
  )
})

test('of nobody nothing is known', () => expect(rateOf(0, 0)).toMatchObject({ share: 0, low: 0, high: 1, isTooSmall: true }))

test('it holds the truth in about 95 of 100 samples', () => {
  const truth = 0.17
  // Exactly, by the binomial distribution of 60 draws: no chance in it.
  const n = 60
  let chance = (1 - truth) ** n
  let held = 0
  for (let k = 0; k <= n; k++) {
    const { low, high } = rateOf(k, n)
    if (low <= truth && truth <= high) held += chance
    chance *= ((n - k) / (k + 1)) * (truth / (1 - truth))
  }
  expect(held).toBeGreaterThan(0.93)
  expect(held).toBeLessThan(0.97)
})
