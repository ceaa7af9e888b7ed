import { assert, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GroupSums, LIFT_METRICS } from './lift.model.ts'
import { ENOUGH, liftOf } from './lift.rules.ts'

/** A group in which each member brought so much; 0: did not buy. */
function groupOf(revenues: readonly number[]): GroupSums {
  const sums = (values: readonly number[]) => ({
    sum: values.reduce((all, value) => all + value, 0),
    squares: values.reduce((all, value) => all + value ** 2, 0),
    cubes: values.reduce((all, value) => all + value ** 3, 0),
  })
  const bought = revenues.filter((value) => value !== 0)
  const ones = bought.map(() => 1)
  return {
    members: revenues.length,
    buyers: bought.length,
    repeaters: bought.length,
    orders: sums(ones),
    revenue: sums(revenues),
    margin: sums(revenues.map((value) => value * 0.4)),
    units: sums(bought.map((value) => 1 + (value % 3))),
  }
}
const share = (hits: number, of: number): GroupSums => groupOf(Array.from({ length: of }, (_, i) => (i < hits ? 1 : 0)))

describe('shares', () => {
  test.each([
    // Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: 56/70 and 48/80.
    [56, 70, 48, 80, 0.0524, 0.3339],
  ])('the difference of %i of %i and %i of %i is as published', (a, m, b, n, low, high) => {
    const { absolute, verdict } = liftOf('BUYERS', share(a, m), share(b, n))
    expect(absolute?.low).toBeCloseTo(low, 4)
    expect(absolute?.high).toBeCloseTo(high, 4)
    expect(verdict).toBe('HIGHER')
  })

  test('a fifth more buyers among many is a relative lift of a fifth', () => {
    const { relative, treated, control } = liftOf('BUYERS', share(12_000, 100_000), share(10_000, 100_000))
    expect([treated, control]).toEqual([0.12, 0.1])
    expect(relative?.value).toBeCloseTo(0.2, 12)
    expect(relative?.low).toBeCloseTo(0.169, 2)
    expect(relative?.high).toBeCloseTo(0.231, 2)
  })
})

describe('means', () => {
  test('among very many the interval is the normal one', () => {
    const brought = (members: number, each: number) => groupOf(Array.from({ length: members }, (_, i) => (i % 5 === 0 ? each : 0)))
    const { absolute } = liftOf('REVENUE', brought(200_000, 110), brought(200_000, 100))
    // Standard error: sqrt(0.2 · 0.8 · (110² + 100²) / 200,000).
    const error = Math.sqrt((0.16 * (110 ** 2 + 100 ** 2)) / 200_000)
    expect(absolute?.value).toBeCloseTo(2, 9)
    expect((absolute?.low ?? 0) - 2).toBeCloseTo(-1.96 * error, 2)
    expect((absolute?.high ?? 0) - 2).toBeCloseTo(1.96 * error, 2)
  })

  test('a few large orders in the control group reach far down, not far up', () => {
    const treated = groupOf(Array.from({ length: 4_000 }, (_, i) => (i % 10 === 0 ? 100 + (i % 7) * 60 : 0)))
    const control = groupOf(Array.from({ length: 400 }, (_, i) => (i % 10 === 0 ? 100 + (i % 7) * 60 : 0)))
    const { absolute } = liftOf('REVENUE', treated, control)
    expect(absolute).not.toBeNull()
    if (absolute !== null) expect(absolute.value - absolute.low).toBeGreaterThan(absolute.high - absolute.value)
  })

  test('where everybody buys the same, nothing is known of how they vary; where one group does, it varies as all do', () => {
    const one = share(50, 500)
    expect(liftOf('UNITS_PER_BUYER', one, one).verdict).toBe('NOT_ENOUGH_DATA')
    const several = groupOf(Array.from({ length: 500 }, (_, i) => (i < 50 ? 1 + (i % 3) : 0)))
    const { absolute, verdict } = liftOf('REVENUE', several, one)
    expect(verdict).not.toBe('NOT_ENOUGH_DATA')
    expect((absolute?.value ?? 0) - (absolute?.low ?? 0)).toBeGreaterThan(0.01)
  })
})

describe('not enough data', () => {
  test('nobody in the control group, nobody bought, everybody bought: nothing can be said', () => {
    for (const metric of LIFT_METRICS)
      for (const [treated, control] of [
        [share(50, 1_000), share(0, 0)],
        [share(0, 1_000), share(0, 1_000)],
        [share(0, 0), share(0, 0)],
      ] as const)
        expect(liftOf(metric, treated, control)).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', absolute: null, relative: null })
    expect(liftOf('BUYERS', share(1_000, 1_000), share(1_000, 1_000)).verdict).toBe('NOT_ENOUGH_DATA')
  })

  test('is decided by what both groups bought together, never by which of them bought', () => {
    // 100 of 1,000 in all; 100 in the smaller group: 10 of them would have bought.
    expect(ENOUGH.shareBuyers).toBe(10)
    for (const inControl of [0, 5, 10, 40])
      expect(liftOf('BUYERS', share(100 - inControl, 900), share(inControl, 100)).verdict).not.toBe('NOT_ENOUGH_DATA')
    for (const inControl of [0, 5, 10, 40])
      expect(liftOf('BUYERS', share(99 - inControl, 900), share(inControl, 100)).verdict).toBe('NOT_ENOUGH_DATA')
  })

  test('one order that is larger than all others together makes money unsure, not buyers', () => {
    const [treated, control] = [share(200, 1_000), groupOf([1_000_000, ...Array.from({ length: 999 }, (_, i) => (i < 200 ? 1 : 0))])]
    expect(liftOf('REVENUE', treated, control).verdict).toBe('NOT_ENOUGH_DATA')
    expect(liftOf('BUYERS', treated, control).verdict).toBe('UNDECIDED')
  })
})

test('the interval holds its estimate; difference and ratio agree about whether there is an effect; to exchange the groups turns it round', () => {
  const group = record({
    members: integer({ min: 100, max: 3_000 }),
    share: double({ min: 0.05, max: 0.9, noNaN: true }),
    each: integer({ min: 1, max: 999 }),
  })
  const made = ({ members, share: part, each }: { members: number; share: number; each: number }) =>
    groupOf(Array.from({ length: members }, (_, i) => (i < members * part ? each + ((i * 7_919) % 97) : 0)))
  assert(
    property(group, group, (one, other) => {
      const [treated, control] = [made(one), made(other)]
      for (const metric of LIFT_METRICS) {
        const { absolute, relative, verdict } = liftOf(metric, treated, control)
        if (absolute === null) continue
        expect(absolute.low).toBeLessThanOrEqual(absolute.value)
        expect(absolute.high).toBeGreaterThanOrEqual(absolute.value)
        const back = liftOf(metric, control, treated)
        expect(back.absolute?.low).toBeCloseTo(-absolute.high, 9)
        expect(back.verdict).toBe(verdict === 'HIGHER' ? 'LOWER' : verdict === 'LOWER' ? 'HIGHER' : verdict)
        if (relative === null) continue
        expect(relative.low).toBeLessThanOrEqual(relative.value + 1e-12)
        expect(relative.high).toBeGreaterThanOrEqual(relative.value - 1e-12)
        expect(relative.low > 0 ? 'HIGHER' : relative.high < 0 ? 'LOWER' : 'UNDECIDED').toBe(verdict)
      }
    }),
    { numRuns: 200 },
  )
})
