import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { basisPoints, lessPercent, type Minor, minor, type Rounding, splitByWeight } from './money.ts'

describe('an amount less a percentage', () => {
  test.each<[number, number, Rounding | 'UP', number]>([
    [10_000, 1_250, 'HALF_UP', 8_750],
    [199, 5_000, 'HALF_UP', 100],
    [201, 5_000, 'HALF_UP', 101],
    [199, 5_000, 'HALF_EVEN', 100],
    [201, 5_000, 'HALF_EVEN', 100],
    [199, 5_000, 'DOWN', 99],
    [199, 5_000, 'UP', 100],
    [200, 5_000, 'UP', 100],
    [1, 4_999, 'HALF_UP', 1],
    [1, 5_001, 'HALF_UP', 0],
    [1, 5_001, 'HALF_EVEN', 0],
    [1, 4_999, 'HALF_EVEN', 1],
    [999, 10_000, 'UP', 0],
    [900_719_925_474, 1, 'DOWN', 900_629_853_481],
    [900_719_925_475, 1, 'DOWN', 900_629_853_482],
    [Number.MAX_SAFE_INTEGER, 5_000, 'HALF_UP', 4_503_599_627_370_496],
    [Number.MAX_SAFE_INTEGER, 5_000, 'DOWN', 4_503_599_627_370_495],
  ])('%d less %d basis points, %s, is %d', (amount, bp, mode, expected) => {
    expect(lessPercent(minor(amount), bp, mode)).toBe(expected)
  })

  test('it is exact whatever its size', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 10_000 }), (amount, bp) => {
        const twice = 2n * BigInt(lessPercent(minor(amount), bp, 'HALF_UP')) * 10_000n
        const exact = 2n * BigInt(amount) * BigInt(10_000 - bp)
        expect(twice > exact - 10_000n && twice <= exact + 10_000n).toBe(true)
      }),
    )
  })
})

describe('a split by weight', () => {
  test.each<[number, number[], number[]]>([
    [10, [1, 1, 1], [4, 3, 3]],
    [11, [1, 1, 1], [4, 4, 3]],
    [1, [1, 3, 2], [0, 1, 0]],
    [2, [1, 3, 2], [0, 1, 1]],
    [3, [3, 0, 0], [3, 0, 0]],
    [0, [5, 5], [0, 0]],
    [0, [0, 0], [0, 0]],
    [7, [], []],
    // In floating point the last of these comes out one short, and the second at a fraction.
    [
      1_884_919_936_278_724,
      [1_032_393_329_276_114, 1_574_671_217_241_780, 139_065_518_073_102],
      [708_625_856_264_220, 1_080_840_710_618_484, 95_453_369_396_020],
    ],
    // H is 2^53-1 and D one less: the fractions are H less the weight, so the smaller weight has the larger.
    [9_007_199_254_740_990, [6_000_000_000_000_000, 3_007_199_254_740_991], [5_999_999_999_999_999, 3_007_199_254_740_991]],
  ])('%d by %j is %j', (amount, weights, expected) => {
    expect(splitByWeight(minor(amount), weights)).toEqual(expected)
  })

  test('nothing is lost, and nobody gives more than their weight', () => {
    const weights = fc.array(fc.oneof(fc.nat(9), fc.nat(2 ** 46)), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (heavy, share) => {
        const whole = heavy.reduce((sum, weight) => sum + weight, 0)
        const amount = Math.floor(whole * share) as Minor
        const parts = splitByWeight(amount, heavy)
        expect(parts.reduce((sum: number, part) => sum + part, 0)).toBe(amount)
        for (const [i, part] of parts.entries()) expect(part).toBeLessThanOrEqual(heavy[i] ?? 0)
      }),
    )
  })
})

test('money is whole and not negative, basis points are 1 to 10,000', () => {
  expect(minor(0)).toBe(0)
  expect(() => minor(-1)).toThrow(RangeError)
  expect(() => minor(0.5)).toThrow('not whole minor units: 0.5')
  expect(() => minor(2 ** 53)).toThrow(RangeError)
  expect(basisPoints(1)).toBe(1)
  expect(basisPoints(10_000)).toBe(10_000)
  expect(() => basisPoints(0)).toThrow('not basis points: 0')
  expect(() => basisPoints(10_001)).toThrow(RangeError)
  expect(() => basisPoints(1.5)).toThrow(RangeError)
})
