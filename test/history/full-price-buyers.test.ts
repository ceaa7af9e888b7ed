import { expect, test } from 'vitest'
import { customers, products, publishLadder, publishOffer, tiers } from '../harness/acts.ts'
import { commit, held, returnLines } from '../harness/checkout.ts'
import { productOffer, threshold } from '../harness/priced.ts'
import { refusal, retire } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

const BUYERS = `query ($skus: [String!]!, $days: Int!, $first: Int, $after: String) { recentFullPriceBuyers(skus: $skus, days: $days, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } total { customers units paid owed }
  nodes { customer { externalId } units paid owed purchases { sku units paid memberPrice owed } } } }`

const buyers = async (shop: TestShop, asked: object = {}): Promise<Answer> =>
  (await shop.admin(BUYERS, { skus: ['A'], days: 30, ...asked })).recentFullPriceBuyers

let orders = 0
async function buy(shop: TestShop, as: string, cart: Readonly<Record<string, number>>): Promise<string> {
  const id = `order-${orders++}`
  await commit(shop, (await held(shop, { cart, as })).id, id)
  return id
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
async function record(shop: TestShop, as: string, line: object, days: number, more: object = {}): Promise<void> {
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [
      {
        externalId: `order-${orders++}`,
        customer: { externalId: as },
        placedAt: daysAgo(days),
        lines: [{ sku: 'A', quantity: 1, ...line }],
        ...more,
      },
    ],
  })
}

test('who paid the full price lately and kept it is told, with what is owed at the member price of today', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await products(shop, { A: 10_000, B: 3_000 })
  await customers(shop, { mei: 'gold', li: null, wang: 'gold', zhao: null })
  const order = await buy(shop, 'mei', { A: 3, B: 2 })
  await returnLines(shop, order, 'r1', { A: 1 })
  await buy(shop, 'mei', { A: 1 })
  await buy(shop, 'li', { A: 1 })
  const back = await buy(shop, 'zhao', { A: 1 })
  await returnLines(shop, back, 'r2', { A: 1 })
  await publishLadder(shop, 'members', { gold: 20 })
  await publishOffer(shop, productOffer('all', { amountOff: 100 }, { combination: 'STACKABLE' }))
  await buy(shop, 'wang', { A: 5 })
  const found = await buyers(shop, { skus: ['A', 'B'] })
  expect(found.nodes.map(({ customer, ...figures }: Answer) => [customer.externalId, figures])).toEqual([
    [
      'mei',
      {
        units: 5,
        paid: 36_000,
        owed: 7_700,
        purchases: [
          { sku: 'A', units: 3, paid: 30_000, memberPrice: 7_900, owed: 6_300 },
          { sku: 'B', units: 2, paid: 6_000, memberPrice: 2_300, owed: 1_400 },
        ],
      },
    ],
    ['li', { units: 1, paid: 10_000, owed: 100, purchases: [{ sku: 'A', units: 1, paid: 10_000, memberPrice: 9_900, owed: 100 }] }],
  ])
  expect(found.total).toEqual({ customers: 2, units: 6, paid: 46_000, owed: 7_800 })
  expect(found.totalCount).toBe(2)
})

test('an order offer took something too: whoever had one did not pay the full price', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: null })
  await publishOffer(shop, threshold('big', [{ minSubtotal: 10_000, amountOff: 1 }]))
  await buy(shop, 'mei', { A: 2 })
  await retire(shop, 'big')
  expect((await buyers(shop)).nodes).toEqual([])
  await buy(shop, 'mei', { A: 2 })
  expect((await buyers(shop)).nodes).toMatchObject([{ units: 2, paid: 20_000, owed: 0 }])
})

test('of orders that were only recorded the list price of then decides, and how many days ago they were placed', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: null, li: null, wang: null, zhao: null, qian: null })
  await record(shop, 'mei', { unitPrice: 10_000 }, 5)
  await record(shop, 'li', { unitPrice: 9_999 }, 5)
  await record(shop, 'wang', { unitPrice: 10_000 }, 31)
  await record(shop, 'zhao', { unitPrice: 10_000 }, 5, { status: 'PLACED' })
  await record(shop, 'qian', { unitPrice: 10_000, quantity: 3, total: 29_999 }, 5)
  await products(shop, { A: 20_000 })
  expect((await buyers(shop)).nodes).toMatchObject([{ customer: { externalId: 'mei' }, paid: 10_000, owed: 0 }])
  expect((await buyers(shop, { days: 32 })).totalCount).toBe(2)
  // At 200.00 a unit 100.00 is not the full price any more.
  await record(shop, 'li', { unitPrice: 10_000 }, 0)
  expect((await buyers(shop)).totalCount).toBe(1)
})

test('buyers come page by page, all of them as CSV, and no name is a formula', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { a: { name: '=1+1' }, b: { name: 'Wang, "Li"' }, c: { name: '＝1+1' } })
  for (const who of ['a', 'b', 'c']) await record(shop, who, { unitPrice: 10_000 }, 1)
  await publishOffer(shop, productOffer('all', { amountOff: 100 }))
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Answer = await buyers(shop, { first: 2, after })
    seen.push(...nodes.map(({ customer }: Answer) => customer.externalId))
    after = pageInfo.endCursor
    if (!pageInfo.hasNextPage) break
  }
  expect(seen.sort()).toEqual(['a', 'b', 'c'])
  const { recentFullPriceBuyersCsv: csv } = await shop.admin('{ recentFullPriceBuyersCsv(skus: ["A"], days: 30) }')
  const lines = csv.split('\r\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toBe('customerId,externalId,name,sku,units,paid,memberPrice,owed')
  expect(lines[1]).toMatch(/^[0-9a-f-]{36},a,'=1\+1,A,1,10000,9900,100$/)
  expect(lines[2]).toContain(',b,"Wang, ""Li""",A,')
  expect(lines[3]).toContain(",c,'＝1+1,A,")
  const { auditLog } = await shop.admin('{ auditLog(first: 1) { nodes { action after } } }')
  expect(auditLog.nodes).toEqual([{ action: 'exportFullPriceBuyers', after: { skus: ['A'], days: 30, customers: 3 } }])
})

test.each([
  ['BAD_USER_INPUT at skus', { skus: [], days: 30 }],
  ['TOO_MANY_ITEMS at skus', { skus: Array.from({ length: 101 }, (_, i) => `s${i}`), days: 30 }],
  ['BAD_USER_INPUT at days', { skus: ['A'], days: 0 }],
])('%s', async (problem, asked) => {
  expect(await refusal(await openTestShop(), BUYERS, asked)).toBe(problem)
})
