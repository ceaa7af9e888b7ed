import { expect, test } from 'vitest'
import type { Replayed } from './simulation.model.ts'
import { addOrder, newTally, percentilesOf, toReplay } from './tally.rules.ts'

const order = (before: number, after: number): Replayed => ({
  buyer: null,
  subtotal: before,
  before,
  after,
  known: { before: 0, after: 0, cost: 0 },
})

test.each([
  [1_000, 1_001, [null, 0]],
  [1_000, 1_000, [0, 0]],
  [0, 0, [0, 0]],
  [1_000, 999, [0, 1]],
  [1_000, 990, [0, 1]],
  [10_000, 9_899, [1, 2]],
  [1_000, 900, [5, 10]],
  [1_000, 500, [20, 50]],
  [1_000, 0, [50, null]],
])('an order that goes from %i to %i is in the band %j', (before, after, band) => {
  const tally = newTally()
  addOrder(tally, order(before, after))
  const [only] = toReplay(tally, []).bands.filter(({ orders }) => orders > 0)
  expect([only?.above, only?.upTo, only?.givenAway]).toEqual([...band, before - after])
})

test('a percentile is what so many orders do not pass', () => {
  const of = Object.fromEntries(percentilesOf([50, 10, 40, 20, 30]).map(({ percent, amount }) => [percent, amount]))
  expect(of).toEqual({ 10: 10, 25: 20, 50: 30, 75: 40, 90: 50, 95: 50, 99: 50, 100: 50 })
  expect(percentilesOf([])).toEqual([])
})

test('without any known cost there is no margin, and with one it is of the goods that have it', () => {
  const tally = newTally()
  addOrder(tally, order(1_000, 900))
  expect(toReplay(tally, []).margin).toBeNull()
  addOrder(tally, { ...order(3_000, 2_700), known: { before: 1_000, after: 900, cost: 950 } })
  expect(toReplay(tally, []).margin).toEqual({ before: 50, after: -50, knownShare: 25 })
})
