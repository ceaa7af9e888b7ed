import { expect, test } from 'vitest'
import { customers, orders, products, publish, saveOffer, tiers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { saveSegment } from './saving.ts'

// What a query says at the instant for which a price is asked: days, offsets from them, birthdays.

const PREVIEW = `query ($who: CustomerRef, $at: DateTime) {
  previewQuote(cart: { lines: [{ sku: "P", quantity: 1 }] }, customer: $who, at: $at) { lines { trace { code outcome } } } }`

async function applies(shop: TestShop, who: string, at: string): Promise<string[]> {
  const { previewQuote } = await shop.admin(PREVIEW, { who: { externalId: who }, at })
  return previewQuote.lines[0].trace
    .filter(({ outcome }: { outcome: string }) => outcome !== 'NOT_IN_AUDIENCE')
    .map(({ code }: { code: string }) => code)
    .sort()
}

async function openWith(
  attributes: object,
  audiences: Readonly<Record<string, string>>,
  more: object = {},
  place: object = {},
): Promise<TestShop> {
  const shop = await openTestShop(place)
  await products(shop, { P: 1_000 })
  await customers(shop, { ann: { attributes, ...more } })
  for (const [code, audience] of Object.entries(audiences))
    await saveOffer(shop, { code, level: 'PRODUCT', audience, product: { adjustment: { percentOff: 1 } } })
  await publish(shop, ...Object.keys(audiences))
  return shop
}

/** Of these dates, what each offset means on a day, told by which date equals it. */
test.each([
  ['2027-03-31T04:00:00Z', '-1m', '2027-02-28'],
  ['2028-03-31T04:00:00Z', '-1m', '2028-02-29'],
  ['2027-03-31T04:00:00Z', '+1m', '2027-04-30'],
  ['2027-12-31T04:00:00Z', '+2m', '2028-02-29'],
  ['2028-02-29T04:00:00Z', '-1y', '2027-02-28'],
  ['2028-02-29T04:00:00Z', '+1y', '2029-02-28'],
  ['2028-02-29T04:00:00Z', '-4y', '2024-02-29'],
  ['2028-02-29T04:00:00Z', '12_months_ago', '2027-02-28'],
  ['2027-03-31T04:00:00Z', '-13m', '2026-02-28'],
  ['2027-01-15T04:00:00Z', '-1m', '2026-12-15'],
  ['2027-01-15T04:00:00Z', '-2w', '2027-01-01'],
  ['2027-01-01T04:00:00Z', '-1d', '2026-12-31'],
  ['2027-01-01T04:00:00Z', 'yesterday', '2026-12-31'],
  ['2027-01-01T04:00:00Z', '7_days_ago', '2026-12-25'],
  ['2027-01-01T04:00:00Z', '30_days_ago', '2026-12-02'],
  ['2027-01-01T04:00:00Z', '90_days_ago', '2026-10-03'],
  ['2027-01-01T04:00:00Z', '-0d', '2027-01-01'],
  ['2027-01-01T15:59:59.999Z', 'today', '2027-01-01'],
  ['2027-01-01T16:00:00Z', 'today', '2027-01-02'],
])('at %s %s is %s', async (at, offset, day) => {
  const shop = await openWith(
    { day, time: `${day}T12:30:00` },
    {
      bare: `attributes.day = ${offset}`,
      quoted: `attributes.day = '${offset}'`,
      time: `attributes.day >= ${offset} AND attributes.day <= ${offset}`,
    },
  )
  expect(await applies(shop, 'ann', at)).toEqual(['bare', 'quoted', 'time'])
})

test.each([
  // Born on the 29th of February; in other years it comes round on the 28th, or the 1st of March.
  ['1988-02-29', '2028-02-29T04:00:00Z', ['today', 'week']],
  ['1990-01-03', '2026-12-30T04:00:00Z', ['week']],
  ['1990-12-30', '2026-12-30T04:00:00Z', ['today', 'week']],
  ['1990-12-29', '2026-12-30T04:00:00Z', ['past']],
  ['1990-01-06', '2026-12-30T04:00:00Z', ['week']],
  ['1990-01-07', '2026-12-30T04:00:00Z', []],
])('whoever was born on %s has a birthday at %s: %j', async (birthDate, at, due) => {
  const shop = await openWith(
    {},
    {
      today: "anniversary('metafields.facts.birth_date') = today",
      week: "anniversary(date: 'metafields.facts.birth_date') BETWEEN today AND +7d",
      past: "anniversary('customer.metafields.facts.birth_date') = yesterday",
    },
    { birthDate },
  )
  expect(await applies(shop, 'ann', at)).toEqual(due)
})

const QUOTE = `query { quote(cart: { lines: [{ sku: "P", quantity: 1 }] }, customer: { externalId: "ann" }) { total } }`
const RESERVE = `mutation ($key: String!, $total: Money!) { reserve(input: { cart: { lines: [{ sku: "P", quantity: 1 }] }, customer: { externalId: "ann" }, idempotencyKey: $key, expectedTotal: $total }) { __typename ... on Reservation { quote { total } } ... on PriceChanged { quote { total } } } }`

test.each([
  ['orders_placed MATCHES (count >= 2, sum_amount > 2)'],
  ["products_purchased(sku: 'P', since: -7d) = true AND number_of_orders = 2"],
  ['NOT orders_placed NOT MATCHES (count = 2)'],
  ['amount_spent = 20'],
  ["in_segment = 'twice'"],
  ["rfm_frequency >= 1 AND number_of_orders = 2 AND lifecycle = 'ACTIVE' AND NOT rfm_group = 'PROSPECTS'"],
  ['last_order_date = yesterday AND purchase_interval_days < 2'],
])('%s is asked anew at the next quote and at reserve', async (audience) => {
  const shop = await openTestShop()
  await products(shop, { P: 1_000 })
  await customers(shop, { ann: null })
  await saveSegment(shop, 'twice', 'orders_placed MATCHES (count = 2)')
  await saveOffer(shop, { code: 'o', level: 'PRODUCT', audience, product: { adjustment: { percentOff: 50 } } })
  await publish(shop, 'o')
  const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const total = async () => (await shop.storefront(QUOTE)).quote.total
  expect(await total()).toBe(1_000)
  await orders(shop, ['ann', 'P', 1_000, 1, day(2)])
  expect(await total()).toBe(1_000)
  await orders(shop, ['ann', 'P', 1_000, 1, day(1)])
  expect(await total()).toBe(500)
  expect((await shop.storefront(RESERVE, { key: 'reserve-1', total: 1_000 })).reserve).toMatchObject({ __typename: 'PriceChanged' })
  expect((await shop.storefront(RESERVE, { key: 'reserve-2', total: 500 })).reserve).toMatchObject({ __typename: 'Reservation' })
})

test('a setting changes which orders count, for every query', async () => {
  const shop = await openTestShop()
  await customers(shop, { paid: null, completed: null })
  const order = (who: string, status: string) => ({
    externalId: who,
    customer: { externalId: who },
    placedAt: '2026-01-01T00:00:00Z',
    status,
    lines: [{ sku: 'A', quantity: 1, unitPrice: 100 }],
  })
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [order('paid', 'PAID'), order('completed', 'COMPLETED')],
  })
  const held = async (query: string) =>
    (await shop.admin('query ($query: String!) { customers(query: $query) { nodes { externalId } } }', { query })).customers.nodes
      .map(({ externalId }: { externalId: string }) => externalId)
      .sort()
  const asked = [
    'number_of_orders = 1',
    'orders_placed MATCHES ()',
    "products_purchased MATCHES (sku = 'A')",
    'last_order_date IS NOT NULL',
    'rfm_recency IS NOT NULL',
    "NOT lifecycle = 'PROSPECT'",
    "rfm_group != 'PROSPECTS'",
  ]
  for (const query of asked) expect([query, await held(query)]).toEqual([query, ['completed', 'paid']])
  await shop.admin('mutation { updateShop(input: { orderCountsWhen: COMPLETED }) { code } }')
  for (const query of asked) expect([query, await held(query)]).toEqual([query, ['completed']])
  await shop.admin('mutation { updateShop(input: { orderCountsWhen: PAID }) { code } }')
  for (const query of asked) expect([query, await held(query)]).toEqual([query, ['completed', 'paid']])
})

