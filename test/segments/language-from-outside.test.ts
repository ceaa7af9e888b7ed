import { beforeAll, describe, expect, test } from 'vitest'
import { settleScores } from '../../src/scores/score.service.ts'
import { customers, pin, products, publish, saveOffer, tiers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { saveSegment } from './saving.ts'

// Whom queries hold in a shop in New York, where a day may have 23 or 25 hours.

const ALL = ['ada', 'ben', 'cat', 'dan', 'empty']
let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop({ currency: 'USD', timeZone: 'America/New_York' })
  await tiers(shop, 'gold')
  await products(shop, {
    A: { listPrice: 10_000, tags: ['New'], categoryPaths: [['passives', 'resistors'], ['sale']], brand: 'Acme', costPrice: 10 },
    B: { listPrice: 10_000, categoryPaths: [['passives', 'caps']] },
    priced: 10_000,
  })
  await shop.storefront(
    'mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme", industry: "electronics", certified: true }]) }',
  )
  await customers(shop, {
    ada: {
      tags: ['VIP', 'ÉTÉ', "d'or", 'a, b', 'straße', 'İzmir'],
      country: 'US',
      region: 'NY',
      city: 'New York',
      email: 'ada@Example.com',
      language: 'en',
      gender: 'FEMALE',
      kind: 'INDIVIDUAL',
      birthDate: '1988-02-29',
      source: 'back\\slash',
      attributes: {
        since: '2026-01-31',
        leap: '2024-02-29',
        when: '2026-03-08T03:30:00',
        n: 10,
        s: '10',
        big: 12345678901234.5,
        neg: -3,
        t: true,
        Name_1: 'x',
      },
      registeredAt: '2026-03-08T04:59:59.999Z',
    },
    ben: {
      tags: ['vip'],
      companyExternalId: 'acme',
      kind: 'ENTERPRISE',
      role: 'PURCHASER',
      country: 'CN',
      birthDate: '1990-12-31',
      consents: [
        { channel: 'EMAIL', granted: true },
        { channel: 'SMS', granted: false },
      ],
      registeredAt: '2026-03-08T05:00:00Z',
      attributes: { since: '2026-02-28', s: 10, list: ['a', 'b'], obj: { a: 1 }, empty: '', when: '2026-03-08T03:29:59' },
    },
    cat: {
      tags: ['vipper'],
      purpose: 'RESALE',
      industry: 'retail',
      birthDate: '2000-01-01',
      registeredAt: '2026-03-09T03:59:59.999Z',
      attributes: { since: '2026-02-29', n: 10.5, t: 'true' },
    },
    dan: {
      gender: 'MALE',
      registeredAt: '2026-03-09T04:00:00Z',
      city: '50% _off',
      language: 'EN',
      attributes: { since: 20260131, n: '9' },
    },
    empty: { registeredAt: '2026-11-01T05:30:00Z' },
  })
  await pin(shop, 'ada', 'gold')
  const order = (externalId: string, who: string, placedAt: string, status: string, ...lines: readonly [string, number, number][]) => ({
    externalId,
    customer: { externalId: who },
    placedAt,
    status,
    lines: lines.map(([sku, quantity, unitPrice]) => ({ sku, quantity, unitPrice })),
  })
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [
      order('a1', 'ada', '2026-03-08T05:00:00Z', 'PAID', ['A', 2, 5_000], ['B', 1, 1]),
      order('a2', 'ada', '2026-03-09T03:59:59Z', 'PAID', ['A', 3, 5_000]),
      order('a3', 'ada', '2026-03-09T04:00:00Z', 'COMPLETED', ['B', 1, 100]),
      order('b1', 'ben', '2025-11-02T04:00:00Z', 'PAID', ['A', 1, 5_000], ['A', 1, 5_000]),
      order('b2', 'ben', '2025-11-03T04:59:59Z', 'PAID', ['X', 4, 99_999]),
      order('c1', 'cat', '2025-11-03T05:00:00Z', 'PAID', ['A', 5, 1_000]),
      order('c2', 'cat', '2025-11-04T05:00:00Z', 'PAID', ['B', 5, 1_000]),
      order('d1', 'dan', '2025-11-04T05:00:00Z', 'CANCELLED', ['A', 5, 1_000]),
      order('d2', 'dan', '2025-11-04T05:00:00Z', 'PLACED', ['A', 5, 1_000]),
      order('d3', 'dan', '2025-11-04T05:00:00Z', 'PAID', ['B', 5, 1_000]),
    ],
  })
  await shop.storefront(`mutation {
    r1: returnLines(input: { returnExternalId: "r1", orderExternalId: "c1", lines: [{ id: "0", quantity: 2 }] }) { __typename }
    r2: returnLines(input: { returnExternalId: "r2", orderExternalId: "c2", lines: [{ id: "0", quantity: 5 }] }) { __typename }
    r3: returnLines(input: { returnExternalId: "r3", orderExternalId: "a1", lines: [{ id: "1", quantity: 1 }] }) { __typename } }`)
  await saveSegment(shop, 'vip', "customer_tags CONTAINS 'vip'")
  await saveSegment(shop, 'rich-vip', "in_segment = 'vip' AND amount_spent > 1000")
  await saveSegment(shop, 'Others', "NOT in_segment = 'vip'")
  await settleScores(shop.world())
})

