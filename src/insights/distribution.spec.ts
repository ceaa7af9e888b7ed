import { array, assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandsFor, typicalGroups } from './distribution.rules.ts'

/** The hundred and one quantiles of a list of values, each value being as many of them as it is of the list. */
const quantilesOf = (values: readonly number[]): number[] => {
  const sorted = [...values].sort((a, b) => a - b)
  return Array.from({ length: 101 }, (_, percent) => sorted[Math.round(((sorted.length - 1) * percent) / 100)] ?? 0)
}

describe('bands chosen from the data', () => {
  test('counts go one by one, then ever wider', () => {
    expect(bandsFor('COUNT', quantilesOf([1, 1, 2, 3, 210]))).toEqual([1, 2, 3, 4, 5, 6, 11, 21, 51, 101, 201])
    expect(bandsFor('COUNT', quantilesOf([1, 2]))).toEqual([1, 2])
  })

  test('amounts of many sizes go by 1, 2, 5', () => {
    const values = Array.from({ length: 1_000 }, (_, i) => 100 * 1.01 ** i)
    const bands = bandsFor('MONEY', quantilesOf(values))
    expect(bands.slice(0, 4)).toEqual([100, 200, 500, 1_000])
  })

  test('amounts of one size go in even steps', () => {
    expect(bandsFor('MONEY', quantilesOf(Array.from({ length: 101 }, (_, i) => 1_000 + 10 * i)))).toEqual([
      1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900, 2_000,
    ])
  })

  test('rise, are few, and leave nobody out', () => {
    const values = array(double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 50 })
    assert(
      property(integer({ min: 0, max: 2 }), values, (unit, list) => {
        const quantiles = quantilesOf(list)
        const bands = bandsFor((['COUNT', 'MONEY', 'DAYS'] as const)[unit] ?? 'COUNT', quantiles)
        expect(bands.length).toBeGreaterThan(0)
        expect(bands.length).toBeLessThanOrEqual(60)
        expect(bands[0]).toBeLessThanOrEqual(quantiles[0] ?? 0)
        for (const [i, bound] of bands.entries()) if (i > 0) expect(bound).toBeGreaterThan(bands[i - 1] ?? 0)
      }),
    )
  })
})

describe('typical groups', () => {
  test('shoppers at 20 and offices at 2,000 are two, where the average would be nobody', () => {
    const values = [...Array.from({ length: 70 }, (_, i) => 1_900 + 3 * i), ...Array.from({ length: 30 }, (_, i) => 190_000 + 300 * i)]
    const groups = typicalGroups({ quantiles: quantilesOf(values) })
    expect(groups).toHaveLength(2)
    expect(groups[0]?.share).toBeCloseTo(0.7, 1)
    expect(groups[1]?.from).toBeGreaterThanOrEqual(190_000)
  })

  test('everybody alike is one', () => {
    expect(typicalGroups({ quantiles: quantilesOf([5]) })).toEqual([{ from: 5, to: 5, center: 5, share: 1 }])
  })
})
