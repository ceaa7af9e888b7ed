import { describe, expect, test } from 'vitest'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { DEFAULT_MAP, EIGHT_CLASSES } from './rfm-map.model.ts'
import type { Buyer, Scale } from './score.model.ts'
import { abcClassOf, lifecycleOf, rfmGroupOf, rhythmOf, scoreFrom, scoreOf, spendPercentileOf, spendTierOf } from './score.rules.ts'

const NOW = instant(Date.UTC(2026, 0, 31))
const ago = (days: number): Instant => instant(NOW - days * DAY_MS)

const SCALE: Scale = {
  evaluatedAt: NOW,
  customers: 10,
  recencyBounds: [],
  frequencyBounds: [],
  monetaryBounds: [],
  scoreSums: [30, 30, 30],
  spendBounds: [],
  bestAmount: null,
  abcFrom: [null, null],
  rhythm: { source: 'DEFAULT', medianDays: 30, p90Days: 90 },
  categories: { tea: { medianDays: 7, p90Days: 20 } },
  forecast: null,
  map: DEFAULT_MAP,
}
const BUYER: Buyer = {
  orders: 1,
  amount: 100,
  firstOrderAt: ago(1),
  lastOrderAt: ago(1),
  intervals: null,
  mainCategory: null,
  buyerKind: null,
}

describe('the map from scores to groups, cell by cell', () => {
  // R from 5 down; FM from 1 up.
  const table = [
    ['NEW', 'NEW', 'ACTIVE', 'LOYAL', 'CHAMPIONS'],
    ['PROMISING', 'PROMISING', 'ACTIVE', 'LOYAL', 'LOYAL'],
    ['PROMISING', 'NEEDS_ATTENTION', 'NEEDS_ATTENTION', 'LOYAL', 'LOYAL'],
    ['ALMOST_LOST', 'ALMOST_LOST', 'AT_RISK', 'AT_RISK', 'AT_RISK'],
    ['DORMANT', 'DORMANT', 'DORMANT', 'PREVIOUSLY_LOYAL', 'PREVIOUSLY_LOYAL'],
  ]
  const cells = table.flatMap((row, i) => row.map((group, j) => ({ r: 5 - i, fm: j + 1, group })))
  test.each(cells)('R $r and FM $fm are $group', ({ r, fm, group }) => {
    expect(rfmGroupOf([r, fm, fm], SCALE)).toBe(group)
    // Rounded half up: one less in either is still the same FM.
    if (fm > 1) expect([rfmGroupOf([r, fm - 1, fm], SCALE), rfmGroupOf([r, fm, fm - 1], SCALE)]).toEqual([group, group])
  })

  test('the eight classes go by what is strictly above the mean score', () => {
    const eight = { ...SCALE, map: { version: 1, kind: 'EIGHT_CLASSES' as const, cells: EIGHT_CLASSES } }
    const of = (r: number, f: number, m: number) => rfmGroupOf([r, f, m], eight)
    expect([of(4, 4, 4), of(4, 3, 4), of(3, 4, 4), of(1, 3, 5)]).toEqual(['重要价值', '重要发展', '重要保持', '重要挽留'])
    expect([of(4, 4, 3), of(4, 3, 3), of(3, 4, 3), of(3, 3, 3)]).toEqual(['一般价值', '一般发展', '一般保持', '一般挽留'])
  })
})

describe('the life cycle, cell by cell', () => {
  const m = 10
  const q = 30
  test.each([
    { days: 0, one: 'NEW', more: 'ACTIVE' },
    { days: 10, one: 'NEW', more: 'ACTIVE' },
    { days: 10.001, one: 'AT_RISK', more: 'ACTIVE' },
    { days: 30, one: 'AT_RISK', more: 'ACTIVE' },
    { days: 30.001, one: 'AT_RISK', more: 'AT_RISK' },
    { days: 60, one: 'AT_RISK', more: 'AT_RISK' },
    { days: 60.001, one: 'DORMANT', more: 'DORMANT' },
    { days: 120, one: 'DORMANT', more: 'DORMANT' },
    { days: 120.001, one: 'CHURNED', more: 'CHURNED' },
  ])('$days days since the last order', ({ days, one, more }) => {
    const figures = { medianDays: m, p90Days: q }
    expect([lifecycleOf(1, days, figures), lifecycleOf(2, days, figures), lifecycleOf(9, days, figures)]).toEqual([one, more, more])
  })

  test('who buys every nine days is lost after forty', () => {
    const often = { ...BUYER, orders: 9, lastOrderAt: ago(55), intervals: { medianDays: 9, p90Days: 9 } }
    expect(scoreOf(often, SCALE, NOW)).toMatchObject({ lifecycle: 'CHURNED', rhythm: { source: 'OWN', medianDays: 9, p90Days: 13.5 } })
  })
})

