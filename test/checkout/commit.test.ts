import { expect, test } from 'vitest'
import { customers, products, publishOffer } from '../harness/acts.ts'
import {
  COMMIT,
  commit,
  extend,
  held,
  letExpire,
  miscounted,
  newKey,
  order,
  RELEASE,
  release,
  reservation,
  reserve,
  usage,
} from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const SALE = { code: 'sale', level: 'PRODUCT', product: { adjustment: { percentOff: 10 } }, totalLimit: 1 }

async function openSale(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 5_000 })
  await customers(shop, { mei: {}, li: {} })
  await publishOffer(shop, SALE)
  return shop
}

const statistics = async (shop: TestShop, externalId: string) =>
  (
    await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { statistics { numberOfOrders amountSpent } } }', {
      ref: { externalId },
    })
  ).customer.statistics
const record = async (shop: TestShop, one: object) =>
  (
    await shop.storefront(
      'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id status total lines { id returnedQuantity } } }',
      {
        orders: [
          {
            externalId: 'o1',
            customer: { externalId: 'li' },
            placedAt: '2026-01-05T03:00:00Z',
            lines: [{ sku: 'B', quantity: 9, unitPrice: 1 }],
            ...one,
          },
        ],
      },
    )
  ).recordOrders[0]
const codeOf = async (shop: TestShop, query: string, input: object) => {
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), query, { input })
  return [errors[0]?.extensions.code, errors[0]?.extensions.inputPath?.join('.')]
}

test('a reservation becomes an order of its customer, priced as it was reserved, with the statistics', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 2 }, as: 'mei' })
  await products(shop, { A: 99_000 })
  const made = await commit(shop, id, 'o1')
  expect(made).toMatchObject({ __typename: 'Order', externalId: 'o1', status: 'PAID', total: 18_000 })
  expect(made.lines).toEqual([{ id: 'line-A', sku: 'A', quantity: 2, returnedQuantity: 0, unitPrice: 9_000, total: 18_000 }])
  expect(Math.abs(Date.parse(made.placedAt) - Date.now())).toBeLessThan(60_000)
  expect(await order(shop, 'o1')).toEqual({ ...made, __typename: undefined })
  expect(await statistics(shop, 'mei')).toEqual({ numberOfOrders: 1, amountSpent: 18_000 })
  expect(await reservation(shop, id)).toMatchObject({ status: 'COMMITTED' })
  expect(await usage(shop, 'sale')).toEqual([1, 2_000])
})

test('an order takes the status and the time that commit names', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  expect(await commit(shop, id, 'o1', { status: 'PLACED', placedAt: '2026-02-01T00:00:00Z' })).toMatchObject({
    status: 'PLACED',
    placedAt: '2026-02-01T00:00:00.000Z',
  })
  expect(await statistics(shop, 'mei')).toEqual({ numberOfOrders: 0, amountSpent: 0 })
})

test('a reservation is committed once: the same key is told of the order, another of the reservation', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const key = newKey()
  const first = await commit(shop, id, 'o1', { idempotencyKey: key })
  expect(await commit(shop, id, 'o1', { idempotencyKey: key })).toEqual(first)
  expect(await commit(shop, id, 'o1')).toMatchObject({ __typename: 'ReservationEnded', reservation: { id, status: 'COMMITTED' } })
  expect(await commit(shop, id, 'o2')).toMatchObject({ __typename: 'ReservationEnded' })
  expect(await order(shop, 'o2')).toBe(null)
  expect(await codeOf(shop, COMMIT, { reservationId: id, orderExternalId: 'o2', idempotencyKey: key })).toEqual([
    'IDEMPOTENCY_CONFLICT',
    'input.idempotencyKey',
  ])
})

test('an order is committed once: a second reservation for it is refused and stays held', async () => {
  const shop = await openSale()
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei' })).id, 'o1')
  const second = await held(shop, { cart: { B: 1 }, as: 'mei' })
  expect(await codeOf(shop, COMMIT, { reservationId: second.id, orderExternalId: 'o1', idempotencyKey: newKey() })).toEqual([
    'CONFLICT',
    'input.orderExternalId',
  ])
  expect(await reservation(shop, second.id)).toMatchObject({ status: 'HELD' })
})

