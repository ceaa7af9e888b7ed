import { expect, test } from 'vitest'
import { customers, orders, products, publish, saveLadder, saveOffer, tiers } from '../harness/acts.ts'
import { openPriced, productOffer, QUOTE_FIELDS, quoteOf, said } from '../harness/priced.ts'
import type { TestShop } from '../harness/shop.ts'

// What a rule's window, days and people mean to the instant, asked of previewQuote.

const MARCH = '2026-03-01T00:00:00Z'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
async function preview(shop: TestShop, at: string | null, more: object = {}, sku = 'A'): Promise<any> {
  const { previewQuote } = await shop.admin(
    `query ($cart: CartInput!, $customer: CustomerRef, $at: DateTime, $withDrafts: [String!]) {
      previewQuote(cart: $cart, customer: $customer, at: $at, withDrafts: $withDrafts) { ${QUOTE_FIELDS} } }`,
    { cart: { lines: [{ sku, quantity: 1 }], codes: ['rule'] }, at, ...more },
  )
  return previewQuote
}
const applied = async (...of: Parameters<typeof preview>): Promise<boolean> => (await preview(...of)).total === 9_000

type Instants = Readonly<Record<string, boolean>>
const WINDOWS: readonly { why: string; timeZone?: string; terms: object; at: Instants }[] = [
  {
    why: 'a window holds its first instant and not its last',
    terms: { validFrom: '2026-03-01T10:00:00Z', validUntil: '2026-03-01T11:00:00.500Z' },
    at: {
      '2026-03-01T09:59:59.999Z': false,
      '2026-03-01T10:00:00Z': true,
      '2026-03-01T11:00:00.499Z': true,
      '2026-03-01T11:00:00.500Z': false,
      '2026-03-01T18:00:00.000+08:00': true,
    },
  },
  {
    why: 'days of the month are those of the shop: the 1st begins at 16:00 UTC in Shanghai',
    terms: { schedule: { daysOfMonth: [1, 31] } },
    at: {
      '2026-02-28T15:59:59.999Z': false,
      '2026-02-28T16:00:00Z': true,
      '2026-03-01T15:59:59.999Z': true,
      '2026-03-01T16:00:00Z': false,
      '2026-03-30T16:00:00Z': true,
      '2026-04-30T16:00:00Z': true,
      '2026-04-30T15:59:59Z': false,
    },
  },
  {
    why: 'days of the week run from 1, Monday, to 7, and all that is given must match',
    terms: { schedule: { daysOfWeek: [7], fromTime: '08:30', untilTime: '20:00' } },
    at: {
      '2026-03-01T00:29:59.999Z': false,
      '2026-03-01T00:30:00Z': true,
      '2026-03-01T11:59:59.999Z': true,
      '2026-03-01T12:00:00Z': false,
      '2026-03-02T00:30:00Z': false,
      '2026-03-08T00:30:00Z': true,
    },
  },
  {
    why: 'a day of the month and of the week: Friday the 13th',
    terms: { schedule: { daysOfMonth: [13], daysOfWeek: [5] } },
    at: { '2026-03-13T04:00:00Z': true, '2026-04-13T04:00:00Z': false, '2026-03-20T04:00:00Z': false },
  },
  {
    why: 'only an end of the day',
    terms: { schedule: { untilTime: '00:01' } },
    at: { '2026-03-01T16:00:00Z': true, '2026-03-01T16:00:59.999Z': true, '2026-03-01T16:01:00Z': false },
  },
  {
    why: 'clocks that change: 08:00 in New York is 13:00 UTC in winter and 12:00 in summer',
    timeZone: 'America/New_York',
    terms: { schedule: { fromTime: '08:00', untilTime: '09:00' } },
    at: {
      '2026-03-07T12:59:59Z': false,
      '2026-03-07T13:00:00Z': true,
      '2026-03-08T12:00:00Z': true,
      '2026-03-08T13:00:00Z': false,
      '2026-11-01T12:30:00Z': false,
      '2026-11-01T13:30:00Z': true,
    },
  },
  {
    why: 'an hour that comes twice matches twice',
    timeZone: 'America/New_York',
    terms: { schedule: { fromTime: '01:00', untilTime: '02:00' } },
    at: { '2026-11-01T04:59:59Z': false, '2026-11-01T05:30:00Z': true, '2026-11-01T06:30:00Z': true, '2026-11-01T07:00:00Z': false },
  },
  {
    why: 'a zone of half an hour',
    timeZone: 'Asia/Kolkata',
    terms: { schedule: { daysOfWeek: [1] } },
    at: { '2026-03-01T18:29:59Z': false, '2026-03-01T18:30:00Z': true },
  },
  {
    why: 'a launch is recent until N x 24 hours after it, that instant included, and never before it',
    terms: { scope: { launchedWithinDays: 7 } },
    at: { '2026-02-28T23:59:59.999Z': false, [MARCH]: true, '2026-03-08T00:00:00Z': true, '2026-03-08T00:00:00.001Z': false },
  },
  {
    why: '24 hours are no day of the calendar where clocks change',
    timeZone: 'America/New_York',
    terms: { scope: { launchedWithinDays: 10, skus: ['A'] } },
    at: { '2026-03-11T00:00:00Z': true, '2026-03-11T00:00:00.001Z': false },
  },
]

