import { expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const RECORD = `mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) {
  id externalId placedAt status customerId total lines { id sku quantity returnedQuantity unitPrice total }
} }`
const READ = `query ($externalId: String!) { order(externalId: $externalId) {
  id externalId placedAt status customerId total lines { id sku quantity returnedQuantity unitPrice total }
} }`
const MOST = Number.MAX_SAFE_INTEGER

const record = async (shop: TestShop, ...orders: object[]) => (await shop.storefront(RECORD, { orders })).recordOrders
const refused = async (shop: TestShop, ...orders: object[]) =>
  (await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), RECORD, { orders })).errors[0]?.extensions
const read = async (shop: TestShop, externalId: string) => (await shop.storefront(READ, { externalId })).order

const LINE = { sku: 'A', quantity: 2, unitPrice: 50 }
const order = (externalId: string, more: object = {}) => ({ externalId, placedAt: '2026-03-01T10:00:00.000Z', lines: [LINE], ...more })

test('an order is recorded with defaults for what is left out, and read again by its external id', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  const [recorded] = await record(
    shop,
    order('o1', {
      customer: { externalId: 'mei' },
      lines: [LINE, { id: 'gift', sku: 'not in the catalogue', quantity: 3, unitPrice: 10, total: 25 }],
    }),
  )
  expect(recorded).toEqual({
    id: expect.any(String),
    externalId: 'o1',
    placedAt: '2026-03-01T10:00:00.000Z',
    status: 'PAID',
    customerId: expect.any(String),
    total: 125,
    lines: [
      { id: '0', sku: 'A', quantity: 2, returnedQuantity: 0, unitPrice: 50, total: 100 },
      { id: 'gift', sku: 'not in the catalogue', quantity: 3, returnedQuantity: 0, unitPrice: 10, total: 25 },
    ],
  })
  expect(await read(shop, 'o1')).toEqual(recorded)
  expect(await read(shop, 'o2')).toBeNull()
  expect(await read(shop, 'o\u0000')).toBeNull()
})

test('orders are answered in the order asked, whatever was there before', async () => {
  const shop = await openTestShop()
  await record(shop, order('b'), order('d'))
  const again = await record(shop, order('d'), order('c'), order('b', { channel: 'phone' }), order('a'))
  expect(again.map((one: { externalId: string }) => one.externalId)).toEqual(['d', 'c', 'b', 'a'])
})

test('an order recorded again is the same order; what differs is corrected', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null, bo: null })
  const [first] = await record(
    shop,
    order('o', { customer: { externalId: 'mei' }, lines: [LINE, { ...LINE, id: 'x' }, { ...LINE, id: 'y' }] }),
  )
  expect(
    await record(shop, order('o', { customer: { externalId: 'mei' }, lines: [LINE, { ...LINE, id: 'x' }, { ...LINE, id: 'y' }] })),
  ).toEqual([first])
  const corrected = order('o', {
    customer: { externalId: 'bo' },
    status: 'COMPLETED',
    placedAt: '2026-03-02T00:00:00.000Z',
    lines: [{ ...LINE, id: 'y', sku: 'B', total: 99 }, { ...LINE, id: 'z' }, LINE],
  })
  const [second] = await record(shop, corrected)
  expect(second).toMatchObject({ id: first.id, status: 'COMPLETED', placedAt: '2026-03-02T00:00:00.000Z', total: 299 })
  expect(second.customerId).not.toBe(first.customerId)
  expect(second.lines.map((line: { id: string; sku: string }) => [line.id, line.sku])).toEqual([
    ['y', 'B'],
    ['z', 'A'],
    ['2', 'A'],
  ])
  expect(await read(shop, 'o')).toEqual(second)
})

test('a null is as if it were left out', async () => {
  const shop = await openTestShop()
  const [recorded] = await record(
    shop,
    order('o', { customer: null, status: null, channel: null, lines: [{ ...LINE, id: null, total: null }] }),
  )
  expect(recorded).toMatchObject({ customerId: null, status: 'PAID', total: 100, lines: [{ id: '0', total: 100 }] })
})

test('an unknown customer is refused with the place, and nothing of the call is recorded', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  const orders = [order('a', { customer: { externalId: 'mei' } }), order('b'), order('c', { customer: { externalId: 'nobody' } })]
  expect(await refused(shop, ...orders)).toMatchObject({ code: 'UNKNOWN_CUSTOMER', inputPath: ['orders', 2, 'customer'] })
  expect(await refused(shop, order('a', { customer: { id: 'no uuid' } }))).toMatchObject({ code: 'UNKNOWN_CUSTOMER' })
  expect(await read(shop, 'a')).toBeNull()
})