test('an order that was recorded already is adopted: the same order, sold as it was reserved', async () => {
  const shop = await openSale()
  const recorded = await record(shop, { status: 'PLACED' })
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  expect(await commit(shop, id, 'o1')).toMatchObject({
    id: recorded.id,
    status: 'PAID',
    placedAt: '2026-01-05T03:00:00.000Z',
    total: 9_000,
    lines: [{ id: 'line-A' }],
  })
  expect(await reservation(shop, id)).toMatchObject({ status: 'COMMITTED' })
  expect([await statistics(shop, 'mei'), await statistics(shop, 'li')]).toEqual([
    { numberOfOrders: 1, amountSpent: 9_000 },
    { numberOfOrders: 0, amountSpent: 0 },
  ])
})

test('of a committed order only the status is recorded', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const made = await commit(shop, id, 'o1')
  await record(shop, { status: 'COMPLETED' })
  expect(await order(shop, 'o1')).toEqual({ ...made, __typename: undefined, status: 'COMPLETED' })
})

test.each([
  [true, [0, 0]],
  [false, [1, 1_000]],
])(
  'a committed order that is called off is returned whole; its use comes back if the offer says so: %s',
  async (returnsRestoreUse, left) => {
    const shop = await openSale()
    await publishOffer(shop, { ...SALE, returnsRestoreUse })
    const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
    await commit(shop, id, 'o1')
    expect(await record(shop, { status: 'CANCELLED' })).toMatchObject({
      status: 'CANCELLED',
      total: 0,
      lines: [{ id: 'line-A', returnedQuantity: 1 }],
    })
    expect(await statistics(shop, 'mei')).toEqual({ numberOfOrders: 0, amountSpent: 0 })
    expect(await usage(shop, 'sale')).toEqual(left)
    await record(shop, { status: 'CANCELLED' })
    await record(shop, { status: 'PAID' })
    expect(await order(shop, 'o1')).toMatchObject({ status: 'PAID', total: 0 })
    expect(await miscounted(shop)).toEqual([])
  },
)

test('a reservation can be committed as called off', async () => {
  const shop = await openSale()
  await publishOffer(shop, { ...SALE, returnsRestoreUse: true })
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  expect(await commit(shop, id, 'o1', { status: 'CANCELLED' })).toMatchObject({ __typename: 'Order', status: 'CANCELLED', total: 0 })
  expect(await usage(shop, 'sale')).toEqual([0, 0])
})

test('a hold that is over cannot be committed or extended, and says so', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await letExpire(shop, id)
  expect(await commit(shop, id, 'o1')).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'EXPIRED' } })
  expect(await order(shop, 'o1')).toBe(null)
  expect(await extend(shop, id, 60)).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'EXPIRED' } })
  expect(await usage(shop, 'sale')).toEqual([0, 0])
})

test('a hold is extended from now on, by as much as is asked', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 }, ttl: 60 })
  const longer = await extend(shop, id, 86_400)
  expect(longer.__typename).toBe('Reservation')
  expect(Math.abs(Date.parse(longer.expiresAt) - Date.now() - 86_400_000)).toBeLessThan(60_000)
  expect(await extend(shop, id, 60)).toMatchObject({ status: 'HELD' })
  const { errors } = await shop.ask(
    '/storefront/graphql',
    bearer(shop.keys.plugin),
    `mutation { extendReservation(id: "${id}", ttlSeconds: 59) { __typename } }`,
  )
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath: ['ttlSeconds'] })
})

test('a release gives all back, once', async () => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const key = newKey()
  expect(await release(shop, id, key)).toMatchObject({ id, status: 'RELEASED' })
  expect(await release(shop, id, key)).toMatchObject({ status: 'RELEASED' })
  expect(await release(shop, id)).toMatchObject({ status: 'RELEASED' })
  expect(await usage(shop, 'sale')).toEqual([0, 0])
  expect(await commit(shop, id, 'o1')).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'RELEASED' } })
  const next = await held(shop, { cart: { A: 1 }, total: 9_000 })
  expect(await codeOf(shop, RELEASE, { reservationId: next.id, idempotencyKey: key })).toEqual([
    'IDEMPOTENCY_CONFLICT',
    'input.idempotencyKey',
  ])
  await commit(shop, next.id, 'o2')
  expect(await release(shop, next.id)).toMatchObject({ status: 'COMMITTED' })
  expect(await usage(shop, 'sale')).toEqual([1, 1_000])
})

