import { expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }'

/** Orders as [external id, customer or null for a guest, day in March]. */
const record = (shop: TestShop, ...orders: (readonly [string, string | null, number])[]) =>
  shop.storefront(RECORD, {
    orders: orders.map(([externalId, customer, day]) => ({
      externalId,
      customer: customer === null ? null : { externalId: customer },
      placedAt: new Date(Date.UTC(2026, 2, day)).toISOString(),
      channel: 'phone',
      lines: [{ id: 'a', sku: 'A', quantity: 2, unitPrice: 10 * day }],
    })),
  })
const externalIds = (connection: { nodes: { externalId: string }[] }) => connection.nodes.map((node) => node.externalId)

test('staff see an order with whose it is and what was sold', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  await record(shop, ['o', 'mei', 4], ['guest', null, 5])
  const answer = await shop.admin(`{
    order(externalId: "o") { externalId placedAt status channel total customer { externalId } lines { id sku quantity returnedQuantity unitPrice total } }
    guest: order(externalId: "guest") { customer { externalId } }
    nothing: order(externalId: "nothing") { id }
  }`)
  expect(answer).toEqual({
    order: {
      externalId: 'o',
      placedAt: '2026-03-04T00:00:00.000Z',
      status: 'PAID',
      channel: 'phone',
      total: 80,
      customer: { externalId: 'mei' },
      lines: [{ id: 'a', sku: 'A', quantity: 2, returnedQuantity: 0, unitPrice: 40, total: 80 }],
    },
    guest: { customer: null },
    nothing: null,
  })
})

test("the shop's orders come the newest first, page by page, each once", async () => {
  const shop = await openTestShop()
  await record(shop, ['a', null, 1], ['b', null, 3], ['c', null, 2], ['d', null, 3], ['e', null, 9])
  const seen: string[] = []
  let after: string | null = null
  do {
    const { orders } = await shop.admin(
      'query ($after: String) { orders(first: 2, after: $after) { totalCount nodes { externalId } pageInfo { endCursor hasNextPage hasPreviousPage } } }',
      { after },
    )
    expect(orders.totalCount).toBe(5)
    expect(orders.pageInfo.hasPreviousPage).toBe(after !== null)
    seen.push(...externalIds(orders))
    after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null
  } while (after !== null)
  expect(seen).toEqual(['e', 'd', 'b', 'c', 'a'])
})

test('a customer shows their own orders, the newest first, and goes on from a cursor', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null, bo: null })
  await record(shop, ['a', 'mei', 1], ['b', 'mei', 3], ['x', 'bo', 2], ['c', 'mei', 2], ['y', null, 2])
  const page = 'totalCount nodes { externalId } pageInfo { endCursor hasNextPage }'
  const { customer } = await shop.admin(`{ customer(ref: { externalId: "mei" }) { orders(first: 2) { ${page} } } }`)
  expect(externalIds(customer.orders)).toEqual(['b', 'c'])
  expect(customer.orders).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
  const rest = await shop.admin(
    `query ($after: String) { customer(ref: { externalId: "mei" }) { orders(first: 2, after: $after) { ${page} } } }`,
    {
      after: customer.orders.pageInfo.endCursor,
    },
  )
  expect(externalIds(rest.customer.orders)).toEqual(['a'])
  expect(rest.customer.orders.pageInfo.hasNextPage).toBe(false)
})

test('a cursor that this list never gave is refused', async () => {
  const shop = await openTestShop()
  const after = Buffer.from('99999999999999999/x').toString('base64url')
  const { errors } = await shop.ask(
    '/admin/graphql',
    { authorization: `Bearer ${shop.keys.owner}` },
    'query ($after: String) { orders(after: $after) { totalCount } }',
    { after },
  )
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath: ['after'] })
})

test("the orders, lines and figures of a page of customers take as many statements as one customer's", async () => {
  const shop = await openTestShop()
  const names = Array.from({ length: 12 }, (_, i) => `c${i}`)
  await customers(shop, Object.fromEntries(names.map((name) => [name, null])))
  await record(shop, ...names.flatMap((name) => [1, 2, 3].map((day) => [`${name}-${day}`, name, day] as const)))
  const ask = (first: number) =>
    shop.admin(
      `query ($first: Int) { customers(first: $first) { nodes {
        externalId statistics { numberOfOrders amountSpent } orders(first: 2) { totalCount nodes { externalId customer { externalId } lines { id } } }
      } } }`,
      { first },
    )
  // Warmed up each time: whether the key has to be read is not the question.
  await ask(1)
  const one = await statementsIn(() => ask(1))
  // biome-ignore lint/suspicious/noExplicitAny: an answer, looked at below
  let answer: any
  await ask(1)
  const twelve = await statementsIn(async () => {
    answer = await ask(12)
  })
  expect(one).toBeGreaterThan(3)
  expect(twelve).toBe(one)
  expect(answer.customers.nodes).toHaveLength(12)
  for (const customer of answer.customers.nodes) {
    expect(customer.statistics).toEqual({ numberOfOrders: 3, amountSpent: 120 })
    expect(customer.orders).toMatchObject({ totalCount: 3 })
    expect(externalIds(customer.orders)).toEqual([`${customer.externalId}-3`, `${customer.externalId}-2`])
  }
})