test('what cannot be is refused with its place', async () => {
  const shop = await openTestShop()
  const bad = (...inputPath: (string | number)[]) => ({ code: 'BAD_USER_INPUT', inputPath })
  const line = (...lines: object[]) => order('o', { lines })
  expect(await refused(shop, order('a'), order('b'), order('a'))).toEqual(bad('orders', 2, 'externalId'))
  expect(await refused(shop, order(' '))).toEqual(bad('orders', 0, 'externalId'))
  expect(await refused(shop, line())).toEqual(bad('orders', 0, 'lines'))
  expect(await refused(shop, line(LINE, { ...LINE, quantity: 0 }))).toEqual(bad('orders', 0, 'lines', 1, 'quantity'))
  expect(await refused(shop, line({ ...LINE, quantity: 1_000_001 }))).toEqual(bad('orders', 0, 'lines', 0, 'quantity'))
  expect(await refused(shop, line({ ...LINE, sku: '' }))).toEqual(bad('orders', 0, 'lines', 0, 'sku'))
  expect(await refused(shop, line({ ...LINE, id: 'x' }, { ...LINE, id: 'x' }))).toEqual(bad('orders', 0, 'lines', 1, 'id'))
  expect(await refused(shop, line({ ...LINE, id: '1' }, LINE))).toEqual(bad('orders', 0, 'lines', 1, 'id'))
  expect(await refused(shop, order('o', { placedAt: new Date(Date.now() + 2 * 86_400_000).toISOString() }))).toEqual(
    bad('orders', 0, 'placedAt'),
  )
  expect(await refused(shop, order('o', { placedAt: '1969-12-31T23:59:59Z' }))).toEqual(bad('orders', 0, 'placedAt'))
})

test('amounts that pass 2^53-1 are refused, of a line, of an order, of all that a customer spent', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: null })
  expect(await refused(shop, order('o', { lines: [{ sku: 'A', quantity: 2, unitPrice: MOST }] }))).toEqual({
    code: 'AMOUNT_TOO_LARGE',
    inputPath: ['orders', 0, 'lines', 0, 'unitPrice'],
  })
  expect(
    await refused(
      shop,
      order('o', {
        lines: [
          { ...LINE, total: MOST },
          { ...LINE, total: 1 },
        ],
      }),
    ),
  ).toEqual({
    code: 'AMOUNT_TOO_LARGE',
    inputPath: ['orders', 0, 'lines'],
  })
  const rich = (externalId: string, total: number) => order(externalId, { customer: { externalId: 'mei' }, lines: [{ ...LINE, total }] })
  await record(shop, rich('a', MOST - 1), rich('b', 1))
  expect(await refused(shop, rich('c', 1))).toEqual({ code: 'AMOUNT_TOO_LARGE', inputPath: ['orders'] })
  expect(await refused(shop, rich('c', MOST))).toEqual({ code: 'AMOUNT_TOO_LARGE', inputPath: ['orders'] })
  expect(await read(shop, 'c')).toBeNull()
  const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { statistics { amountSpent averageOrderAmount } } }')
  expect(customer.statistics).toEqual({ amountSpent: MOST, averageOrderAmount: (MOST + 1) / 2 })
})

test('a call holds at most 500 orders, of at most 500 lines each', async () => {
  const shop = await openTestShop()
  const many = Array.from({ length: 501 }, (_, i) => order(`o${i}`))
  expect(await refused(shop, ...many)).toEqual({ code: 'TOO_MANY_ITEMS', inputPath: ['orders'] })
  expect(await refused(shop, order('o', { lines: Array.from({ length: 501 }, () => LINE) }))).toEqual({
    code: 'TOO_MANY_ITEMS',
    inputPath: ['orders', 0, 'lines'],
  })
  const answer = await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId } }', {
    orders: many.slice(1),
  })
  expect(answer.recordOrders).toHaveLength(500)
})

test('only a plugin key records and reads orders', async () => {
  const shop = await openTestShop()
  for (const [query, variables] of [
    [RECORD, { orders: [] }],
    [READ, { externalId: 'o' }],
  ] as const) {
    const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), query, variables)
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  }
})

test('recording a hundred orders takes the database as many statements as recording one', async () => {
  const shop = await openTestShop()
  const names = Array.from({ length: 100 }, (_, i) => `c${i}`)
  await customers(shop, Object.fromEntries(names.map((name) => [name, null])))
  const orders = (prefix: string, count: number, more: object = {}) =>
    names.slice(0, count).map((name) => order(`${prefix}-${name}`, { customer: { externalId: name }, lines: [LINE, LINE, LINE], ...more }))
  const statements = async (...all: object[]) => {
    // The key is in memory now: whether it has to be read is not the question.
    await read(shop, 'nothing')
    return statementsIn(() => record(shop, ...all))
  }
  // A shop's first orders are its first evaluation, too.
  await record(shop, ...orders('first', 1))
  const one = await statements(...orders('a', 1))
  expect(one).toBeGreaterThan(3)
  expect(await statements(...orders('b', 100))).toBe(one)
  // Orders that are there already have lines, which are read besides.
  const corrected = await statements(...orders('a', 1, { status: 'COMPLETED' }))
  expect(await statements(...orders('b', 100, { status: 'COMPLETED' }))).toBe(corrected)
})
