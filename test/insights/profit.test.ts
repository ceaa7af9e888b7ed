import { beforeAll, expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

let shop: TestShop

/** Ten customers: c0 brings 9,100 in three orders, the others 100 each in one; c1 and c2 come back, after 20 and after 80 days. */
beforeAll(async () => {
  shop = await openTestShop({ timeZone: 'UTC' })
  await products(shop, { A: { listPrice: 100, costPrice: 40, brand: 'Acme', categoryPaths: [['tea', 'green']] }, B: { listPrice: 3_000 } })
  await customers(shop, Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`c${i}`, { kind: i < 5 ? 'ENTERPRISE' : 'INDIVIDUAL' }])))
  await orders(
    shop,
    ['c0', 'A', 100, 1, '2025-01-10T00:00:00Z'],
    ['c0', 'B', 3_000, 2, '2025-02-10T00:00:00Z'],
    ['c0', 'B', 3_000, 1, '2025-03-10T00:00:00Z'],
    ...Array.from({ length: 9 }, (_, i): [string, string, number, number, string] => [`c${i + 1}`, 'A', 100, 1, '2025-02-01T00:00:00Z']),
    ['c1', 'A', 100, 1, '2025-02-21T00:00:00Z'],
    ['c2', 'A', 100, 1, '2025-04-22T00:00:00Z'],
  )
})

test('the best tenth brings most of the revenue, and what its goods cost is known of a part', async () => {
  const ask = async (by: string) =>
    (
      await shop.admin(
        `{ pareto(by: ${by}) { customers total top20Share customersFor80 knownCostShare points { percent customers value share } } }`,
      )
    ).pareto
  const revenue = await ask('REVENUE')
  expect(revenue).toMatchObject({ customers: 10, total: 10_200, customersFor80: 1, knownCostShare: null, top20Share: 9_300 / 10_200 })
  expect(revenue.points).toHaveLength(100)
  expect(revenue.points[9]).toMatchObject({ percent: 10, customers: 1, value: 9_100 })
  expect(revenue.points[10]).toMatchObject({ percent: 11, customers: 2, value: 9_300 })
  // Of A alone the cost is known: 12 units sold at 100 that cost 40.
  const margin = await ask('MARGIN')
  expect(margin).toMatchObject({ total: 12 * 60, knownCostShare: 1_200 / 10_200 })
})

test('new customers are told from returning ones month by month', async () => {
  const { newAndReturning } = await shop.admin(
    '{ newAndReturning { month newCustomers returningCustomers orders newRevenue returningRevenue } }',
  )
  expect(newAndReturning).toEqual([
    { month: '2025-01-01', newCustomers: 1, returningCustomers: 0, orders: 1, newRevenue: 100, returningRevenue: 0 },
    { month: '2025-02-01', newCustomers: 9, returningCustomers: 1, orders: 11, newRevenue: 1_000, returningRevenue: 6_000 },
    { month: '2025-03-01', newCustomers: 0, returningCustomers: 1, orders: 1, newRevenue: 0, returningRevenue: 3_000 },
    { month: '2025-04-01', newCustomers: 0, returningCustomers: 1, orders: 1, newRevenue: 0, returningRevenue: 100 },
  ])
})

test('a cohort is followed month by month', async () => {
  const { cohorts } = await shop.admin('{ cohorts { month customers months { monthsLater customers share revenue } } }')
  expect(cohorts).toEqual([
    {
      month: '2025-01-01',
      customers: 1,
      months: [
        { monthsLater: 0, customers: 1, share: 1, revenue: 100 },
        { monthsLater: 1, customers: 1, share: 1, revenue: 6_000 },
        { monthsLater: 2, customers: 1, share: 1, revenue: 3_000 },
      ],
    },
    {
      month: '2025-02-01',
      customers: 9,
      months: [
        { monthsLater: 0, customers: 9, share: 1, revenue: 1_000 },
        { monthsLater: 2, customers: 1, share: 1 / 9, revenue: 100 },
      ],
    },
  ])
})

test('of first orders it is told who came back in time', async () => {
  const { secondOrders } = await shop.admin(
    '{ secondOrders { customers median { number } within { days rate { of hits } } byDay { day customers } } }',
  )
  expect(secondOrders).toMatchObject({ customers: 10, median: { number: 31 }, byDay: [20, 31, 80].map((day) => ({ day, customers: 1 })) })
  expect(secondOrders.within.map(({ days, rate }: { days: number; rate: object }) => [days, rate])).toEqual([
    [7, { of: 10, hits: 0 }],
    [30, { of: 10, hits: 1 }],
    [60, { of: 10, hits: 2 }],
    [90, { of: 10, hits: 3 }],
    [180, { of: 10, hits: 3 }],
    [365, { of: 10, hits: 3 }],
  ])
})