for (const { why, timeZone, terms, at } of WINDOWS)
  test(why, async () => {
    const shop = await openPriced({
      shop: timeZone === undefined ? {} : { timeZone },
      products: { A: { listPrice: 10_000, launchedAt: MARCH } },
      offers: [productOffer('rule', { percentOff: 10 }, { trigger: 'CODE', ...terms })],
    })
    const found: Record<string, boolean> = {}
    for (const instant of Object.keys(at)) found[instant] = await applied(shop, instant)
    expect(found).toEqual(at)
    if (!JSON.stringify(terms).includes('launched')) {
      const [closed] = Object.entries(at).find(([, live]) => !live) ?? []
      expect((await preview(shop, closed ?? null)).refusedCodes).toEqual([{ code: 'rule', outcome: 'NOT_LIVE' }])
    }
  })

test('a preview is always explained, says its instant, and takes the drafts it names as published', async () => {
  const shop = await openPriced({ ladders: [{ code: 'l', rungs: [{ adjustment: { percentOff: 1 } }] }] })
  await saveLadder(shop, { code: 'l', rungs: [{ adjustment: { percentOff: 5 } }] })
  await saveOffer(shop, productOffer('rule', { percentOff: 10 }, { trigger: 'CODE' }))
  const without = await preview(shop, MARCH)
  expect(said(without)).toMatchObject({ total: 9_900, refused: [['rule', 'UNKNOWN_CODE']] })
  expect(Date.parse(without.at)).toBe(Date.parse(MARCH))
  expect(without.lines[0].trace).toContainEqual({ kind: 'LADDER', code: 'l', outcome: 'APPLIED', price: 9_900 })
  expect((await preview(shop, MARCH, { withDrafts: ['l'] })).total).toBe(9_500)
  expect((await preview(shop, MARCH, { withDrafts: ['l', 'rule'] })).total).toBe(9_000)
  expect((await preview(shop, MARCH)).total).toBe(9_900)
})

test("an audience's today is the day of the instant that is previewed", async () => {
  const shop = await openPriced({
    offers: [productOffer('rule', { percentOff: 10 }, { trigger: 'CODE', audience: 'customer_added_date >= -7d' })],
  })
  await customers(shop, { mei: { registeredAt: '2026-03-01T16:00:00Z' } })
  const customer = { externalId: 'mei' }
  expect(await applied(shop, '2026-03-09T15:59:59Z', { customer })).toBe(true)
  expect(await applied(shop, '2026-03-09T16:00:00Z', { customer })).toBe(false)
})

test('amounts in an audience are major units: 1000 yen, 1.000 dinar', async () => {
  for (const [currency, amount, minor] of [
    ['JPY', '1000', 1_000],
    ['KWD', '1.000', 1_000],
    ['CNY', '10', 1_000],
  ] as const) {
    const shop = await openPriced({
      shop: { currency },
      offers: [productOffer('rule', { percentOff: 10 }, { audience: `amount_spent >= ${amount}` })],
    })
    await customers(shop, { mei: null, li: null })
    await orders(shop, ['mei', 'A', minor, 1, '2026-01-05T03:00:00Z'], ['li', 'A', minor - 1, 1, '2026-01-05T03:00:00Z'])
    const price = async (externalId: string) => (await preview(shop, null, { customer: { externalId } })).total
    expect([currency, await price('mei'), await price('li')]).toEqual([currency, 9_000, 10_000])
  }
})

test('the first order is over once an order counts, and not before', async () => {
  const shop = await openPriced({ offers: [productOffer('rule', { percentOff: 10 }, { trigger: 'CODE', firstOrderOnly: true })] })
  await customers(shop, { mei: null })
  const record = (status: string) =>
    shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
      orders: [
        { externalId: 'o', customer: { externalId: 'mei' }, placedAt: MARCH, status, lines: [{ sku: 'A', quantity: 1, unitPrice: 1 }] },
      ],
    })
  const customer = { externalId: 'mei' }
  await record('PLACED')
  expect(await applied(shop, null, { customer })).toBe(true)
  await record('PAID')
  expect((await preview(shop, null, { customer })).refusedCodes).toEqual([{ code: 'rule', outcome: 'NOT_FIRST_ORDER' }])
  expect(await applied(shop, null)).toBe(true)
})

