import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recountAll } from '../../src/orders/statistics.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { transact } from '../../src/shell/world.ts'
import { customers, products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId } }'
const RETURN = 'mutation ($input: ReturnLinesInput!) { returnLines(input: $input) { externalId } }'

type Line = { readonly sku: string; readonly quantity: number; readonly total: number }
type Bought = {
  readonly externalId: string
  readonly customer: string
  readonly at: string
  readonly status?: string
  readonly lines: readonly Line[]
}

const record = (shop: TestShop, ...orders: readonly Bought[]) =>
  shop.storefront(RECORD, {
    orders: orders.map(({ externalId, customer, at, status = 'PAID', lines }) => ({
      externalId,
      customer: { externalId: customer },
      placedAt: at,
      status,
      lines: lines.map((line) => ({ ...line, unitPrice: 1 })),
    })),
  })

const read = async (shop: TestShop, customer: string, fields: string) =>
  (await shop.admin(`query ($id: String!) { customer(ref: { externalId: $id }) { statistics { ${fields} } } }`, { id: customer })).customer
    .statistics

/** The statistics and the scores of everybody, row by row. */
async function kept(shop: TestShop): Promise<unknown> {
  const { em, shopId } = shop.world()
  const all = await rowsOf<{ row: string }>(
    em,
    sql`select to_jsonb(s)::text as row from customer_statistics s where shop_id = ${shopId} order by 1`,
  )
  const scored = await rowsOf(em, sql`select customer_id from customer_score where shop_id = ${shopId} order by 1`)
  return { all, scored }
}

const PEOPLE = ['ann', 'bo', 'cy', 'di']
const SKUS = ['A', 'B', 'C']
const order = fc.record({
  externalId: fc.constantFrom('o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7'),
  customer: fc.constantFrom(...PEOPLE),
  at: fc.nat({ max: 400_000 }).map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString()),
  status: fc.constantFrom('PLACED', 'PAID', 'COMPLETED', 'CANCELLED'),
  lines: fc.array(fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 4 }), total: fc.nat({ max: 10_000 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
})
type Act =
  | { readonly kind: 'record'; readonly orders: readonly Bought[] }
  | { readonly kind: 'return'; readonly order: string; readonly quantity: number }
  | { readonly kind: 'merge' | 'unmerge'; readonly from: string; readonly into: string }
  | { readonly kind: 'cost'; readonly sku: string; readonly cost: number }
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .uniqueArray(order, { selector: ({ externalId }) => externalId, minLength: 1, maxLength: 5 })
      .map((orders): Act => ({ kind: 'record', orders })),
  },
  fc.record({
    kind: fc.constant('return' as const),
    order: fc.constantFrom('o1', 'o2', 'o3'),
    quantity: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom('merge' as const, 'unmerge' as const),
    from: fc.constantFrom('ann', 'bo'),
    into: fc.constantFrom('cy', 'di'),
  }),
  fc.record({ kind: fc.constant('cost' as const), sku: fc.constantFrom(...SKUS), cost: fc.nat({ max: 5_000 }) }),
)

/** Acts that the shop refuses are part of a history, too. */
async function happen(shop: TestShop, one: Act, i: number): Promise<void> {
  const allowed = (errors: readonly { readonly extensions: { readonly code: string } }[]) => {
    for (const { extensions } of errors) expect(['CONFLICT', 'NOT_FOUND', 'BAD_USER_INPUT', 'UNKNOWN_CUSTOMER']).toContain(extensions.code)
  }
  const plugin = (query: string, variables: object) =>
    shop.ask('/storefront/graphql', { authorization: `Bearer ${shop.keys.plugin}` }, query, variables)
  const owner = (query: string, variables: object) =>
    shop.ask('/admin/graphql', { authorization: `Bearer ${shop.keys.owner}` }, query, variables)
  switch (one.kind) {
    case 'record': {
      const orders = one.orders.map(({ externalId, customer, at, status, lines }) => ({
        externalId,
        customer: { externalId: customer },
        placedAt: at,
        status,
        lines: lines.map((line) => ({ ...line, unitPrice: 1 })),
      }))
      return allowed((await plugin(RECORD, { orders })).errors)
    }
    case 'return': {
      const lines = [{ id: '0', quantity: one.quantity }]
      return allowed((await plugin(RETURN, { input: { orderExternalId: one.order, returnExternalId: `r${i}`, lines } })).errors)
    }
    case 'cost':
      return products(shop, { [one.sku]: { costPrice: one.cost } })
    case 'merge': {
      const merge =
        'mutation ($from: String!, $into: String!) { mergeCustomers(from: { externalId: $from }, into: { externalId: $into }, reason: "same") { id } }'
      return allowed((await owner(merge, { from: one.from, into: one.into })).errors)
    }
    case 'unmerge': {
      const { id } = PEOPLE_IDS.get(shop)?.get(one.from) ?? { id: '' }
      return allowed((await owner('mutation ($id: ID!) { unmergeCustomer(from: $id) { id } }', { id })).errors)
    }
  }
}
const PEOPLE_IDS = new WeakMap<TestShop, ReadonlyMap<string, { readonly id: string }>>()