test('what was in the first order is set beside who came back', async () => {
  const ask = async (by: string) =>
    (await shop.admin(`{ whatMakesRegulars(by: ${by}) { value revenue rate { of hits share low high isTooSmall } } }`)).whatMakesRegulars
  for (const [by, value] of [
    ['PRODUCT', 'A'],
    ['BRAND', 'Acme'],
    ['CATEGORY', 'tea'],
    ['CHANNEL', ''],
  ])
    expect(await ask(by as string)).toMatchObject([{ value, revenue: 10_200, rate: { of: 10, hits: 3, share: 0.3, isTooSmall: true } }])
  expect(await ask('OFFER')).toEqual([])
})

test('repurchase rates come with how sure they are', async () => {
  const { repurchaseRates } = await shop.admin('{ repurchaseRates(by: "kind") { part rate { of hits low high } } }')
  expect(repurchaseRates.map(({ part, rate }: { part: string; rate: { of: number; hits: number } }) => [part, rate.of, rate.hits])).toEqual(
    [
      ['ENTERPRISE', 5, 3],
      ['INDIVIDUAL', 5, 0],
    ],
  )
})

test('the diagnosis is made as of an instant, beside a year before', async () => {
  const { diagnosis } = await shop.admin(
    '{ diagnosis(at: "2025-07-01T00:00:00Z") { stage meaning meaningZh firstThing firstThingZh findings { name value before trend sentence sentenceZh } } }',
  )
  expect(diagnosis).toMatchObject({ stage: 'TOO_EARLY' })
  const found = Object.fromEntries(diagnosis.findings.map(({ name, value }: { name: string; value: number }) => [name, value]))
  expect(found).toEqual({
    yearlyCustomers: 10,
    returningShare: 0.3,
    top20Share: 9_300 / 10_200,
    secondOrderRate: 0.3,
    dormantShare: 0,
    categoryBreadth: 1,
    reachableShare: 0,
  })
})

test('the grid has everybody who bought once, each under the scores they have', async () => {
  await shop.admin('mutation { evaluateScores { customers } }')
  const { rfmGrid } = await shop.admin('{ rfmGrid { recency frequency monetary group customers revenue } }')
  expect(rfmGrid.reduce((sum: number, cell: { customers: number }) => sum + cell.customers, 0)).toBe(10)
  expect(rfmGrid.reduce((sum: number, cell: { revenue: number }) => sum + cell.revenue, 0)).toBe(10_200)
  const { rfmGrid: of } = await shop.admin('{ rfmGrid(query: "number_of_orders = 3") { frequency monetary customers revenue } }')
  expect(of).toEqual([{ frequency: 5, monetary: 5, customers: 1, revenue: 9_100 }])
})

test('the shop is split by life cycle and by segment as by anything', async () => {
  await shop.admin('mutation { saveSegment(input: { code: "again", name: "Again", query: "number_of_orders >= 2" }) { code } }')
  await shop.admin('mutation { refreshSegment(code: "again") { code } }')
  const by = async (name: string) =>
    (await shop.admin(`{ repurchaseRates(by: "${name}") { part rate { of hits } } }`)).repurchaseRates.map(
      ({ part, rate }: { part: string; rate: { of: number; hits: number } }) => [part, rate.of, rate.hits],
    )
  expect(await by('segment')).toEqual([['again', 3, 3]])
  expect((await by('lifecycle')).reduce((sum: number, [, of]: [string, number]) => sum + of, 0)).toBe(10)
})

test('every figure is had as a table', async () => {
  const csv = async (args: string) => (await shop.admin(`{ figureCsv(${args}) }`)).figureCsv.split('\r\n')
  expect(await csv('of: NEW_AND_RETURNING')).toEqual([
    'month,newCustomers,returningCustomers,orders,newRevenue,returningRevenue',
    '2025-01-01,1,0,1,100,0',
    '2025-02-01,9,1,11,1000,6000',
    '2025-03-01,0,1,1,0,3000',
    '2025-04-01,0,1,1,0,100',
    '',
  ])
  expect((await csv('of: COHORTS'))[1]).toBe('2025-01-01,0,1,100')
  expect((await csv('of: REPURCHASE_RATES, by: "kind"'))[1]).toMatch(/^ENTERPRISE,5,3,0\.6,/)
  expect((await csv('of: WHAT_MAKES_REGULARS, thing: PRODUCT'))[1]).toMatch(/^A,10,3,0\.3,.*,10200$/)
  expect((await csv('of: SECOND_ORDERS'))[2]).toMatch(/^30,10,1,0\.1,/)
  expect(await csv('of: WEEKDAY_HOURS')).toContain(',5,0,2,2,200')
  expect((await csv('of: RFM_GRID'))[0]).toBe('recency,frequency,monetary,group,customers,revenue')
})
