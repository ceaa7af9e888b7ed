import { describe, expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const THRESHOLD = `minSubtotal percentOff amountOff ordersAbove shareAbove givenWithoutEffect ordersBelow missing stretching extraRevenue extraMargin
  givenToStretched givenAway result breakEvenShare outcome verdict`
const WHAT_IF = `query ($steps: [WhatIfStepInput!]!, $from: DateTime!, $to: DateTime!, $scope: ScopeInput, $query: String,
    $stretchPercent: Percentage, $upliftShare: Percentage, $marginPercent: Percentage) {
  whatIf(steps: $steps, from: $from, to: $to, scope: $scope, query: $query,
    stretchPercent: $stretchPercent, upliftShare: $upliftShare, marginPercent: $marginPercent) {
    orders amount averageAmount percentiles { percent amount } thresholds { ${THRESHOLD} } candidates { ${THRESHOLD} }
    marginPercent marginSource knownCostShare products { sku name orders } assumptions } }`

const YEAR = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }
const whatIf = async (shop: TestShop, steps: object[], more: object = {}) => (await shop.admin(WHAT_IF, { steps, ...YEAR, ...more })).whatIf

/** A shop whose orders come to these amounts, so many of each. */
async function shopWithOrders(amounts: Readonly<Record<number, number>>, of: object = {}): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: { listPrice: 100, ...of } })
  await customers(shop, { mei: null })
  const all = Object.entries(amounts).flatMap(([amount, count]) => Array.from({ length: count }, () => Number(amount)))
  for (let i = 0; i < all.length; i += 500)
    await orders(shop, ...all.slice(i, i + 500).map((amount) => ['mei', 'A', amount, 1, '2026-02-05T00:00:00Z'] as const))
  return shop
}

describe('500 off 5,000, where nine orders in ten are under 100', () => {
  const shop = shopWithOrders({ 8000: 91, 30000: 8, 600000: 1 })
  const offer = { minSubtotal: 500_000, amountOff: 50_000 }

  test('looks as bad as it is: it is given for nothing, and nobody is near', async () => {
    const { thresholds, orders: looked } = await whatIf(await shop, [offer], { marginPercent: 40 })
    expect(looked).toBe(100)
    expect(thresholds).toMatchObject([
      {
        ordersAbove: 1,
        shareAbove: 1,
        givenWithoutEffect: 50_000,
        ordersBelow: 0,
        extraRevenue: 0,
        result: -50_000,
        breakEvenShare: null,
        outcome: 'LOSES',
      },
    ])
    expect(thresholds[0].verdict).toBe(
      'It would lose CNY 500.00: 1 of 100 orders (1 %) reach CNY 5,000.00 as they are and would take CNY 500.00 for nothing; ' +
        '0 come within 20 % of it. Nobody is near enough to stretch. Nine orders in ten come to CNY 80.00 or less.',
    )
  })

  test('and where nobody reaches it, it does nothing', async () => {
    const { thresholds } = await whatIf(await shop, [{ minSubtotal: 5_000_000, amountOff: 50_000 }], { marginPercent: 40 })
    expect(thresholds).toMatchObject([{ ordersAbove: 0, givenAway: 0, result: 0, outcome: 'WITHOUT_EFFECT' }])
  })

  test('the average would not have told: the percentiles do', async () => {
    const { averageAmount, percentiles } = await whatIf(await shop, [offer])
    expect(averageAmount).toBe(15_680)
    expect(percentiles.filter(({ percent }: { percent: number }) => [50, 90, 100].includes(percent))).toEqual([
      { percent: 50, amount: 8_000 },
      { percent: 90, amount: 8_000 },
      { percent: 100, amount: 600_000 },
    ])
  })

  test('no threshold at or under what it takes is proposed', async () => {
    expect((await whatIf(await shop, [offer])).candidates).toEqual([])
    const cheaper = (await whatIf(await shop, [{ ...offer, amountOff: 8_700 }])).candidates
    expect(cheaper.map(({ minSubtotal }: { minSubtotal: number }) => minSubtotal)).toEqual([8_800, 30_000, 33_000])
  })
})

test('a threshold within reach pays where enough is earned on what is added', async () => {
  // Five are there and take 2 % of 11,000; fifty are 1,500 short of it.
  const shop = await shopWithOrders({ 11000: 5, 8500: 50, 2000: 45 })
  const { thresholds } = await whatIf(shop, [{ minSubtotal: 10_000, percentOff: 2 }], { marginPercent: 40 })
  expect(thresholds).toMatchObject([
    {
      ordersAbove: 5,
      givenWithoutEffect: 1_100,
      ordersBelow: 50,
      missing: 75_000,
      stretching: 5,
      extraRevenue: 7_500,
      extraMargin: 3_000,
      givenToStretched: 1_000,
      givenAway: 2_100,
      result: 900,
      breakEvenShare: 5.5,
      outcome: 'PAYS',
    },
  ])
  expect(thresholds[0].verdict).toContain('5.5 % of them must stretch for it to pay; 10 % are assumed to.')
})

test('what is assumed can be changed', async () => {
  const shop = await shopWithOrders({ 11000: 5, 8500: 50, 2000: 45 })
  const step = [{ minSubtotal: 10_000, percentOff: 2 }]
  const { thresholds } = await whatIf(shop, step, { marginPercent: 40, upliftShare: 5 })
  expect(thresholds).toMatchObject([{ stretching: 2.5, extraRevenue: 3_750, givenToStretched: 500, result: -100, outcome: 'LOSES' }])
  expect((await whatIf(shop, step, { stretchPercent: 15 })).thresholds).toMatchObject([{ ordersBelow: 50 }])
  expect((await whatIf(shop, step, { stretchPercent: 14.99 })).thresholds).toMatchObject([{ ordersBelow: 0 }])
})