const HELD: readonly (readonly [query: string, who: string])[] = [
  // Days of 23 and of 25 hours.
  ['customer_added_date = 2026-03-07', 'ada'],
  ['customer_added_date = 2026-03-08', 'ben cat'],
  ['customer_added_date > 2026-03-08 AND customer_added_date < 2026-10-01', 'dan'],
  ['first_order_date = 2026-03-08 AND last_order_date = 2026-03-09', 'ada'],
  ['first_order_date = 2025-11-02 AND last_order_date = 2025-11-02', 'ben'],
  ['last_order_date = 2025-11-03', 'cat'],
  ['last_order_date < 2025-11-03T00:00:01', 'ben cat'],
  ['last_order_date < 2025-11-03T00:00:00', 'ben'],
  ['last_order_date BETWEEN 2025-11-03T00:00:00 AND 2025-11-03', 'cat'],
  ['last_order_date IN (2025-11-02, 2026-03-09)', 'ada ben'],
  ['last_order_date NOT IN (2025-11-02, 2026-03-09)', 'cat dan empty'],
  ["last_order_date IN ('2025-11-02')", 'ben'],
  ['orders_placed MATCHES (date = 2026-03-08, count = 2)', 'ada'],
  ['orders_placed MATCHES (date IN (2026-03-09, 2025-11-03))', 'ada cat'],
  ['orders_placed MATCHES (date NOT IN (2026-03-08, 2025-11-02))', 'ada cat dan'],
  ['orders_placed MATCHES (date != 2026-03-08, count = 1)', 'ada cat dan'],
  // Tags: whole, whatever their case.
  ["customer_tags CONTAINS 'été'", 'ada'],
  ["customer_tags CONTAINS 'D\\'OR'", 'ada'],
  ["customer_tags CONTAINS 'A, B'", 'ada'],
  ["customer_tags CONTAINS 'a'", ''],
  ["customer_tags CONTAINS 'vip'", 'ada ben'],
  ["customer_tags CONTAINS 'vip' AND customer_tags NOT CONTAINS 'STRASSE'", 'ada ben'],
  ["customer_tags CONTAINS 'STRAßE'", 'ada'],
  ["customer_tags CONTAINS 'İzmir'", 'ada'],
  ["customer_tags CONTAINS ''", ''],
  ["customer_cities CONTAINS '50% _off'", 'dan'],
  ["customer_cities CONTAINS '50%'", ''],
  ["customer_source = 'back\\slash'", 'ada'],
  ["customer_language = 'EN'", 'dan'],
  ["customer_countries CONTAINS 'US' OR customer_countries CONTAINS 'us'", 'ada'],
  ["companies = 'Acme'", 'ben'],
  ['companies IS NULL', 'ada cat dan empty'],
  // Attributes are compared by what they are.
  ['attributes.since = 2026-01-31', 'ada'],
  ['attributes.since > 2026-01-31', 'ben'],
  ["attributes.since BETWEEN '2026-01-31' AND '2026-02-28'", 'ada ben'],
  ["attributes.since = '2026-02-29'", 'cat'],
  ['attributes.since = 20260131', 'dan'],
  ['attributes.since < 2026-02-01', 'ada'],
  ['attributes.since IN (2026-01-31, 20260131)', 'ada dan'],
  ["attributes.since != '2026-01-31'", 'ben cat dan empty'],
  ['attributes.when > 2026-03-07 AND attributes.when < 2026-03-09', 'ada ben'],
  ['attributes.n > 9', 'ada cat'],
  ['attributes.n = 10', 'ada'],
  ['attributes.n = 10.0', 'ada'],
  ["attributes.n = '9'", 'dan'],
  ['attributes.n != 10', 'ben cat dan empty'],
  ['attributes.s = 10', 'ben'],
  ["attributes.s = '10'", 'ada'],
  ['attributes.neg = -3', 'ada'],
  ['attributes.neg < 0', 'ada'],
  ['attributes.big = 12345678901234.5', 'ada'],
  ['attributes.t = true', 'ada'],
  ['attributes.t = TRUE', 'ada'],
  ["attributes.t = 'true'", 'cat'],
  ['attributes.t != true', 'ben cat dan empty'],
  ["attributes.Name_1 = 'x'", 'ada'],
  ["attributes.name_1 = 'x'", ''],
  ["attributes.empty = ''", 'ben'],
  ['attributes.empty IS NULL', 'ada cat dan empty'],
  ["metafields.custom.since = '2026-01-31'", ''],
  ['customer.metafields.since.x IS NULL AND metafields.since.x IS NULL', ALL.join(' ')],
  // Orders that count, less returns.
  ['amount_spent = 251', 'ada'],
  ['amount_spent = 30 AND number_of_orders = 1', 'cat'],
  ['number_of_orders = 2', 'ben'],
  ['orders_placed MATCHES (amount = 30)', 'cat'],
  ['orders_placed MATCHES (amount BETWEEN 30 AND 50, count = 1)', 'cat dan'],
  ['orders_placed MATCHES (amount IN (30, 1), count >= 1)', 'ada cat'],
  ['orders_placed MATCHES (amount NOT IN (30, 1), count = 1)', 'dan'],
  ['orders_placed MATCHES (amount != 30)', 'ada ben dan'],
  ['orders_placed MATCHES (count != 1)', 'ada ben'],
  ['orders_placed MATCHES (count IN (1, 3))', 'ada cat dan'],
  ['orders_placed MATCHES (count < 1)', ''],
  ['orders_placed MATCHES (count = 0)', ''],
  ['orders_placed MATCHES (sum_amount <= 0)', ''],
  ['NOT orders_placed MATCHES (count >= 1)', 'empty'],
  ['orders_placed NOT MATCHES (count = 3)', 'ben cat dan empty'],
  ['orders_placed not_matches (COUNT = 3)', 'BAD_QUERY'],
  ["products_purchased MATCHES (sku = 'B')", 'ada dan'],
  ["products_purchased MATCHES (sku = 'A', quantity = 3)", 'ada cat'],
  ["products_purchased MATCHES (sku = 'A', quantity > 3)", ''],
  ["products_purchased MATCHES (sku = 'A', count = 2)", 'ada ben'],
  ["products_purchased MATCHES (sku = 'A', sum_quantity >= 5)", 'ada'],
  ["products_purchased MATCHES (sku NOT IN ('A', 'B'))", 'ben'],
  ["products_purchased MATCHES (sku != 'A')", 'ada ben dan'],
  ["products_purchased MATCHES (tag != 'new')", 'ada ben dan'],
  ["products_purchased MATCHES (tag = 'NEW', date >= 2026-01-01)", 'ada'],
  ["products_purchased MATCHES (category = 'passives', count = 3)", 'ada'],
  ["products_purchased MATCHES (category = 'sale')", 'ada ben cat'],
  ["products_purchased MATCHES (category IN ('passives/caps', 'nothing'))", 'ada dan'],
  ["products_purchased MATCHES (brand = 'Acme')", 'ada ben cat'],
  ["products_purchased MATCHES (brand != 'Acme')", 'ada ben dan'],
  ["products_purchased(id: 'A', since: 2026-03-08, until: 2026-03-08) = true", 'ada'],
  ["products_purchased(id: 'A', until: 2025-11-02) = true", 'ben'],
  ["products_purchased(id: 'A', date: 2025-11-03) = true", 'ada cat'],
  ["products_purchased(id: 'A', since: '2025-11-03') = false", 'ben dan empty'],
  ["products_purchased(id: 'A', since: 2025-11-03) != false", 'ada cat'],
  ["products_purchased(id: 'A', since: 7_days_ago) = true", ''],
  ['products_purchased() = true', 'ada ben cat dan'],
  // Segments.
  ["in_segment = 'vip'", 'ada ben'],
  ["in_segment = 'rich-vip'", 'ben'],
  ["in_segment != 'rich-vip'", 'ada cat dan empty'],
  ["in_segment IN ('rich-vip', 'Others')", 'ben cat dan empty'],
  ["in_segment NOT IN ('rich-vip', 'Others')", 'ada'],
  ["NOT (in_segment = 'vip' OR in_segment = 'Others')", ''],
  ["in_segment = 'others'", 'BAD_QUERY'],
  ["in_segment = 'nobody'", 'BAD_QUERY'],
  // Grammar.
  ['NUMBER_OF_ORDERS = 2', 'BAD_QUERY'],
  ['number_of_orders Between 2 aNd 3', 'ada ben'],
  ['number_of_orders iN (2) oR number_of_orders nOt In (1, 2, 3)', 'ben empty'],
  ['last_order_date iS nUlL', 'empty'],
  ['number_of_orders = 2 AND NOT number_of_orders = 3 OR NOT number_of_orders > 0', 'ben empty'],
  ['number_of_orders = 1 OR number_of_orders = 2 AND amount_spent < 1', 'cat dan'],
  ['last_order_date < Today', 'ada ben cat dan'],
  ['last_order_date < NOW', 'BAD_QUERY'],
  ['last_order_date > 60_days_ago', 'BAD_QUERY'],
  ["last_order_date > '-24m'", 'ada ben cat dan'],
  ['last_order_date > -2y AND last_order_date < +1w', 'ada ben cat dan'],
  ['last_order_date > 2d', 'BAD_QUERY'],
  ['amount_spent > +5', 'BAD_QUERY'],
  ['amount_spent > -5', ALL.join(' ')],
  ['amount_spent > .5', 'BAD_QUERY'],
  ['amount_spent > 5.', 'BAD_QUERY'],
  ['number_of_orders > 99999999999999999999', ''],
  ['amount_spent < 99999999999999999999.99', ALL.join(' ')],
  ['number_of_orders > -99999999999999999999', ALL.join(' ')],
  ['spend_percentile > 1e3', 'BAD_QUERY'],
  ["rfm_group = 'champions'", 'BAD_QUERY'],
  ['rfm_group IS NULL OR lifecycle IS NULL', ''],
  ["customer_gender = 'FEMALE'AND(number_of_orders=3)", 'ada'],
  ["storefront_event.product_viewed MATCHES (id = 'A')", 'BAD_QUERY'],
  ["storefront.product_viewed MATCHES (id = 'A')", 'BAD_QUERY'],
  ['shopify_email.opened MATCHES (count > 1)', ''],
  ["campaign_exposure MATCHES (campaign = 'x')", ''],
  ['abandoned_checkout_date > today', ''],
  ['points_balance > 1', 'BAD_QUERY'],
  ['predicted_orders > 1', ''],
  ['tier_since <= today', 'ada'],
  ['tier_since IS NULL', 'ben cat dan empty'],
  ["customer_tier IN ('gold')", 'ada'],
]

