import { expect, test } from 'vitest'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import type { Adjustment, Step } from '../pricing/rule.ts'
import { atLeastAsMuch, beatsStep } from './beats.rules.ts'
import { inMoney, inPercent, listed } from './words.rules.ts'

const percent = (bp: number): Adjustment => ({ kind: 'PERCENT_OFF', bp: bp as BasisPoints })
const amount = (much: number): Adjustment => ({ kind: 'AMOUNT_OFF', amount: much as Minor })
const fixed = (price: number): Adjustment => ({ kind: 'FIXED_PRICE', price: price as Minor })

test.each([
  [percent(1_000), percent(1_000), true],
  [percent(999), percent(1_000), false],
  [amount(5), amount(4), true],
  [fixed(90), fixed(100), true],
  [fixed(100), fixed(90), false],
  // Which of the two is more hangs on the price.
  [percent(9_000), amount(1), false],
  [percent(10_000), fixed(5), true],
])('%j takes at least as much as %j: %s', (a, b, answer) => expect(atLeastAsMuch(a, b)).toBe(answer))

const step = (minSubtotal: number, off: number, more: Partial<Step> = {}): Step => ({
  minSubtotal: minSubtotal as Minor,
  minQuantity: null,
  minTier: null,
  off: { kind: 'AMOUNT_OFF', amount: off as Minor },
  maxAmount: null,
  freeShipping: false,
  gifts: [],
  ...more,
})
const rankOf = (code: string | null) => (code === null ? Number.NEGATIVE_INFINITY : 1)

test.each([
  ['an easier one that takes more', step(50, 10), step(100, 5), true],
  ['one that is harder', step(150, 10), step(100, 5), false],
  ['one for a tier', step(50, 10, { minTier: 'gold' }), step(100, 5), false],
  ['one for as many units', step(50, 10, { minQuantity: 3 }), step(100, 5), false],
  ['one that is capped', step(50, 10, { maxAmount: 4 as Minor }), step(100, 5), false],
  ['none where the step gives more than money', step(50, 10), step(100, 5, { freeShipping: true }), false],
])('a step against %s', (_, a, b, answer) => expect(beatsStep(a, b, rankOf)).toBe(answer))

test.each([
  [123_456_789, 'CNY', 'CNY 1,234,567.89'],
  [-5, 'EUR', 'EUR -0.05'],
  [1_500, 'JPY', 'JPY 1,500'],
  [1_500, 'KWD', 'KWD 1.500'],
])('%i of %s is %s', (much, currency, text) => expect(inMoney(much, currency)).toBe(text))

test('shares and lists read as people write them', () => {
  expect([inPercent(1_250), inPercent(50), inPercent(1_900)]).toEqual(['12.5 %', '0.5 %', '19 %'])
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c'])
})