describe('the rhythm is the first that has enough', () => {
  const own = { medianDays: 3, p90Days: 5 }
  test('four intervals of their own, three are too few', () => {
    expect(rhythmOf({ ...BUYER, orders: 5, intervals: own }, SCALE)).toEqual({ source: 'OWN', ...own })
    expect(rhythmOf({ ...BUYER, orders: 4, intervals: own, mainCategory: 'tea' }, SCALE)).toMatchObject({
      source: 'CATEGORY',
      medianDays: 7,
    })
    expect(rhythmOf({ ...BUYER, mainCategory: 'coffee' }, SCALE)).toMatchObject({ source: 'DEFAULT', medianDays: 30, p90Days: 90 })
    expect(rhythmOf({ ...BUYER, mainCategory: 'constructor' }, SCALE).source).toBe('DEFAULT')
  })

  test("the shop's setting comes before all", () => {
    const rhythm = { source: 'SETTING', medianDays: 14, p90Days: 40 } as const
    expect(rhythmOf({ ...BUYER, orders: 9, intervals: own, mainCategory: 'tea' }, { ...SCALE, rhythm })).toEqual(rhythm)
  })

  test('m is never below a day, q never below one and a half m', () => {
    const of = (medianDays: number, p90Days: number) => rhythmOf({ ...BUYER, orders: 5, intervals: { medianDays, p90Days } }, SCALE)
    expect(of(0, 0)).toMatchObject({ medianDays: 1, p90Days: 1.5 })
    expect(of(10, 12)).toMatchObject({ medianDays: 10, p90Days: 15 })
    expect(of(0.5, 40)).toMatchObject({ medianDays: 1, p90Days: 40 })
  })

  test('the next order is expected a median after the last', () => {
    expect(scoreOf({ ...BUYER, mainCategory: 'tea' }, SCALE, NOW).expectedOrderAt).toBe(ago(1) + 7 * DAY_MS)
  })
})

test('whoever is above a bound has a point more, whoever is at it has not', () => {
  expect([1, 2, 3, 9].map((value) => scoreFrom(value, [1, 2, 2, 8]))).toEqual([1, 2, 4, 5])
  expect(scoreFrom(7, [])).toBe(1)
})

test('the best has 100 of spend, and nobody else', () => {
  const scale = { ...SCALE, bestAmount: 500, spendBounds: [100, 200, 300] }
  expect([500, 501, 499, 200, 50].map((amount) => spendPercentileOf(amount, scale))).toEqual([100, 100, 3, 1, 0])
})

test('a class of revenue begins at an amount', () => {
  expect([100, 99, 50, 49].map((amount) => abcClassOf(amount, [100, 50]))).toEqual(['A', 'B', 'B', 'C'])
  expect(abcClassOf(0, [null, null])).toBe('C')
})

test.each([
  [5, 'ACTIVE', 'HIGH'],
  [5, 'AT_RISK', 'MEDIUM'],
  [5, 'DORMANT', 'LOW'],
  [4, 'NEW', 'MEDIUM'],
  [3, 'ACTIVE', 'MEDIUM'],
  [3, 'AT_RISK', 'LOW'],
  [2, 'ACTIVE', 'LOW'],
  [1, 'AT_RISK', 'LOW'],
  [4, 'CHURNED', 'LOW'],
] as const)('monetary score %i and %s: %s is to be expected', (monetary, lifecycle, tier) => {
  expect(spendTierOf(monetary, lifecycle)).toBe(tier)
})
