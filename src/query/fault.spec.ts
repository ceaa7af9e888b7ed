import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from './parse.ts'
import type { QueryPlace } from './place.ts'
import { printQuery } from './print.ts'

function faultsOf(text: string, place: QueryPlace = 'AUDIENCE') {
  const parsed = parseQuery(text, { place })
  return parsed.ok ? [] : parsed.problem
}

const messages = (text: string) => faultsOf(text).map(({ message }) => message)

describe('what is wrong is told where it stands', () => {
  test.each([
    ['', ['Line 1 Column 1: the end is unexpected.']],
    ['this valid', ["Line 1 Column 1: 'this' is unexpected. There is no such attribute.", "Line 1 Column 6: 'valid' is unexpected."]],
    ['number_of_orders = 1 number_of_orders = 2', ["Line 1 Column 22: 'number_of_orders' is unexpected."]],
    ['number_of_orders =', ['Line 1 Column 19: the end is unexpected.']],
    ['(number_of_orders = 1', ['Line 1 Column 22: the end is unexpected.']],
    ['number_of_orders = 1)', ["Line 1 Column 21: ')' is unexpected."]],
    ['number_of_orders = 1 AND', ['Line 1 Column 25: the end is unexpected.']],
    ['AND number_of_orders = 1', ["Line 1 Column 1: 'AND' is unexpected."]],
    ['number_of_orders = 1 AND OR number_of_orders = 1', ["Line 1 Column 26: 'OR' is unexpected."]],
    ['()', ["Line 1 Column 2: ')' is unexpected."]],
    ['number_of_orders = 1 OR\n  amount_spent ~ 5', ["Line 2 Column 16: '~' is unexpected."]],
    ["customer_tags CONTAINS 'vip", ["Line 1 Column 24: ''vip' is unexpected."]],
    ['number_of_orders IN ()', ["Line 1 Column 22: ')' is unexpected."]],
    ['number_of_orders IN (1, )', ["Line 1 Column 25: ')' is unexpected."]],
    ['number_of_orders IN (1 2)', ["Line 1 Column 24: '2' is unexpected."]],
    ['number_of_orders BETWEEN 1 OR 2', ["Line 1 Column 28: 'OR' is unexpected.", "Line 1 Column 31: '2' is unexpected."]],
    ['number_of_orders NOT BETWEEN 1 AND 2', ["Line 1 Column 22: 'BETWEEN' is unexpected."]],
    ["customer_tags CONTAINS ('a')", ["Line 1 Column 24: '(' is unexpected."]],
    ["anniversary('metafields.facts.birth_date', 'x') = today", ["Line 1 Column 42: ',' is unexpected."]],
    [
      "anniversary('metafields.facts.birth_date', 'x') = 5 OR foo = 1",
      [
        "Line 1 Column 42: ',' is unexpected.",
        "Line 1 Column 51: '5' is unexpected. anniversary takes a date.",
        "Line 1 Column 56: 'foo' is unexpected. There is no such attribute.",
      ],
    ],
    ['rfm_score > 5', ["Line 1 Column 1: 'rfm_score' is unexpected. There is no such attribute; did you mean rfm_group or rfm_recency?"]],
    ['number_of_orders IS 5', ["Line 1 Column 21: '5' is unexpected."]],
    ['last_order_date > 2023-02-29', ["Line 1 Column 19: '2023-02-29' is unexpected. There is no such date."]],
    ['last_order_date > +99999y', ["Line 1 Column 19: '+99999y' is unexpected. There is no such date."]],
    ['number_of_orders > 12abc', ["Line 1 Column 20: '12abc' is unexpected."]],
  ])('%j', (text, expected) => {
    expect(messages(text)).toEqual(expected)
  })

  test('every fault of a query is told, in the order in which they stand', () => {
    const text =
      "amount_spnt > 5 AND (number_of_orders > 2.5 OR customer_tags = 'x') AND products_purchased MATCHES (colour = 'red', count > 'a') AND ???"
    expect(faultsOf(text).map(({ column }) => column)).toEqual(
      ['amount_spnt', '2.5', "= 'x'", 'colour', "'a'", '???'].map((wrong) => text.indexOf(wrong) + 1),
    )
  })
})

