import { expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { resolveQuery } from './resolve.ts'
import { ANY_SEGMENT, type Segments } from './segment.ts'
import { knownSegments } from './segments.ts'

const SAVED = knownSegments([
  { code: 'vip', query: "customer_tags CONTAINS 'vip' OR amount_spent > 1000" },
  { code: '新客', query: 'first_order_date >= -30d' },
  { code: 'both', query: "in_segment = 'vip' AND NOT in_segment = '新客'" },
  { code: 'tiers', query: "number_of_orders > 1 AND in_segment = 'gold'" },
  { code: 'gold', query: "customer_tier = 'gold'" },
])
const ASKING = { at: instant(Date.parse('2026-03-10T08:00:00Z')), timeZone: 'Asia/Shanghai', currencyDigits: 2 }

function read(text: string, segments: Segments = SAVED) {
  const parsed = parseQuery(text, { segments })
  if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join(' '))
  return parsed.value
}
const meant = (text: string) => resolveQuery(read(text), ASKING)
const faultsOf = (text: string, segments: Segments = SAVED, place: 'AUDIENCE' | 'TIER' = 'AUDIENCE') => {
  const parsed = parseQuery(text, { segments, place })
  return parsed.ok ? [] : parsed.problem
}

test.each([
  ["in_segment = 'vip'", "customer_tags CONTAINS 'vip' OR amount_spent > 1000"],
  ["in_segment != 'vip'", "NOT (customer_tags CONTAINS 'vip' OR amount_spent > 1000)"],
  ["in_segment IN ('新客', 'gold')", "first_order_date >= -30d OR customer_tier = 'gold'"],
  ["in_segment not in ('新客', 'gold')", "NOT (first_order_date >= -30d OR customer_tier = 'gold')"],
  ["in_segment = 'both'", "(customer_tags CONTAINS 'vip' OR amount_spent > 1000) AND NOT first_order_date >= -30d"],
])('%s means what is saved', (naming, written) => {
  expect(meant(naming)).toEqual(meant(written))
})

test.each(["in_segment = 'vip'", "in_segment != '新客'", "in_segment IN ('vip', 'gold')", "in_segment NOT IN ('vip', 'gold')"])(
  '%s is printed as it is read',
  (text) => {
    expect(printQuery(read(text))).toBe(text)
    expect(read(printQuery(read(text)))).toEqual(read(text))
  },
)

test('a segment that is named twice is one', () => {
  expect(printQuery(read("in_segment IN ('vip', 'vip')"))).toBe("in_segment = 'vip'")
})

test.each([
  ["in_segment = 'vpi'", "'vpi'", "'vip'"],
  ['in_segment = vip', "'vip'", "'vip'"],
  ["in_segment CONTAINS 'vip'", "'CONTAINS'", '='],
  ['in_segments = 1', "'in_segments'", 'in_segment'],
])('%s is told as a fault', (text, what, suggestion) => {
  expect(faultsOf(text)[0]).toMatchObject({ suggestion })
  expect(faultsOf(text)[0]?.message).toContain(`: ${what === "'vpi'" ? "'vpi'" : what} is unexpected.`)
})

test('every segment of a list that is not there is told, each where it stands', () => {
  expect(faultsOf("in_segment IN ('vip', 'x1', 'x2')").map(({ column }) => column)).toEqual([23, 29])
})

test('without saved segments there is none; where only the writing is looked at there is any', () => {
  expect(parseQuery("in_segment = 'vip'").ok).toBe(false)
  expect(parseQuery("in_segment = 'vip'", { segments: ANY_SEGMENT }).ok).toBe(true)
})

test("a tier may not ask for tiers, by way of a segment's segment either", () => {
  expect(faultsOf("in_segment = 'tiers'", SAVED, 'TIER')[0]?.message).toContain('customer_tier')
  expect(faultsOf("in_segment = 'both'", SAVED, 'TIER')).toEqual([])
})

test('a circle is told as it is walked, whichever of it is asked for', () => {
  const circle = knownSegments([
    { code: 'a', query: "in_segment = 'b'" },
    { code: 'b', query: "number_of_orders > 1 OR in_segment = 'c'" },
    { code: 'c', query: "in_segment IN ('b')" },
  ])
  expect(faultsOf("in_segment = 'a'", circle)[0]?.message).toContain('b -> c -> b')
  expect(faultsOf("in_segment = 'c'", circle)[0]?.message).toContain('b -> c -> b')
})

test('what segments say is held to the same bounds as what is written', () => {
  const ids = (from: number) => Array.from({ length: 500 }, (_, i) => `'${from + i}'`).join(',')
  const lists = Array.from({ length: 11 }, (_, i) => ({ code: `l${i}`, query: `customer_industry IN (${ids(100 + i)})` }))
  const naming = (count: number) => `in_segment IN (${lists.slice(0, count).map(({ code }) => `'${code}'`)})`
  expect(faultsOf(naming(10), knownSegments(lists))).toEqual([])
  expect(faultsOf(naming(11), knownSegments(lists))[0]?.message).toContain('5000 values')
})