test('what is earned on what is added follows from known costs, else from what is given, else nobody knows', async () => {
  const step = [{ minSubtotal: 10_000, percentOff: 2 }]
  const costed = await shopWithOrders({ 8000: 10 }, { costPrice: 6_000 })
  expect(await whatIf(costed, step)).toMatchObject({ marginPercent: 25, marginSource: 'KNOWN_COSTS', knownCostShare: 100 })
  expect(await whatIf(costed, step, { marginPercent: 30 })).toMatchObject({ marginPercent: 30, marginSource: 'GIVEN' })
  const unknown = await whatIf(await shopWithOrders({ 8000: 10 }), step)
  expect(unknown).toMatchObject({ marginPercent: null, marginSource: 'UNKNOWN', knownCostShare: 0 })
  expect(unknown.thresholds).toMatchObject([{ ordersBelow: 10, result: null, breakEvenShare: null, outcome: 'UNKNOWN' }])
})

test('of a single step thresholds are proposed from the orders as they are, to choose from', async () => {
  const shop = await shopWithOrders({ 1000: 40, 4050: 20, 8731: 20, 20000: 20 })
  const { thresholds, candidates } = await whatIf(shop, [{ amountOff: 500 }], { marginPercent: 50 })
  expect(thresholds).toEqual([])
  const table = candidates.map((row: Record<string, number>) => [row.minSubtotal, row.ordersAbove, row.givenWithoutEffect])
  expect(table).toContainEqual([4_100, 40, 20_000])
  expect(table).toContainEqual([8_800, 20, 10_000])
  expect(table).toContainEqual([20_000, 20, 10_000])
})

test('with a scope only its goods count towards the threshold, and with a query only those customers', async () => {
  const shop = await openTestShop()
  await products(shop, { tea: { listPrice: 100, brand: 'Leaf' }, pot: { listPrice: 100, brand: 'Clay' } })
  await customers(shop, { mei: { tags: ['vip'] }, li: null })
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [
      ['a', 'mei', 6_000, 6_000],
      ['b', 'li', 12_000, 500],
    ].map(([externalId, customer, tea, pot]) => ({
      externalId,
      customer: { externalId: customer },
      placedAt: '2026-02-05T00:00:00Z',
      lines: [
        { sku: 'tea', quantity: 2, unitPrice: Number(tea) / 2 },
        { sku: 'pot', quantity: 1, unitPrice: pot },
      ],
    })),
  })
  const step = [{ minSubtotal: 10_000, amountOff: 500 }]
  expect(await whatIf(shop, step)).toMatchObject({ orders: 2, amount: 24_500, thresholds: [{ ordersAbove: 2 }] })
  const scope = { brands: ['Leaf'] }
  expect(await whatIf(shop, step, { scope })).toMatchObject({ orders: 2, amount: 18_000, thresholds: [{ ordersAbove: 1 }] })
  const query = "customer_tags CONTAINS 'vip'"
  expect(await whatIf(shop, step, { query })).toMatchObject({ orders: 1, amount: 12_000, products: [{ sku: 'pot' }, { sku: 'tea' }] })
  expect(await whatIf(shop, step, { scope, query })).toMatchObject({ orders: 1, amount: 6_000 })
  const returned = { orderExternalId: 'b', returnExternalId: 'r', lines: [{ id: '0', quantity: 1 }] }
  await shop.storefront('mutation ($input: ReturnLinesInput!) { returnLines(input: $input) { amount } }', { input: returned })
  expect(await whatIf(shop, step, { scope })).toMatchObject({ amount: 12_000, thresholds: [{ ordersAbove: 0 }] })
})

test("percentages are rounded as the shop rounds, and held to the step's most", async () => {
  const shop = await shopWithOrders({ 10050: 2 })
  const given = async (steps: object[]) => (await whatIf(shop, steps)).thresholds[0].givenWithoutEffect
  // 1 % leaves 9,949.5 of each.
  const step = { minSubtotal: 10_000, percentOff: 1 }
  expect(await given([step])).toBe(200)
  await shop.admin('mutation { updateShop(input: { rounding: DOWN }) { code } }')
  expect(await given([step])).toBe(202)
  expect(await given([{ ...step, maxAmount: 90 }])).toBe(180)
})

test('what says nothing is refused, and no orders are no error', async () => {
  const shop = await openTestShop()
  for (const steps of [
    [],
    [{ minSubtotal: 5 }],
    [{ percentOff: 5, amountOff: 5 }],
    [{ amountOff: 0 }],
    [{ percentOff: 5 }, { percentOff: 6 }],
  ])
    await expect(whatIf(shop, steps)).rejects.toThrow('BAD_USER_INPUT')
  await expect(whatIf(shop, [{ percentOff: 5 }], { query: 'nonsense' })).rejects.toThrow('BAD_QUERY')
  await expect(whatIf(shop, [{ percentOff: 5 }], { to: YEAR.from })).rejects.toThrow('BAD_USER_INPUT')
  expect(await whatIf(shop, [{ minSubtotal: 5, percentOff: 5 }])).toMatchObject({
    orders: 0,
    percentiles: [],
    thresholds: [{ ordersAbove: 0 }],
  })
})