test("a key that is older than 30 days is nobody's any more", async () => {
  const shop = await openSale()
  const key = newKey()
  await held(shop, { cart: { B: 1 }, key })
  const { em, shopId } = shop.world()
  await em.execute("update idempotency_key set kept_at = kept_at - interval '31 days' where shop_id = ? and key = ?", [shopId, key])
  expect(await reserve(shop, { cart: { A: 3 }, key })).toMatchObject({ __typename: 'Reservation' })
})

test.each([
  ['NOT_FOUND', 'input.reservationId', { reservationId: 'x' }],
  ['NOT_FOUND', 'input.reservationId', { reservationId: '00000000-0000-7000-8000-000000000000' }],
  ['BAD_USER_INPUT', 'input.orderExternalId', { orderExternalId: '' }],
  ['BAD_USER_INPUT', 'input.placedAt', { placedAt: '1969-12-31T00:00:00Z' }],
  ['BAD_USER_INPUT', 'input.placedAt', { placedAt: '2099-01-01T00:00:00Z' }],
])('a commit is refused with %s at %s, and the reservation stays held', async (code, path, wrong) => {
  const shop = await openSale()
  const { id } = await held(shop, { cart: { A: 1 } })
  expect(await codeOf(shop, COMMIT, { reservationId: id, orderExternalId: 'o1', idempotencyKey: newKey(), ...wrong })).toEqual([code, path])
  expect(await reservation(shop, id)).toMatchObject({ status: 'HELD' })
})

test('a merged customer keeps what they used, and gets back what was theirs when they are unmerged', async () => {
  const shop = await openSale()
  await publishOffer(shop, {
    code: 'once',
    level: 'PRODUCT',
    product: { adjustment: { percentOff: 50 }, maxUnitsPerCustomer: 5 },
    perCustomerLimit: 2,
  })
  const mine = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const theirs = await held(shop, { cart: { A: 2 }, as: 'li' })
  const { customer } = await shop.admin('{ customer(ref: { externalId: "li" }) { id } }')
  await shop.admin('mutation { mergeCustomers(from: { externalId: "li" }, into: { externalId: "mei" }, reason: "one person") { id } }')
  // Two uses of one person: the better offer is used up for them, and the other applies.
  expect(await held(shop, { cart: { A: 1 }, as: 'li' })).toMatchObject({ quote: { total: 9_000 } })
  expect(await miscounted(shop)).toEqual([])
  await release(shop, theirs.id)
  expect((await held(shop, { cart: { A: 4 }, as: 'mei' })).quote.total).toBe(20_000)
  await shop.admin('mutation ($id: ID!) { unmergeCustomer(from: $id) { id } }', { id: customer.id })
  expect((await held(shop, { cart: { A: 5 }, as: 'li' })).quote.total).toBe(25_000)
  expect(await miscounted(shop)).toEqual([])
  expect(await commit(shop, mine.id, 'o1')).toMatchObject({ __typename: 'Order' })
})

test('who asks what is kept of them is told of reservations; forgotten, what they typed is gone', async () => {
  const shop = await openSale()
  await publishOffer(shop, { code: 'BIG', level: 'ORDER', trigger: 'CODE', order: { steps: [{ minSubtotal: 99_000, amountOff: 1 }] } })
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei', codes: ['big'] })
  const { exportCustomer } = await shop.admin('{ exportCustomer(ref: { externalId: "mei" }) }')
  expect(exportCustomer.reservations).toMatchObject([{ id, status: 'HELD', quote: { total: 9_000, refusedCodes: [{ code: 'big' }] } }])
  await shop.admin('mutation { eraseCustomer(ref: { externalId: "mei" }, reason: "asked") }')
  expect(await reservation(shop, id)).toMatchObject({ quote: { total: 9_000, refusedCodes: [] } })
})
