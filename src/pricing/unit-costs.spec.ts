import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minor } from '../kernel/money.ts'
import { costOfUnits, unitCosts } from './unit-costs.ts'

test('the first units of a line cost what the division leaves over', () => {
  expect(unitCosts(minor(29), 3)).toEqual({ low: 9, dearer: 2 })
  expect(unitCosts(minor(30), 3)).toEqual({ low: 10, dearer: 0 })
  expect(unitCosts(minor(2), 3)).toEqual({ low: 0, dearer: 2 })
  expect(unitCosts(minor(Number.MAX_SAFE_INTEGER), 2)).toEqual({ low: 4_503_599_627_370_495, dearer: 1 })
})

test('some units of a line cost what they cost one by one, and all of them the total', () => {
  expect(costOfUnits(minor(29), 3, 0, 1)).toBe(10)
  expect(costOfUnits(minor(29), 3, 2, 1)).toBe(9)
  const line = fc
    .integer({ min: 1, max: 9 })
    .chain((quantity) => fc.tuple(fc.nat(100), fc.constant(quantity), fc.nat(quantity), fc.nat(quantity)))
  fc.assert(
    fc.property(line, ([total, quantity, a, b]) => {
      const [from, until] = [Math.min(a, b), Math.max(a, b)]
      const costs = Array.from({ length: quantity }, (_, k) => Math.floor(total / quantity) + (k < total % quantity ? 1 : 0))
      const expected = costs.slice(from, until).reduce((sum, cost) => sum + cost, 0)
      expect(costOfUnits(minor(total), quantity, from, until - from)).toBe(expected)
      expect(costOfUnits(minor(total), quantity, 0, quantity)).toBe(total)
    }),
  )
})