describe('what could have stood there is told', () => {
  test('an unknown attribute suggests the nearest known ones', () => {
    expect(faultsOf('amount_spnt > 5')).toEqual([
      {
        line: 1,
        column: 1,
        message: "Line 1 Column 1: 'amount_spnt' is unexpected. There is no such attribute; did you mean amount_spent?",
        messageZh: "第 1 行第 1 列：不应出现 'amount_spnt'。没有这个属性；您是不是要写 amount_spent？",
        expected: ['amount_spent'],
        suggestion: 'amount_spent',
      },
    ])
    expect(faultsOf('order_date = today')[0]?.expected).toEqual(expect.arrayContaining(['last_order_date', 'first_order_date']))
    expect(faultsOf('Amount_Spent > 5')[0]?.suggestion).toBe('amount_spent')
  })

  test('a wrong operator names those that the attribute takes', () => {
    expect(faultsOf("customer_tags = 'vip'")).toMatchObject([
      { column: 15, expected: ['CONTAINS', 'NOT CONTAINS', 'IS NULL', 'IS NOT NULL'], suggestion: 'CONTAINS' },
    ])
    expect(faultsOf("customer_language > 'en'")[0]?.expected).toEqual(['=', '!=', 'IN', 'NOT IN', 'IS NULL', 'IS NOT NULL'])
    expect(faultsOf('orders_placed = 5')[0]?.expected).toContain('MATCHES')
    expect(faultsOf('amount_spent MATCHES (count > 1)')).toHaveLength(1)
    expect(faultsOf('attributes.colour < true')).toHaveLength(1)
    expect(faultsOf("attributes.colour < 'red'")).toHaveLength(1)
    expect(faultsOf("anniversary('metafields.facts.birth_date') IS NULL")).toHaveLength(1)
  })

  test('a wrong value of an enumeration lists the right ones', () => {
    expect(faultsOf("email_subscription_status = 'subscribed'")).toMatchObject([
      { expected: ['SUBSCRIBED', 'NOT_SUBSCRIBED', 'PENDING', 'UNSUBSCRIBED', 'INVALID', 'REDACTED'], suggestion: 'SUBSCRIBED' },
    ])
    expect(faultsOf('customer_kind = ENTERPRISE')[0]?.suggestion).toBe("'ENTERPRISE'")
  })

  test.each([
    ['number_of_orders > 2.5', null],
    ["number_of_orders > '2'", '2'],
    ["amount_spent > 'much'", null],
    ['amount_spent > today', null],
    ['customer_language = 5', "'5'"],
    ['customer_language = en', "'en'"],
    ["certified_enterprise = 'true'", 'true'],
    ['last_order_date > 5', null],
    ["last_order_date > 'soon'", null],
    ['last_order_date > 30d', '-30d'],
    ['customer_tags CONTAINS （', '('],
    ['customer_tags CONTAINS “', "'"],
    ['customer_tags CONTAINS “vip”', "'vip'"],
    ['customer_tags CONTAINS "vip"', "'vip'"],
    ['total_spent > 5', 'amount_spent'],
    ["tags CONTAINS 'x'", 'customer_tags'],
    ['number_of_orders == 1', '='],
    ['number_of_orders <> 1', '!='],
    ['number_of_orders = 1 && number_of_orders = 2', 'AND'],
    ["products_purchased MATCHES (tags = 'x')", 'tag'],
    ['products_purchased MATCHES (count > 1, count < 5)', null],
    ['products_purchased(since: -30d, date: -20d) = true', null],
    ["products_purchased(tag: 'x')", null],
    ["products_purchased MATCHES (tag = 'x'", null],
    ['orders_placed MATCHES (date IS NULL)', null],
    ["orders_placed MATCHES (since = '2024-01-01')", null],
    ["anniversary('birth_date') = today", "'metafields.facts.birth_date'"],
    ['attributes.x BETWEEN 1 AND today', null],
    ['attributes. = 1', null],
  ])('%s is one fault', (text, suggestion) => {
    expect(faultsOf(text)).toHaveLength(1)
    expect(faultsOf(text)[0]?.suggestion).toBe(suggestion)
  })

  test('what means nothing here is told in a sentence', () => {
    expect(messages("customer_account_status = 'ENABLED' AND created_by_app_id = 5")).toEqual([
      expect.stringMatching(/^Line 1 Column 1: 'customer_account_status' is unexpected\. NOT_SUPPORTED_HERE: .+\.$/),
      expect.stringContaining('NOT_SUPPORTED_HERE'),
    ])
    expect(messages("customer_within_distance(lat: 1, lng: 2) = true OR product_subscription_status = 'ACTIVE'")).toHaveLength(2)
    expect(messages('store_credit_accounts MATCHES (balance > 5)')).toHaveLength(1)
  })
})

test('what lets a customer into a tier may not ask for the tier', () => {
  expect(faultsOf("number_of_orders > 1 AND customer_tier = 'gold'", 'TIER')).toMatchObject([{ column: 26 }])
  expect(faultsOf("customer_tier = 'gold'")).toEqual([])
})

test('no text makes the parser fall over', () => {
  for (const text of [
    '(((',
    ')))',
    'NOT',
    'NOT NOT',
    "'",
    'a(',
    'a MATCHES (',
    'orders_placed MATCHES (,)',
    'orders_placed(',
    'IN (',
    '\0',
    '\ud800',
    'x'.repeat(6_000),
  ]) {
    expect(faultsOf(text).length).toBeGreaterThan(0)
  }
})

test('of any heap of words either a tree is made that prints as itself, or faults that lie within it', () => {
  const words =
    "number_of_orders amount_spent customer_tags orders_placed products_purchased anniversary attributes.x count date tag since AND OR NOT IN IS NULL BETWEEN CONTAINS MATCHES NOT_MATCHES ( ) , : = != < >= 1 2.5 'a' 'SUBSCRIBED' today -30d 2024-01-01 true ? '".split(
      ' ',
    )
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (heap) => {
      const text = heap.join(' ')
      const parsed = parseQuery(text)
      if (parsed.ok) expect(parseQuery(printQuery(parsed.value))).toEqual(parsed)
      else expect(parsed.problem.every(({ line, column }) => line === 1 && column >= 1 && column <= text.length + 1)).toBe(true)
      expect(parsed.ok || parsed.problem.length > 0).toBe(true)
      const places = parsed.ok ? [] : parsed.problem.map(({ line, column }) => `${line}:${column}`)
      expect(new Set(places).size).toBe(places.length)
    }),
    { numRuns: 2_000 },
  )
})
