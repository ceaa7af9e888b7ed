import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, dividedHalfUp, minus, readDecimal, readWhole, times, toMinor } from './amount.rules.ts'

const cents = (text: string, count = 1n) => {
  const amount = readDecimal(text)
  return amount === null ? null : toMinor(times(amount, count), 2)
}

describe('an amount in decimals', () => {
  test.each([
    ['2.55', 255n],
    ['0', 0n],
    ['-0.00', 0n],
    ['1,234.50', 123_450n],
    ['¥ 1,234.50', 123_450n],
    ['12元', 1_200n],
    ['$5', 500n],
    ['0.005', 1n],
    ['0.0049', 0n],
    ['90071992547409.91', 9_007_199_254_740_991n],
  ])('%s', (text, minor) => expect(cents(text)).toBe(minor))

  test.each(['', 'abc', '1,23', '1,2345', '1.2.3', '12 3', '1e3', '--5', '.5', '5.', '1.234,50', 'NaN', '½'])('"%s" is none', (text) =>
    expect(readDecimal(text)).toBeNull(),
  )

  test('may be written with a decimal comma', () => {
    expect(['1.234,50', '1234,5', '7'].map((text) => readDecimal(text, ','))).toEqual([
      { digits: 123_450n, scale: 2 },
      { digits: 12_345n, scale: 1 },
      { digits: 7n, scale: 0 },
    ])
    expect(readDecimal('1,234.50', ',')).toBeNull()
  })

  test('is rounded once, half up, however many units it is for', () => {
    expect(cents('0.001', 5n)).toBe(1n)
    expect(cents('0.001', 4n)).toBe(0n)
    expect(cents('8.065', 3n)).toBe(2_420n)
  })

  test('of a currency without digits, and with three', () => {
    expect([toMinor({ digits: 15n, scale: 1 }, 0), toMinor({ digits: 12_345n, scale: 4 }, 3)]).toEqual([2n, 1_235n])
  })
})

test('differences and comparisons are those of the numbers', () => {
  const decimal = fc.record({ digits: fc.bigInt(-10_000n, 10_000n), scale: fc.integer({ min: 0, max: 4 }) })
  const number = ({ digits, scale }: { digits: bigint; scale: number }) => digits * 10n ** BigInt(4 - scale)
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(number(minus(a, b))).toBe(number(a) - number(b))
      expect(compare(a, b)).toBe(number(a) === number(b) ? 0 : number(a) < number(b) ? -1 : 1)
    }),
  )
})

test('a half goes up', () => {
  expect([dividedHalfUp(5n, 2n), dividedHalfUp(4n, 3n), dividedHalfUp(0n, 7n)]).toEqual([3n, 1n, 0n])
})

test('a whole number is one with nothing behind its point', () => {
  expect(['6', '6.0', '1,000', '6.5', 'six'].map((text) => readWhole(text))).toEqual([6n, 6n, 1000n, null, null])
})