test('after any history of late, corrected, called off, returned and merged orders, what is kept is what counting from scratch gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const shop = await openTestShop()
      await products(shop, { A: { costPrice: 100, categoryPaths: [['tea']] }, B: { categoryPaths: [['cups']] }, C: { costPrice: 9_000 } })
      await customers(shop, Object.fromEntries(PEOPLE.map((one) => [one, null])))
      const { customers: found } = await shop.admin('{ customers { nodes { id externalId } } }')
      PEOPLE_IDS.set(shop, new Map(found.nodes.map((node: { id: string; externalId: string }) => [node.externalId, node])))
      for (const [i, one] of acts.entries()) await happen(shop, one, i)
      const before = await kept(shop)
      await transact(shop.world(), async (tx) => {
        await recountAll(tx)
        return { ok: true, value: null }
      })
      expect(await kept(shop)).toEqual(before)
    }),
    { numRuns: 20 },
  )
})

test('a line costs what its product cost when the order was placed, and goes on costing that', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  await products(shop, { A: { costPrice: 60 }, B: { listPrice: 5 } })
  const one: Bought = { externalId: 'o', customer: 'mei', at: '2026-03-01T00:00:00Z', lines: [{ sku: 'A', quantity: 2, total: 300 }] }
  await record(shop, one)
  expect(await read(shop, 'mei', 'marginEarned marginKnownPercent')).toEqual({ marginEarned: 180, marginKnownPercent: 100 })
  await products(shop, { A: { costPrice: 200 } })
  await record(shop, { ...one, lines: [{ sku: 'A', quantity: 4, total: 600 }] })
  expect(await read(shop, 'mei', 'marginEarned')).toEqual({ marginEarned: 360 })
  await record(shop, { ...one, externalId: 'later', at: new Date().toISOString(), lines: [{ sku: 'A', quantity: 1, total: 150 }] })
  expect(await read(shop, 'mei', 'marginEarned')).toEqual({ marginEarned: 310 })
})

test('margin is told of the lines whose cost is known, and how much of the revenue they are', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null, li: null })
  await products(shop, { A: { costPrice: 100 }, B: { listPrice: 5 } })
  const lines = [
    { sku: 'A', quantity: 3, total: 250 },
    { sku: 'B', quantity: 1, total: 750 },
  ]
  await record(shop, { externalId: 'o', customer: 'mei', at: '2026-03-01T00:00:00Z', lines })
  expect(await read(shop, 'mei', 'marginEarned marginKnownPercent')).toEqual({ marginEarned: -50, marginKnownPercent: 25 })
  // The unit that comes back first cost 84, the others 83 each.
  await shop.storefront(RETURN, { input: { orderExternalId: 'o', returnExternalId: 'r', lines: [{ id: '0', quantity: 1 }] } })
  expect(await read(shop, 'mei', 'marginEarned amountSpent')).toEqual({ marginEarned: -34, amountSpent: 916 })
  expect(await read(shop, 'li', 'marginEarned marginKnownPercent intervals { count }')).toEqual({
    marginEarned: null,
    marginKnownPercent: null,
    intervals: null,
  })
})

test('how often, when, how much and what somebody buys', async () => {
  const shop = await openTestShop({ timeZone: 'Asia/Shanghai' })
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await customers(shop, { mei: { companyExternalId: 'acme' }, bo: { companyExternalId: 'acme' } })
  await products(shop, {
    A: { brand: 'Jade', categoryPaths: [['tea', 'green']], tags: ['gift'] },
    B: { brand: 'Jade', categoryPaths: [['tea', 'black']] },
    C: { categoryPaths: [['cups']] },
  })
  const buy = (externalId: string, customer: string, at: string, ...lines: readonly Line[]) =>
    record(shop, { externalId, customer, at, lines })
  const line = (sku: string, quantity: number) => ({ sku, quantity, total: 10 })
  // A Monday at 23 in Shanghai, and Tuesdays at 1, on which it is still Monday in UTC.
  await buy('1', 'mei', '2026-03-02T15:00:00Z', line('A', 2))
  await buy('2', 'mei', '2026-03-09T17:00:00Z', line('A', 1), line('B', 4))
  await buy('3', 'mei', '2026-03-23T17:30:00Z', line('B', 1))
  await buy('4', 'mei', '2026-03-30T17:30:00Z', line('B', 1))
  const fields =
    'intervals { count medianDays p90Days } habits { favouriteWeekday favouriteHour usualQuantity buyerKind products { name orders units } categories { name } brands { name orders } tags { name units } }'
  const mei = await read(shop, 'mei', fields)
  expect(mei.intervals).toEqual({ count: 3, medianDays: 7 + 2 / 24, p90Days: expect.closeTo(7.0833 + 0.8 * (14.0208 - 7.0833), 3) })
  expect(mei.habits).toEqual({
    favouriteWeekday: 2,
    favouriteHour: 1,
    usualQuantity: 1.5,
    buyerKind: 'SINGLE_CATEGORY',
    products: [
      { name: 'B', orders: 3, units: 6 },
      { name: 'A', orders: 2, units: 3 },
    ],
    categories: [{ name: 'tea/black' }, { name: 'tea/green' }],
    brands: [{ name: 'Jade', orders: 4 }],
    tags: [{ name: 'gift', units: 3 }],
  })
  await buy('5', 'bo', '2026-03-03T15:00:00Z', line('C', 1))
  const { company } = await shop.admin(`{ company(externalId: "acme") { statistics { numberOfOrders recencyScore ${fields} } } }`)
  expect(company.statistics).toMatchObject({
    numberOfOrders: 5,
    recencyScore: null,
    intervals: { count: 4, medianDays: expect.closeTo(6.5417, 3) },
  })
  expect(company.statistics.habits).toMatchObject({ buyerKind: 'CROSS_CATEGORY', usualQuantity: 1 })
  expect((await read(shop, 'bo', 'habits { buyerKind favouriteWeekday }')).habits).toEqual({
    buyerKind: 'SINGLE_CATEGORY',
    favouriteWeekday: 2,
  })
})
