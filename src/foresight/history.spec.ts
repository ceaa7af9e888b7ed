import { describe, expect, test } from 'vitest'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Ladder } from '../pricing/rule.ts'
import type { PastPrice, PastRule } from './history.model.ts'
import { lowestList, pastMoments, pricesAt } from './history.rules.ts'

const NOW = instant(new Date('2026-05-30T12:00:00Z'))
const ago = (days: number): Instant => instant(NOW - days * DAY_MS)
const WINDOW = { from: ago(30), now: NOW }

const ladder = (code: string, more: Partial<Ladder> = {}): Ladder => ({
  kind: 'LADDER',
  code,
  name: code,
  priority: 0,
  audience: null,
  scope: null,
  schedule: null,
  validFrom: null,
  validUntil: null,
  rungs: [],
  ...more,
})
const past = (terms: Ladder, from: number, until: number | null): PastRule => ({
  terms,
  from: ago(from),
  until: until === null ? null : ago(until),
})

describe('the rules of the past days', () => {
  const setAt = (rules: readonly PastRule[], days: number) =>
    pastMoments(rules, WINDOW, 'UTC')
      .find(({ at }) => at <= ago(days))
      ?.rules.map(({ code }) => code)

  test('are those in force then', () => {
    const rules = [past(ladder('old'), 90, 10), past(ladder('new'), 10, null)]
    expect([setAt(rules, 20), setAt(rules, 10), setAt(rules, 1)]).toEqual([['old'], ['new'], ['new']])
  })

  test('are not those whose window was over or whose day it was not', () => {
    const rules = [
      past(ladder('short', { validUntil: ago(5) }), 90, null),
      past(ladder('friday', { schedule: { daysOfWeek: [5] } }), 90, null),
    ]
    // The 30th is a Saturday, so one day ago was a Friday.
    expect([setAt(rules, 6), setAt(rules, 2), setAt(rules, 1)]).toEqual([['short'], [], ['friday']])
  })

  test('are seen though they ran for an hour in which nobody looked', () => {
    const hour = past(ladder('hour', { schedule: { fromTime: '03:00', untilTime: '04:00' } }), 90, null)
    expect(pastMoments([hour], WINDOW, 'UTC').some(({ rules }) => rules.length === 1)).toBe(true)
  })

  test('end before now: what goes into force now is no past', () => {
    const moments = pastMoments([past(ladder('now'), 0, null)], WINDOW, 'UTC')
    expect(moments.flatMap(({ rules }) => rules)).toEqual([])
    expect(moments[0]?.at).toBe(NOW - 1)
  })
})

const price = (days: number, listPrice: number): PastPrice => ({ since: ago(days), listPrice: listPrice as Minor, floorPrice: null })

describe('the lowest list price of the past days', () => {
  test.each([
    ['is that in force when they begin', [price(60, 700), price(40, 900), price(10, 1_000)], 900],
    ['is that of a dip in them', [price(60, 900), price(20, 800), price(10, 1_000)], 800],
    ['is the first one of a product that is newer', [price(20, 900), price(10, 1_000)], 900],
    ['does not look at now', [price(60, 900), price(0, 800)], 900],
  ])('%s', (_, prices, lowest) => expect(lowestList(prices, WINDOW.from, NOW)?.listPrice).toBe(lowest))

  test('is none for a product that was not there', () => expect(lowestList([price(0, 900)], WINDOW.from, NOW)).toBeNull())
})

test('prices at an instant are those noted last before it', () => {
  const prices = [price(20, 900), price(10, 1_000)]
  expect([30, 20, 11, 10, 0].map((days) => pricesAt(prices, ago(days))?.listPrice)).toEqual([undefined, 900, 900, 1_000, 1_000])
})
