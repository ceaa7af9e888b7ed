import { describe, expect, test } from 'vitest'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import type { Benefit } from './threshold.model.ts'
import { candidates, forecast, roundedUp, takenOf } from './threshold.rules.ts'

const off = (amount: number, maxAmount: number | null = null): Benefit => ({
  kind: 'AMOUNT_OFF',
  amount: amount as Minor,
  maxAmount: maxAmount as Minor | null,
})
const percent = (bp: number, maxAmount: number | null = null): Benefit => ({
  kind: 'PERCENT_OFF',
  bp: bp as BasisPoints,
  maxAmount: maxAmount as Minor | null,
})
const SHOP = { rounding: 'HALF_UP', currency: 'EUR' } as const
const DISTRIBUTION = { orders: 1_000, amount: 5_000_000, percentiles: [{ percent: 90, amount: 9_000 }] }
const at = (minSubtotal: number, benefit: Benefit) => ({ minSubtotal: minSubtotal as Minor, benefit })
const assumed = (upliftBp: number, marginBp: number | null) => ({ stretchBp: 2_000, upliftBp, marginBp })

// Figures worked out by hand.
describe('a forecast', () => {
  test('takes 10 of 100 from each who stretches: 30 short of 30,000 together, one in ten', () => {
    const standing = { above: 20, given: 20_000, below: 30, gap: 30_000 }
    const told = forecast(at(10_000, off(1_000)), standing, DISTRIBUTION, assumed(1_000, 4_000), SHOP)
    expect(told).toMatchObject({ shareAbove: 2, stretching: 3, extraRevenue: 3_000, extraMargin: 1_200, givenToStretched: 3_000 })
    // 1,200 less 20,000 and 3,000; each of the thirty would earn 400 and take 1,000.
    expect(told).toMatchObject({ givenAway: 23_000, result: -21_800, breakEvenShare: null, outcome: 'LOSES' })
    expect(told.verdict).toContain('each earns less than it is given')
    expect(told.verdict).toContain('Nine orders in ten come to EUR 90.00 or less.')
  })

  test('needs all and more where what is given for nothing is too much', () => {
    const standing = { above: 200, given: 40_000, below: 50, gap: 75_000 }
    const told = forecast(at(9_000, percent(200)), standing, DISTRIBUTION, assumed(1_000, 4_000), SHOP)
    // 75,000 x 40 % less 50 x 180 is 21,000: 40,000 is 190.48 % of it.
    expect(told.breakEvenShare).toBeCloseTo(190.476, 2)
    expect(told.verdict).toContain('Even if all of them stretched')
    expect(told.verdict).not.toContain('Nine orders in ten')
  })

  test('hardly shows where not one order in a hundred is there or near', () => {
    const standing = { above: 0, given: 0, below: 9, gap: 9_000 }
    expect(forecast(at(20_000, off(100)), standing, DISTRIBUTION, assumed(1_000, 5_000), SHOP)).toMatchObject({
      result: 360,
      outcome: 'WITHOUT_EFFECT',
    })
    const ten = { ...standing, below: 10, gap: 10_000 }
    expect(forecast(at(20_000, off(100)), ten, DISTRIBUTION, assumed(1_000, 5_000), SHOP)).toMatchObject({ result: 400, outcome: 'PAYS' })
  })

  test('without a margin says that it cannot tell, and without orders that there are none', () => {
    const standing = { above: 20, given: 20_000, below: 30, gap: 30_000 }
    expect(forecast(at(10_000, off(1_000)), standing, DISTRIBUTION, assumed(1_000, null), SHOP)).toMatchObject({
      extraMargin: null,
      result: null,
      breakEvenShare: null,
      outcome: 'UNKNOWN',
      givenAway: 23_000,
    })
    const nobody = { above: 0, given: 0, below: 0, gap: 0 }
    const none = forecast(at(10_000, off(1_000)), nobody, { orders: 0, amount: 0, percentiles: [] }, assumed(1_000, 4_000), SHOP)
    expect(none).toMatchObject({ shareAbove: 0, outcome: 'WITHOUT_EFFECT', verdict: 'There are no orders to tell from.' })
  })
})

test.each([
  [off(500), 10_000, 500],
  [off(500), 300, 300],
  [percent(1_250), 9_999, 1_250],
  [percent(5_000, 1_000), 10_000, 1_000],
])('%j takes of %i: %i', (benefit, amount, taken) => {
  expect(takenOf(benefit, amount as Minor, 'HALF_UP')).toBe(taken)
})

test.each([
  [0, 0],
  [7, 7],
  [99, 99],
  [101, 110],
  [8_731, 8_800],
  [99_500, 100_000],
])('%i rounded up to two figures is %i', (amount, rounded) => expect(roundedUp(amount)).toBe(rounded))

test('thresholds are proposed from the upper half, each once, over what they take, without those that were asked for', () => {
  const percentiles = [
    [25, 300],
    [50, 480],
    [60, 1_210],
    [70, 1_290],
    [80, 2_000],
    [90, 3_001],
  ].map(([at_ = 0, amount = 0]) => ({ percent: at_, amount }))
  const proposed = candidates({ orders: 9, amount: 9, percentiles }, off(500), [at(2_000, off(500))], 2_000)
  expect(proposed.map(({ minSubtotal }) => minSubtotal)).toEqual([530, 1_300, 1_400, 1_500, 2_200, 3_100, 3_400])
})
