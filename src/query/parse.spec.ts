import { describe, expect, test } from 'vitest'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { CustomerQuery } from './tree.ts'

function read(text: string): CustomerQuery {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.map(({ message }) => message).join(' ')}`)
  return parsed.value
}

const printed = (text: string) => printQuery(read(text))

describe('every form of the grammar is read, and printed in its plain form', () => {
  test.each([
    ["customer_tags CONTAINS 'vip'", "customer_tags CONTAINS 'vip'"],
    ["customer_tags not contains 'vip'", "customer_tags NOT CONTAINS 'vip'"],
    ['customer_tags IS NULL', 'customer_tags IS NULL'],
    ['companies is Not null', 'companies IS NOT NULL'],
    ['amount_spent > 999.99', 'amount_spent > 999.99'],
    ['amount_spent>=-5', 'amount_spent >= -5'],
    ['number_of_orders between 1 and 5', 'number_of_orders BETWEEN 1 AND 5'],
    ['number_of_orders IN (1,2 , 3)', 'number_of_orders IN (1, 2, 3)'],
    ["customer_language NOT IN ('en','zh')", "customer_language NOT IN ('en', 'zh')"],
    ["customer_email_domain = 'o\\'neil.example'", "customer_email_domain = 'o\\'neil.example'"],
    ["email_subscription_status = 'SUBSCRIBED'", "email_subscription_status = 'SUBSCRIBED'"],
    ['certified_enterprise = TRUE', 'certified_enterprise = true'],
    ['last_order_date >= -30d', 'last_order_date >= -30d'],
    ['last_order_date < +2W', 'last_order_date < +2w'],
    ['last_order_date = Today', 'last_order_date = today'],
    ["last_order_date > '2024-02-29'", 'last_order_date > 2024-02-29'],
    ["last_order_date > 'yesterday' OR first_order_date < '-1y'", 'last_order_date > yesterday OR first_order_date < -1y'],
    ['customer_added_date BETWEEN 12_months_ago AND 7_days_ago', 'customer_added_date BETWEEN 12_months_ago AND 7_days_ago'],
    ['customer_added_date > 2024-01-01T12:30:00', 'customer_added_date > 2024-01-01T12:30:00'],
    ["customer.metafields.crm.level = 'A'", "attributes.crm.level = 'A'"],
    ['metafields.crm.score >= 1.50', 'attributes.crm.score >= 1.50'],
    ['attributes.等级 = true', 'attributes.等级 = true'],
    ["attributes.until > '2024-01-01'", "attributes.until > '2024-01-01'"],
    ['orders_placed MATCHES ()', 'orders_placed MATCHES ()'],
    [
      'orders_placed matches (date >= -365d, sum_amount >= 2000, count >= 3)',
      'orders_placed MATCHES (date >= -365d, sum_amount >= 2000, count >= 3)',
    ],
    ["products_purchased NOT MATCHES (tag = 'x')", "products_purchased NOT MATCHES (tag = 'x')"],
    ["products_purchased NOT_MATCHES (sku NOT IN ('A','B'))", "products_purchased NOT MATCHES (sku NOT IN ('A', 'B'))"],
    ['products_purchased MATCHES (id = 2012162031638)', 'products_purchased MATCHES (id = 2012162031638)'],
    ["products_purchased(tag: 'x', since: -30d) = true", "products_purchased MATCHES (tag = 'x', date >= -30d)"],
    [
      "products_purchased(until: today, brand: 'B', since: -30d) = false",
      "products_purchased NOT MATCHES (date BETWEEN -30d AND today, brand = 'B')",
    ],
    ['products_purchased(date: -30d) != true', 'products_purchased NOT MATCHES (date >= -30d)'],
    ['orders_placed() != false', 'orders_placed MATCHES ()'],
    ["anniversary('metafields.facts.birth_date') = today", "anniversary('metafields.facts.birth_date') = today"],
    [
      "anniversary(date: 'customer.metafields.facts.birth_date') between today and +30d",
      "anniversary('metafields.facts.birth_date') BETWEEN today AND +30d",
    ],
    [
      'number_of_orders = 1 AND number_of_orders = 2 OR number_of_orders = 3',
      '(number_of_orders = 1 AND number_of_orders = 2) OR number_of_orders = 3',
    ],
    ['NOT number_of_orders = 1 and number_of_orders = 2', 'NOT number_of_orders = 1 AND number_of_orders = 2'],
    ['NOT (number_of_orders = 1 or not number_of_orders = 2)', 'NOT (number_of_orders = 1 OR NOT number_of_orders = 2)'],
    ['((number_of_orders = 1))', 'number_of_orders = 1'],
    ['  \n\tnumber_of_orders\n=\n1  ', 'number_of_orders = 1'],
  ])('%s', (text, plain) => {
    expect(printed(text)).toBe(plain)
    expect(read(plain)).toEqual(read(text))
  })
})

test('AND binds tighter than OR, NOT tighter than both', () => {
  expect(read('certified_enterprise = true OR NOT number_of_orders = 1 AND number_of_orders = 2')).toEqual({
    kind: 'or',
    of: [
      { kind: 'attribute', attribute: 'certified_enterprise', test: { op: '=', value: { kind: 'boolean', value: true } } },
      {
        kind: 'and',
        of: [
          {
            kind: 'not',
            of: { kind: 'attribute', attribute: 'number_of_orders', test: { op: '=', value: { kind: 'integer', text: '1' } } },
          },
          { kind: 'attribute', attribute: 'number_of_orders', test: { op: '=', value: { kind: 'integer', text: '2' } } },
        ],
      },
    ],
  })
})

test('parentheses by the thousand are read like one pair', () => {
  expect(printed(`${'('.repeat(2_400)}number_of_orders = 1${')'.repeat(2_400)}`)).toBe('number_of_orders = 1')
  expect(printed(`${'NOT '.repeat(1_200)}number_of_orders = 1`)).toHaveLength(4_820)
})

test('a query may have 5,000 characters between its blanks, and 100 clauses', () => {
  const clauses = (count: number) => Array.from({ length: count }, () => 'number_of_orders = 1').join(' AND ')
  expect(parseQuery(clauses(100)).ok).toBe(true)
  expect(parseQuery(clauses(101)).ok).toBe(false)
  const long = (length: number) => `customer_tags CONTAINS '${'x'.repeat(length - 25)}'`
  expect(parseQuery(` ${long(5_000)} `).ok).toBe(true)
  expect(parseQuery(long(5_001)).ok).toBe(false)
})

test('a list may have 500 values', () => {
  const list = (count: number) => `number_of_orders IN (${Array.from({ length: count }, (_, i) => i % 10).join(',')})`
  expect(parseQuery(list(500)).ok).toBe(true)
  expect(parseQuery(list(501)).ok).toBe(false)
})
