import { beforeAll, describe, expect, test } from 'vitest'
import { publish, saveOffer } from '../harness/acts.ts'
import type { TestShop } from '../harness/shop.ts'
import { EVERYONE, openShopOfSix } from '../harness/six-customers.ts'

// Whom each query holds of six customers (test/harness/six-customers.ts), worked out by hand.

const HELD: readonly (readonly [query: string, who: string])[] = [
  ['', EVERYONE],
  ['   ', EVERYONE],
  // Amounts: net, in major units, of orders that count. Whoever has none has spent 0.
  ['amount_spent = 99.99', 'bob'],
  ['amount_spent > 99.99', 'ann dee'],
  ['amount_spent >= 99.99', 'ann bob dee'],
  ['amount_spent < 0.01', 'cy eve fay'],
  ['amount_spent <= 0', 'cy eve fay'],
  ['amount_spent != 0', 'ann bob dee'],
  ['amount_spent > 299.999', 'ann dee'],
  ['amount_spent = 1000.00', 'ann'],
  ['amount_spent BETWEEN 99.99 AND 300.01', 'bob dee'],
  ['amount_spent between 300.02 and 99', ''],
  ['amount_spent > 7000', ''],
  ['number_of_orders = 0', 'cy fay'],
  ['number_of_orders != 0', 'ann bob dee eve'],
  ['number_of_orders IN (1, 3)', 'bob dee eve'],
  ['number_of_orders NOT IN (1, 3)', 'ann cy fay'],
  ['average_order_amount = 500', 'ann'],
  ['average_order_amount > 100', 'ann dee'],
  ['average_order_amount = 100', ''],
  ['average_order_amount <= 100', 'bob eve'],
  ['average_order_amount != 500', 'bob cy dee eve fay'],
  ['average_order_amount IS NULL', 'cy fay'],
  ['average_order_amount IS NOT NULL', 'ann bob dee eve'],
  ['largest_order_amount >= 900.00', 'ann'],
  ['largest_order_amount = 0', 'eve'],
  ['largest_order_amount IS NULL', 'cy fay'],
  // Days in the shop's zone: ann's orders are one millisecond apart, on two days.
  ['first_order_date = 2025-06-01', 'ann'],
  ['last_order_date = 2025-06-02', 'ann'],
  ['first_order_date > 2025-06-01', 'bob dee eve'],
  ['first_order_date >= 2025-06-02', 'bob dee eve'],
  ['first_order_date < 2025-06-02', 'ann'],
  ['first_order_date <= 2025-06-01', 'ann'],
  ['last_order_date < 2025-06-02', ''],
  ["last_order_date <= '2025-06-02'", 'ann'],
  ['last_order_date != 2025-06-02', 'bob cy dee eve fay'],
  ['last_order_date = 2026-01-01', 'bob'],
  ['last_order_date BETWEEN 2025-06-02 AND 2026-01-01', 'ann bob'],
  ['last_order_date BETWEEN 2026-01-02 AND 2025-06-01', ''],
  ['last_order_date = 2025-06-02T00:00:00', 'ann'],
  ['last_order_date > 2025-06-02T00:00:00', 'bob dee eve'],
  ['first_order_date < 2025-06-02T00:00:00', 'ann'],
  ['last_order_date IS NULL', 'cy fay'],
  ['last_order_date = today', 'dee'],
  ["last_order_date >= 'today'", 'dee'],
  ['last_order_date > today', ''],
  ['last_order_date > yesterday', 'dee'],
  ['last_order_date > +1d', ''],
  ['last_order_date < +1d', 'ann bob dee eve'],
  ['last_order_date = -10d', 'eve'],
  ['last_order_date >= -2w', 'dee eve'],
  ['last_order_date < 7_days_ago AND last_order_date > 30_days_ago', 'eve'],
  ['customer_added_date = 2025-01-15', 'ann'],
  ['customer_added_date > 2025-01-15 AND customer_added_date < 2026-03-01', ''],
  ['customer_added_date = 2026-03-01', 'cy'],
  ['customer_added_date IS NULL', ''],
  // Lists and texts.
  ["customer_tags CONTAINS 'vip'", 'ann bob'],
  ["customer_tags CONTAINS 'SUMMER sale'", 'ann'],
  ["customer_tags CONTAINS 'summer'", ''],
  ["customer_tags NOT CONTAINS 'VIP'", 'cy dee eve fay'],
  ['customer_tags IS NULL', 'cy eve fay'],
  ['customer_tags IS NOT NULL', 'ann bob dee'],
  ["customer_countries CONTAINS 'CN'", 'ann'],
  ["customer_countries CONTAINS 'cn'", 'dee'],
  ["customer_countries NOT CONTAINS 'CN'", 'bob cy dee eve fay'],
  ['customer_countries IS NULL', 'cy eve fay'],
  ["customer_regions CONTAINS 'Zhejiang'", 'ann'],
  ["customer_cities CONTAINS 'Hangzhou' OR customer_cities CONTAINS 'L\\'Aquila'", 'ann eve'],
  ["customer_email_domain = 'example.com'", 'ann'],
  ["customer_email_domain != 'example.com'", 'bob cy dee eve fay'],
  ['customer_email_domain IS NULL', 'cy dee eve fay'],
  ["customer_language = 'zh-CN'", 'ann'],
  ["customer_language IN ('zh-CN', 'ZH-cn')", 'ann dee'],
  ["customer_language NOT IN ('zh-CN', 'ZH-cn')", 'bob cy eve fay'],
  ["companies = 'Acme'", 'bob'],
  ['companies IS NULL', 'ann cy dee fay'],
  ['companies IS NOT NULL', 'bob eve'],
  ["customer_source = 'tmall'", 'ann'],
  ["customer_source = 'Tmall'", ''],
  ["customer_tier = 'gold'", 'eve'],
  ["customer_tier != 'gold'", 'ann bob cy dee fay'],
  ['customer_tier IS NULL', 'ann bob cy dee'],
  ["customer_tier IN ('gold', 'silver', 'nobody')", 'eve fay'],
  // Enums and booleans.
  ["email_subscription_status = 'SUBSCRIBED'", 'ann'],
  ["email_subscription_status = 'UNSUBSCRIBED'", 'bob'],
  ["email_subscription_status = 'NOT_SUBSCRIBED'", 'cy dee eve fay'],
  ["email_subscription_status != 'SUBSCRIBED'", 'bob cy dee eve fay'],
  ["email_subscription_status = 'PENDING'", ''],
  ["sms_subscription_status = 'SUBSCRIBED'", 'dee'],
  ["customer_kind = 'ENTERPRISE'", 'bob'],
  ["customer_role IN ('PURCHASER', 'ENGINEER')", 'bob eve'],
  ['customer_role IS NULL', 'ann cy dee fay'],
  ["customer_gender != 'FEMALE'", 'bob cy dee eve fay'],
  ["customer_purpose = 'OWN_USE'", 'eve'],
  ["customer_industry = 'own'", 'eve'],
  ['certified_enterprise = true', 'bob'],
  ['certified_enterprise = false', 'ann cy dee eve fay'],
  ['certified_enterprise != true', 'ann cy dee eve fay'],
  // What the shop put there, compared by its value.
  ['attributes.score = 7.5', 'ann'],
  ['attributes.score > 7', 'ann'],
  ["attributes.score = 'high'", 'fay'],
  ['attributes.score != 7.5', 'bob cy dee eve fay'],
  ['attributes.score IS NULL', 'bob cy dee eve'],
  ['attributes.level = 10', 'fay'],
  ["attributes.level = '10'", 'ann'],
  ['attributes.club = true', 'ann'],
  ['attributes.club = false', 'fay'],
  ['attributes.club != true', 'bob cy dee eve fay'],
  ["attributes.size = 'M'", 'ann'],
  ["attributes.size IN ('m', 'L')", 'fay'],
  ['attributes.joined > 2025-02-28', 'ann'],
  ["attributes.joined <= '2025-03-01'", 'ann'],
  ["attributes.joined = 'soon'", 'fay'],
  ['attributes.nothing IS NULL', EVERYONE],
  ['metafields.custom.shoe = 38', 'dee'],
  ['customer.metafields.custom.shoe BETWEEN 37.5 AND 38', 'dee'],
  // What they bought, line by line.
  ["products_purchased MATCHES (sku = 'A')", 'ann'],
  ["products_purchased MATCHES (id = 'B')", 'ann bob'],
  ['products_purchased MATCHES ()', 'ann bob dee eve'],
  ['products_purchased NOT MATCHES ()', 'cy fay'],
  ['products_purchased NOT_MATCHES ()', 'cy fay'],
  ["products_purchased MATCHES (tag = 'NEW')", 'ann'],
  ["products_purchased MATCHES (category = 'passives')", 'ann bob'],
  ["products_purchased MATCHES (category = 'passives/resistors')", 'ann'],
  ["products_purchased MATCHES (category = 'pass')", ''],
  ["products_purchased MATCHES (brand = 'acme')", 'dee'],
  ["products_purchased MATCHES (sku IN ('A', 'C'))", 'ann dee'],
  ["products_purchased MATCHES (sku = 'D')", 'eve'],
  ["products_purchased MATCHES (sku = 'B', quantity >= 3)", 'bob'],
  ["products_purchased MATCHES (sku = 'B', date = 2025-06-01)", ''],
  ["products_purchased MATCHES (sku = 'B', date = 2025-06-02)", 'ann'],
  ["products_purchased MATCHES (sku = 'B', date BETWEEN 2025-06-02 AND 2026-01-01)", 'ann bob'],
  ["products_purchased MATCHES (sku = 'C', count >= 3)", 'dee'],
  ['products_purchased MATCHES (sum_quantity = 3)', 'ann bob dee'],
  ['products_purchased MATCHES (count = 0)', ''],
  ["products_purchased(id: 'A') = true", 'ann'],
  ["products_purchased(sku: 'B', since: 2025-06-03) = true", 'bob'],
  ["products_purchased(sku: 'B', until: 2025-06-02) = true", 'ann'],
  ["products_purchased(tag: 'new') = false", 'bob cy dee eve fay'],
  ["products_purchased(tag: 'new') != true", 'bob cy dee eve fay'],
  ['orders_placed MATCHES (count >= 2)', 'ann dee'],
  ['orders_placed MATCHES (count = 0)', ''],
  ['orders_placed NOT MATCHES (amount > 0)', 'cy eve fay'],
  ['orders_placed MATCHES (amount = 0)', 'eve'],
  ['orders_placed MATCHES (amount >= 100, count >= 2)', 'ann dee'],
  ['orders_placed MATCHES (amount > 100, count >= 2)', ''],
  ['orders_placed MATCHES (sum_amount = 300.01)', 'dee'],
  ['orders_placed MATCHES (date = yesterday)', 'dee'],
  ['orders_placed MATCHES (date >= -30d, count = 3)', 'dee'],
  ['orders_placed MATCHES (date > -30d, count = 2)', 'dee'],
  ['orders_placed MATCHES (date = 30_days_ago, amount = 100.01)', 'dee'],
  ['orders_placed MATCHES (date >= today, sum_amount BETWEEN 99.99 AND 100)', 'dee'],
  ['orders_placed MATCHES (date <= -30d, date >= 2020-01-01)', 'BAD_QUERY'],
  // Birthdays come round each year.
  ["anniversary('metafields.facts.birth_date') = today", 'ann'],
  ["anniversary(date: 'metafields.facts.birth_date') = today", 'ann'],
  ["anniversary('customer.metafields.facts.birth_date') = +1d", 'bob'],
  ["anniversary('metafields.facts.birth_date') BETWEEN today AND +7d", 'ann bob'],
  ["anniversary('metafields.facts.birth_date') = yesterday", ''],
  // Grammar: keywords in any case, AND before OR, brackets, NOT.
  ["customer_tags contains 'vip' and amount_spent > 500 or customer_kind = 'ENTERPRISE'", 'ann bob'],
  ["customer_gender = 'MALE' OR customer_gender = 'FEMALE' AND amount_spent > 1000", 'bob'],
  ["(customer_gender = 'MALE' OR customer_gender = 'FEMALE') AND amount_spent > 500", 'ann'],
  ["NOT customer_gender = 'MALE' AND number_of_orders > 0", 'ann dee eve'],
  ["not (customer_gender = 'MALE' and number_of_orders > 0)", 'ann cy dee eve fay'],
  ['NOT (NOT (number_of_orders = 3))', 'dee'],
  ['((((number_of_orders=3))))', 'dee'],
  ['number_of_orders\n>=\n\t2', 'ann dee'],
  ['NULL IS NULL', 'BAD_QUERY'],
]

