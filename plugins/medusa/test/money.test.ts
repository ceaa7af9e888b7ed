import { describe, expect, test } from 'vitest'
import { toDecimal, toMajor, toMinor, toNearestMinor } from '../src/money.ts'

describe('an amount of Medusa', () => {
  test('is counted in the minor units of its currency', () => {
    expect([toMinor(19.9, 'cny'), toMinor('1990', 'jpy'), toMinor({ value: '1.234' }, 'kwd')]).toEqual([1990, 1990, 1234])
  })

  test('is counted exactly where floats are not exact', () => {
    expect(toMinor(1.15, 'usd')).toBe(115)
    expect(toMinor('90071992547409.91', 'usd')).toBe(Number.MAX_SAFE_INTEGER)
    expect(toMinor('90071992547409.92', 'usd')).toBeNull()
  })

  test('that is no whole number of minor units is none of ours', () => {
    expect([toMinor('9.999', 'usd'), toMinor(0.5, 'jpy'), toMinor('-1', 'usd'), toMinor('abc', 'usd')]).toEqual([null, null, null, null])
    expect(toMinor('9.990000', 'usd')).toBe(999)
  })

  test('that promotions have cut is taken to the nearest', () => {
    expect([toNearestMinor('9.995', 'usd'), toNearestMinor('9.9949', 'usd'), toNearestMinor(1e-7, 'usd')]).toEqual([1000, 999, 0])
  })

  test('comes back as it went', () => {
    for (const minor of [0, 1, 9, 10, 99, 100, 1990, 123_456_789]) {
      expect(toMinor(toDecimal(minor, 'cny'), 'cny')).toBe(minor)
      expect(toMinor(toMajor(minor, 'cny'), 'cny')).toBe(minor)
    }
    expect([toDecimal(5, 'cny'), toDecimal(5, 'jpy')]).toEqual(['0.05', '5'])
  })
})