const FIND =
  'query ($query: String!) { customers(query: $query, first: 250) { totalCount nodes { externalId } } previewSegment(query: $query) { customerCount percent sample { externalId } } }'

async function held(query: string): Promise<string> {
  const answer = await shop.ask('/admin/graphql', { authorization: `Bearer ${shop.keys.owner}` }, FIND, { query })
  if (answer.errors.length > 0) return answer.errors[0]?.extensions.code ?? ''
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
  const { customers: found, previewSegment } = answer.data as any
  const names = found.nodes.map((node: { externalId: string }) => node.externalId).sort()
  expect(found.totalCount).toBe(names.length)
  expect(previewSegment.customerCount).toBe(names.length)
  expect(previewSegment.percent).toBeCloseTo((100 * names.length) / ALL.length, 6)
  expect(previewSegment.sample.map(({ externalId }: { externalId: string }) => externalId).sort()).toEqual(names)
  return names.join(' ')
}

test.each(HELD)('%s holds %s', async (query, who) => {
  expect(await held(query)).toBe(who)
})

test.each(HELD)('NOT (%s) holds everybody but %s', async (query) => {
  const who = await held(query)
  if (who === 'BAD_QUERY') return
  expect(await held(`NOT (${query})`)).toBe(ALL.filter((name) => !who.split(' ').includes(name)).join(' '))
})

describe('as an audience', () => {
  test('a query holds at the till whom it holds in the list', async () => {
    const asked: [string, string][] = []
    for (const [query] of HELD) {
      const who = await held(query)
      if (who !== 'BAD_QUERY') asked.push([query, who])
    }
    for (const [i, [audience]] of asked.entries())
      await saveOffer(shop, { code: `q${i}`, level: 'PRODUCT', audience, product: { adjustment: { percentOff: 1 } } })
    await publish(shop, ...asked.map((_, i) => `q${i}`))
    const found = asked.map(() => [] as string[])
    for (const externalId of ALL) {
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
