import { describe, expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import { parseQuery } from './parse.ts'
import { resolveQuery } from './resolve.ts'
import type { ResolvedQuery } from './resolved.ts'
import type { Asking } from './when.ts'

const SHANGHAI: Asking = { at: instant(Date.parse('2024-03-31T02:00:00Z')), timeZone: 'Asia/Shanghai', currencyDigits: 2 }

function resolved(text: string, asking: Partial<Asking> = {}): ResolvedQuery {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join(' '))
  return resolveQuery(parsed.value, { ...SHANGHAI, ...asking })
}

function rangesOf(query: ResolvedQuery) {
  if (query.kind !== 'attribute' || query.test.kind !== 'ranges') throw new Error('no ranges')
  return query.test.ranges
}

const iso = (at: number | null) => at && new Date(at).toISOString().replace('.000Z', 'Z')
const dates = (condition: string, asking: Partial<Asking> = {}) =>
  rangesOf(resolved(`last_order_date ${condition}`, asking)).map(({ from, until }) => [iso(from), iso(until)])

describe('dates are whole days of the shop', () => {
  test.each([
    ['= 2024-03-10', '2024-03-09T16:00:00Z', '2024-03-10T16:00:00Z'],
    ['!= 2024-03-10', '2024-03-09T16:00:00Z', '2024-03-10T16:00:00Z'],
    ['> 2024-03-10', '2024-03-10T16:00:00Z', null],
    ['>= 2024-03-10', '2024-03-09T16:00:00Z', null],
    ['< 2024-03-10', null, '2024-03-09T16:00:00Z'],
    ['<= 2024-03-10', null, '2024-03-10T16:00:00Z'],
    ['BETWEEN 2024-03-10 AND 2024-03-11', '2024-03-09T16:00:00Z', '2024-03-11T16:00:00Z'],
    ['= today', '2024-03-30T16:00:00Z', '2024-03-31T16:00:00Z'],
    ['= yesterday', '2024-03-29T16:00:00Z', '2024-03-30T16:00:00Z'],
    ['>= -1m', '2024-02-28T16:00:00Z', null],
    ['>= +1m', '2024-04-29T16:00:00Z', null],
    ['>= -13m', '2023-02-27T16:00:00Z', null],
    ['>= -2w', '2024-03-16T16:00:00Z', null],
    ['>= -1y', '2023-03-30T16:00:00Z', null],
    ['>= 7_days_ago', '2024-03-23T16:00:00Z', null],
    ['>= 12_months_ago', '2023-03-30T16:00:00Z', null],
    ['>= 2024-03-10T09:30:00', '2024-03-10T01:30:00Z', null],
    ['<= 2024-03-10T09:30:00', null, '2024-03-10T01:30:00.001Z'],
    ['>= -9999y', null, null],
    ['>= 0001-01-01', null, null],
  ])('%s', (condition, from, until) => {
    expect(dates(condition)).toEqual([[from, until]])
  })

  test('today is the day of the instant at which it is asked, in the zone', () => {
    const at = instant(Date.parse('2024-03-10T15:59:59Z'))
    expect(dates('= today', { at })).toEqual([['2024-03-09T16:00:00Z', '2024-03-10T16:00:00Z']])
    expect(dates('= today', { at: instant(at + 1_000) })).toEqual([['2024-03-10T16:00:00Z', '2024-03-11T16:00:00Z']])
  })

  test('a day that the clocks made shorter or longer is still one day', () => {
    expect(dates('= 2024-03-10', { timeZone: 'America/New_York' })).toEqual([['2024-03-10T05:00:00Z', '2024-03-11T04:00:00Z']])
    // In São Paulo the clocks went from midnight to one: the day began at one.
    expect(dates('= 2018-11-04', { timeZone: 'America/Sao_Paulo' })).toEqual([['2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z']])
    // Samoa left out the 30th of December 2011.
    expect(dates('= 2011-12-29', { timeZone: 'Pacific/Apia' })).toEqual([['2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z']])
  })
})

describe('amounts are exact', () => {
  const amounts = (condition: string, currencyDigits = 2) => rangesOf(resolved(`amount_spent ${condition}`, { currencyDigits }))

  test.each([
    ['> 999.995', { from: 100_000, until: null }],
    ['>= 999.99', { from: 99_999, until: null }],
    ['> 999.99', { from: 100_000, until: null }],
    ['< 999.995', { from: null, until: 100_000 }],
    ['<= 999.995', { from: null, until: 100_000 }],
    ['= 0.1', { from: 10, until: 11 }],
    ['BETWEEN 1 AND 2', { from: 100, until: 201 }],
    ['> -0.001', { from: 0, until: null }],
    ['> 99999999999999999999', { from: 2 ** 53, until: null }],
  ])('%s', (condition, range) => {
    expect(amounts(condition)).toEqual([range])
  })

  test('what no coin can pay is equal to nothing', () => {
    expect(amounts('= 999.995')).toEqual([{ from: 100_000, until: 100_000 }])
  })

  test('the currency says how many digits there are', () => {
    expect(amounts('= 5', 0)).toEqual([{ from: 5, until: 6 }])
    expect(amounts('= 5', 3)).toEqual([{ from: 5_000, until: 5_001 }])
  })
})

describe('an anniversary is a day of the year', () => {
  const on = (condition: string, at = '2024-12-20T02:00:00Z') => {
    const query = resolved(`anniversary('metafields.facts.birth_date') ${condition}`, { at: instant(Date.parse(at)) })
    return query.kind === 'anniversary' ? [query.days?.from, query.days?.to, query.leapDay] : []
  }

  test.each([
    ['= today', '12-20', '12-20', false],
    ['BETWEEN today AND +30d', '12-20', '01-19', false],
    ["BETWEEN '1999-12-20' AND '1970-01-10'", '12-20', '01-10', false],
    ['BETWEEN 2024-02-01 AND 2024-03-01', '02-01', '03-01', true],
    ['BETWEEN today AND +1y', '01-01', '12-31', true],
    ['BETWEEN +1d AND today', undefined, undefined, false],
    ['= 2024-02-28', '02-28', '02-28', false],
    ['= 2024-02-29', '02-29', '02-29', true],
    ['< 2024-01-01', undefined, undefined, false],
    ['<= 2024-03-01', '01-01', '03-01', true],
    ['> 2024-03-01', '03-02', '12-31', false],
  ])('%s', (condition, from, to, leapDay) => {
    expect(on(condition)).toEqual([from, to, leapDay])
  })

  test('who was born on a 29 February celebrates on the 28th in other years', () => {
    expect(on('= today', '2025-02-28T02:00:00Z')).toEqual(['02-28', '02-28', true])
    expect(on('= today', '2025-03-01T02:00:00Z')).toEqual(['03-01', '03-01', false])
  })
})

test('two clauses that ask the same are the same, and NOT NOT says nothing', () => {
  expect(resolved('orders_placed MATCHES (count > 1, date = today)')).toEqual(
    resolved('orders_placed MATCHES (date = 2024-03-31, count >= 2)'),
  )
  expect(resolved('NOT NOT NOT number_of_orders = 1')).toEqual({ kind: 'not', of: resolved('number_of_orders = 1') })
})