test.each([
  ['rfm_monetary = 5', 'rich'],
  ['spend_percentile = 100', 'rich'],
  ["abc_class = 'A' AND number_of_orders >= 1", 'rich'],
  ['orders_placed MATCHES (sum_amount >= 100)', 'rich'],
  ["products_purchased MATCHES (sku = 'X')", 'rich'],
  ["in_segment = 'big'", 'rich'],
  ["attributes.club = true OR customer_tags CONTAINS 'VIP'", 'tagged'],
  ["lifecycle = 'PROSPECT'", 'tagged'],
  [
    "NOT lifecycle = 'PROSPECT' AND rfm_group IN ('DORMANT', 'CHAMPIONS', 'NEW', 'LOYAL', 'PROMISING', 'ACTIVE')",
    'poor1 poor2 poor3 poor4 rich',
  ],
])('%s qualifies for a tier', async (qualification, who) => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await customers(shop, { rich: null, poor1: null, poor2: null, poor3: null, poor4: null, tagged: { tags: ['vip'] } })
  await orders(
    shop,
    ['rich', 'X', 10_000, 1, '2026-11-01T00:00:00Z'],
    ...[1, 2, 3, 4].map((i) => [`poor${i}`, 'Y', 10, 1, '2026-11-01T00:00:00Z'] as const),
  )
  await saveSegment(shop, 'big', 'amount_spent > 50')
  await shop.admin('mutation ($q: String!) { saveTier(input: { code: "gold", name: "gold", rank: 1, qualification: $q }) { id } }', {
    q: qualification,
  })
  await shop.admin('mutation { evaluateTiers { promoted } }')
  const { customers: found } = await shop.admin(
    `{ customers(query: "customer_tier = 'gold' AND tier_since = today") { nodes { externalId } } }`,
  )
  expect(
    found.nodes
      .map(({ externalId }: { externalId: string }) => externalId)
      .sort()
      .join(' '),
  ).toBe(who)
})

test('who came with later orders qualifies by how all stand now', async () => {
  const shop = await openTestShop()
  const names = ['c1', 'c2', 'c3', 'c4', 'c5']
  await customers(shop, Object.fromEntries(names.map((one) => [one, null])))
  await shop.admin('mutation { saveTier(input: { code: "gold", name: "gold", rank: 1, qualification: "rfm_monetary >= 4" }) { id } }')
  for (const [i, one] of names.entries()) await orders(shop, [one, 'X', 100 * (i + 1), 1, '2026-11-01T00:00:00Z'])
  await shop.admin('mutation { evaluateTiers { promoted } }')
  const { customers: found } = await shop.admin(`{ customers(query: "customer_tier = 'gold'") { nodes { externalId } } }`)
  expect(found.nodes.map(({ externalId }: { externalId: string }) => externalId).sort()).toEqual(['c4', 'c5'])
})