let shop: TestShop

beforeAll(async () => {
  shop = await openShopOfSix()
})

const FIND =
  'query ($query: String!) { customers(query: $query, first: 250) { totalCount nodes { externalId } } previewSegment(query: $query) { customerCount percent } }'

async function held(query: string): Promise<string> {
  const answer = await shop.ask('/admin/graphql', { authorization: `Bearer ${shop.keys.owner}` }, FIND, { query })
  if (answer.errors.length > 0) return answer.errors[0]?.extensions.code ?? ''
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
  const { customers, previewSegment } = answer.data as any
  const names = customers.nodes.map((node: { externalId: string }) => node.externalId).sort()
  expect(customers.totalCount).toBe(names.length)
  expect(previewSegment.customerCount).toBe(names.length)
  expect(previewSegment.percent).toBeCloseTo((100 * names.length) / 6, 6)
  return names.join(' ')
}

test.each(HELD)('%s holds %s', async (query, who) => {
  expect(await held(query)).toBe(who)
})

test.each(HELD.filter(([query, who]) => who !== 'BAD_QUERY' && query.trim() !== ''))(
  'NOT (%s) holds everybody but %s',
  async (query, who) => {
    const others = EVERYONE.split(' ').filter((name) => !who.split(' ').includes(name))
    expect(await held(`NOT (${query})`)).toBe(others.join(' '))
  },
)

describe('as an audience', () => {
  test('a query holds at the till whom it holds in the list', async () => {
    const asked = HELD.filter(([query, who]) => who !== 'BAD_QUERY' && query.trim() !== '')
    for (const [i, [audience]] of asked.entries())
      await saveOffer(shop, { code: `q${i}`, level: 'PRODUCT', audience, product: { adjustment: { percentOff: 1 } } })
    await publish(shop, ...asked.map((_, i) => `q${i}`))
    const found = asked.map(() => [] as string[])
    for (const externalId of EVERYONE.split(' ')) {
      const { quote } = await shop.storefront(
        'query ($customer: CustomerRef, $cart: CartInput!) { quote(cart: $cart, customer: $customer, explain: true) { lines { trace { code outcome } } } }',
        { customer: { externalId }, cart: { lines: [{ sku: 'priced', quantity: 1 }] } },
      )
      for (const { code, outcome } of quote.lines[0].trace)
        if (outcome !== 'NOT_IN_AUDIENCE') found[Number(code.slice(1))]?.push(externalId)
    }
    expect(asked.map(([query], i) => [query, found[i]?.join(' ')])).toEqual(asked)
  })
})