test('a tier that a company gives reaches steps, gifts and audiences', async () => {
  const shop = await openPriced({})
  await tiers(shop, 'silver', 'gold')
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await customers(shop, { buyer: { companyExternalId: 'acme' } })
  await shop.admin('mutation { pinCompanyTier(externalId: "acme", tierCode: "gold", reason: "contract") { tier { code } } }')
  await saveOffer(shop, productOffer('p', { amountOff: 10 }, { combination: 'STACKABLE', audience: "customer_tier = 'gold'" }))
  await saveOffer(shop, {
    code: 'o',
    level: 'ORDER',
    order: { steps: [{ minTierCode: 'gold', amountOff: 100, gifts: [{ sku: 'MUG', minTierCode: 'gold' }] }] },
  })
  await publish(shop, 'p', 'o')
  const quote = await preview(shop, null, { customer: { externalId: 'buyer' } })
  expect(said(quote)).toMatchObject({ units: [9_990], total: 9_890, gifts: [['MUG', 1, 'o']] })
})

test('the order in which a cart is written changes no amount of any line', async () => {
  const shop = await openPriced({
    products: { A: { listPrice: 997, floorPrice: 700 }, B: 333, C: { listPrice: 1_501, floorPrice: 1_400 }, D: 11 },
    ladders: [{ code: 'l', rungs: [{ minQuantity: 2, adjustment: { percentOff: 3.33 } }] }],
    offers: [
      {
        code: 'm',
        level: 'ORDER',
        combination: 'STACKABLE',
        priority: 1,
        order: { form: 'MULTI_BUY', multiBuy: { every: 3, units: 1, percentOff: 33.33 } },
      },
      {
        code: 'b',
        level: 'ORDER',
        combination: 'STACKABLE',
        priority: 2,
        order: { form: 'BUNDLE', bundle: { items: [{ sku: 'A' }, { sku: 'B', quantity: 2 }], price: 1_500 } },
      },
      { code: 't', level: 'ORDER', combination: 'STACKABLE', order: { steps: [{ percentOff: 7.77 }] } },
    ],
  })
  const cart = [
    ['A', 3],
    ['B', 5],
    ['A', 1],
    ['C', 2],
    ['D', 7],
    ['B', 1, 250],
    ['A', 3, 1_000],
  ] as const
  const amounts = async (order: readonly number[]) => {
    const quote = await quoteOf(shop, { cart: order.map((i) => cart[i] ?? ['A', 1]) })
    const lines = order.map((i, place) => {
      const { unitPrice, total, rules, orderShares } = quote.lines[place]
      return [i, unitPrice, total, rules, orderShares] as const
    })
    return { lines: lines.sort(([a], [b]) => a - b), orderRules: quote.orderRules, total: quote.total }
  }
  const first = await amounts([0, 1, 2, 3, 4, 5, 6])
  expect(first.orderRules).toHaveLength(3)
  for (const order of [
    [6, 5, 4, 3, 2, 1, 0],
    [3, 0, 6, 1, 5, 2, 4],
    [2, 6, 0, 5, 1, 4, 3],
  ])
    expect(await amounts(order)).toEqual(first)
})

test('a tier between two others is the next one up for those below it', async () => {
  const shop = await openPriced({})
  await tiers(shop, 'silver', 'gold')
  await shop.admin('mutation { saveTier(input: { code: "low", name: "low", rank: -5 }) { id } }')
  await products(shop, { Z: 1_000 })
  await customers(shop, { nobody: null, si: 'silver', go: 'gold', lo: 'low' })
  await saveLadder(shop, { code: 'l', rungs: [{ tierCode: 'silver', adjustment: { percentOff: 5 } }] })
  await saveOffer(shop, productOffer('g', { amountOff: 300 }, { audience: "customer_tier = 'gold'" }))
  await saveOffer(shop, productOffer('n', { amountOff: 20 }, { audience: 'customer_tier IS NULL' }))
  await publish(shop, 'l', 'g', 'n')
  const next = async (externalId: string) =>
    (
      await shop.storefront(
        'query ($c: CustomerRef) { memberPrices(items: [{ sku: "Z" }], customer: $c) { memberPrice nextTierPrice { tier { code } price } } }',
        { c: { externalId } },
      )
    ).memberPrices[0]
  expect(await next('nobody')).toEqual({ memberPrice: 980, nextTierPrice: null })
  expect(await next('lo')).toEqual({ memberPrice: 1_000, nextTierPrice: { tier: { code: 'silver' }, price: 950 } })
  expect(await next('si')).toEqual({ memberPrice: 950, nextTierPrice: { tier: { code: 'gold' }, price: 700 } })
  expect(await next('go')).toEqual({ memberPrice: 700, nextTierPrice: null })
})
