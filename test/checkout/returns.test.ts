import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customers, products, publishOffer } from '../harness/acts.ts'
import { commit, held, miscounted, order, RETURN, returnLines, usage } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function openOrder(offers: readonly Parameters<typeof publishOffer>[1][], cart: Record<string, number>): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 1_000, B: 500, C: 300 })
  await customers(shop, { mei: {} })
  for (const offer of offers) await publishOffer(shop, offer)
  await commit(shop, (await held(shop, { cart, as: 'mei' })).id, 'o1')
  return shop
}
const spent = async (shop: TestShop) =>
  (await shop.admin('{ customer(ref: { externalId: "mei" }) { statistics { numberOfOrders amountSpent } } }')).customer.statistics
const threshold = (code: string, step: object, more: object = {}) => ({ code, level: 'ORDER', order: { steps: [step] }, ...more })
const refusal = async (shop: TestShop, input: object) => {
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), RETURN, {
    input: { orderExternalId: 'o1', returnExternalId: 'r1', lines: [{ id: 'line-A', quantity: 1 }], ...input },
  })
  return [errors[0]?.extensions.code, errors[0]?.extensions.inputPath?.join('.')]
}

test('a returned unit is refunded what it cost, the dearer units first, and the rest is never priced again', async () => {
  // 3 x 1000 - 100 = 2900: units cost 967, 967, 966.
  const shop = await openOrder([threshold('hundred', { minSubtotal: 3_000, amountOff: 100 })], { A: 3 })
  expect(await returnLines(shop, 'o1', 'r1', { A: 1 })).toMatchObject({
    amount: 967,
    lines: [{ id: 'line-A', quantity: 1, amount: 967 }],
    order: { total: 1_933 },
  })
  expect(await spent(shop)).toEqual({ numberOfOrders: 1, amountSpent: 1_933 })
  expect(await returnLines(shop, 'o1', 'r2', { A: 2 })).toMatchObject({
    amount: 1_933,
    order: { total: 0, lines: [{ returnedQuantity: 3, total: 2_900 }] },
  })
  expect(await spent(shop)).toEqual({ numberOfOrders: 0, amountSpent: 0 })
})

test('a return is one by its external id: the same input is the same answer, another input is refused', async () => {
  const shop = await openOrder([], { A: 3 })
  const first = await returnLines(shop, 'o1', 'r1', { A: 1 })
  await returnLines(shop, 'o1', 'r2', { A: 1 })
  const again = await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect(again).toEqual({ ...first, order: await order(shop, 'o1') })
  expect(again.order.total).toBe(1_000)
  expect(await refusal(shop, { lines: [{ id: 'line-A', quantity: 2 }] })).toEqual(['IDEMPOTENCY_CONFLICT', 'input.returnExternalId'])
})

test.each([
  ['NOT_FOUND', 'input.orderExternalId', { orderExternalId: 'o2' }],
  ['BAD_USER_INPUT', 'input.returnExternalId', { returnExternalId: '' }],
  ['BAD_USER_INPUT', 'input.lines', { lines: [] }],
  ['NOT_FOUND', 'input.lines.0.id', { lines: [{ id: '0', quantity: 1 }] }],
  ['BAD_USER_INPUT', 'input.lines.0.quantity', { lines: [{ id: 'line-A', quantity: 0 }] }],
  ['BAD_USER_INPUT', 'input.lines.0.quantity', { lines: [{ id: 'line-A', quantity: 4 }] }],
  [
    'BAD_USER_INPUT',
    'input.lines.1.id',
    {
      lines: [
        { id: 'line-A', quantity: 1 },
        { id: 'line-A', quantity: 1 },
      ],
    },
  ],
])('%s at %s refuses a return, whole', async (code, path, wrong) => {
  const shop = await openOrder([], { A: 3 })
  expect(await refusal(shop, wrong)).toEqual([code, path])
  expect(await order(shop, 'o1')).toMatchObject({ total: 3_000 })
})

test('a use comes back once every line that the offer touched is wholly returned, and the others may stay', async () => {
  const shop = await openOrder(
    [
      threshold(
        'a-and-b',
        { minSubtotal: 1, amountOff: 30 },
        { scope: { skus: ['A', 'B'] }, totalLimit: 1, perCustomerLimit: 1, returnsRestoreUse: true },
      ),
      { code: 'kept', level: 'PRODUCT', scope: { skus: ['A'] }, product: { adjustment: { amountOff: 10 } } },
    ],
    { A: 2, B: 1, C: 1 },
  )
  await returnLines(shop, 'o1', 'r1', { A: 1, B: 1 })
  expect(await usage(shop, 'a-and-b')).toEqual([1, 30])
  await returnLines(shop, 'o1', 'r2', { A: 1 })
  expect([await usage(shop, 'a-and-b'), await usage(shop, 'kept')]).toEqual([
    [0, 0],
    [1, 20],
  ])
  await returnLines(shop, 'o1', 'r3', { C: 1 })
  expect(await usage(shop, 'a-and-b')).toEqual([0, 0])
  expect(await miscounted(shop)).toEqual([])
})

test('gifts are kept with the order, and due back once all of it is returned', async () => {
  const shop = await openOrder([threshold('gift', { minSubtotal: 1_000, gifts: [{ sku: 'CUP', quantity: 2 }], freeShipping: true })], {
    A: 1,
    B: 1,
  })
  expect((await shop.admin('{ order(externalId: "o1") { gifts { sku quantity offerCode } } }')).order.gifts).toEqual([
    { sku: 'CUP', quantity: 2, offerCode: 'gift' },
  ])
  expect((await returnLines(shop, 'o1', 'r1', { A: 1 })).giftsDue).toEqual([])
  expect((await returnLines(shop, 'o1', 'r2', { B: 1 })).giftsDue).toEqual([{ sku: 'CUP', quantity: 2 }])
})

test('an order that was only recorded can be returned too', async () => {
  const shop = await openOrder([], { A: 1 })
  await shop.storefront(
    'mutation { recordOrders(orders: [{ externalId: "o2", customer: { externalId: "mei" }, placedAt: "2026-01-05T03:00:00Z", lines: [{ id: "line-A", sku: "A", quantity: 3, unitPrice: 33, total: 100 }] }]) { id } }',
  )
  expect(await returnLines(shop, 'o2', 'r1', { A: 1 })).toMatchObject({ amount: 34, order: { total: 66 } })
})

test('however an order is returned in parts, the refunds add up to what was paid', async () => {
  const shop = await openOrder([], { A: 1 })
  let n = 0
  const parts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(parts, fc.integer({ min: 0, max: 5_000 }), async (quantities, total) => {
      const id = `p${n++}`
      const quantity = quantities.reduce((sum, part) => sum + part, 0)
      await shop.storefront(
        `mutation ($total: Money!, $quantity: Int!) { recordOrders(orders: [{ externalId: "${id}", placedAt: "2026-01-05T03:00:00Z", lines: [{ id: "line-A", sku: "A", quantity: $quantity, unitPrice: 0, total: $total }] }]) { id } }`,
        { total, quantity },
      )
      let refunded = 0
      for (const [i, part] of quantities.entries()) {
        const { amount, order } = await returnLines(shop, id, `${id}-${i}`, { A: part })
        refunded += amount
        expect(order.total).toBe(total - refunded)
      }
      expect(refunded).toBe(total)
    }),
    { numRuns: 15 },
  )
})
