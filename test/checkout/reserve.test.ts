import { expect, test } from 'vitest'
import { customers, memberPrice, orders, products, publishOffer, quote, saveOffer } from '../harness/acts.ts'
import {
  commit,
  held,
  letExpire,
  miscounted,
  newKey,
  RESERVE,
  release,
  reservation,
  reserve,
  reserveInput,
  totalOf,
  usage,
} from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { publish, retire } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const half = { level: 'PRODUCT', product: { adjustment: { percentOff: 50 } } }
const tenOff = (code: string, more: object = {}) => ({ code, level: 'PRODUCT', product: { adjustment: { percentOff: 10 } }, ...more })

async function openSale(...offers: readonly { code: string }[]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 5_000 })
  await customers(shop, { mei: {}, li: {} })
  for (const offer of offers) await publishOffer(shop, offer)
  return shop
}

test('a reservation stores the priced cart and takes one use of each offer in it', async () => {
  const shop = await openSale(tenOff('sale', { totalLimit: 5 }))
  const got = await held(shop, { cart: { A: 2, B: 1 }, as: 'mei', ttl: 600 })
  expect(got).toMatchObject({
    status: 'HELD',
    quote: {
      total: 22_500,
      lines: [
        { id: 'line-A', total: 18_000 },
        { id: 'line-B', total: 4_500 },
      ],
    },
  })
  expect(await usage(shop, 'sale')).toEqual([1, 2_500])
  expect(await reservation(shop, got.id)).toEqual({ ...got, __typename: undefined })
  expect(Date.parse(got.expiresAt) - Date.now()).toBeGreaterThan(590_000)
})

test('an automatic offer with nothing left simply does not apply, in quotes and member prices too', async () => {
  const shop = await openSale(tenOff('sale', { totalLimit: 1 }))
  expect(await memberPrice(shop, null, 'A')).toBe(9_000)
  await held(shop, { cart: { A: 1 } })
  expect(await memberPrice(shop, null, 'A')).toBe(10_000)
  const told = await quote(shop, null, { A: 1 }, [], true)
  expect(told).toMatchObject({ total: 10_000, lines: [{ trace: [{ code: 'sale', outcome: 'LIMIT_REACHED' }] }] })
  expect((await held(shop, { cart: { A: 1 } })).quote.total).toBe(10_000)
})

test('a total that was not shown is not charged: the new quote is the answer, and nothing is taken', async () => {
  const shop = await openSale(tenOff('sale', { totalLimit: 1 }))
  expect(await reserve(shop, { cart: { A: 1 }, total: 8_999 })).toMatchObject({
    __typename: 'PriceChanged',
    expectedTotal: 8_999,
    quote: { total: 9_000 },
  })
  expect(await usage(shop, 'sale')).toEqual([0, 0])
})

test('a price that was changed on another server a moment ago is the price', async () => {
  const shop = await openSale()
  const total = await totalOf(shop, { cart: { A: 1 } })
  const { anotherNode } = await import('../harness/node.ts')
  const other = await anotherNode()
  await publishOffer(shop.at(other), tenOff('sale'))
  expect(await reserve(shop, { cart: { A: 1 }, total })).toMatchObject({ __typename: 'PriceChanged', quote: { total: 9_000 } })
  await products(shop.at(other), { A: 20_000 })
  expect(await reserve(shop, { cart: { A: 1 }, total: 9_000 })).toMatchObject({ __typename: 'PriceChanged', quote: { total: 18_000 } })
  await retire(shop.at(other), 'sale')
  expect(await reserve(shop, { cart: { A: 1 }, total: 18_000 })).toMatchObject({ __typename: 'PriceChanged', quote: { total: 20_000 } })
})

test.each([
  ['UNKNOWN', ['NOBODYS', 'EARLY'], {}],
  ['NOT_LIVE', ['EARLY', 'NOBODYS'], {}],
  ['LIMIT_REACHED', ['ONCE'], {}],
  ['NOT_FIRST_ORDER', ['FIRST'], {}],
  ['NOT_ELIGIBLE', ['OTHERS'], {}],
  ['NOT_ELIGIBLE', ['PERSONAL'], { as: null }],
])('a code that cannot be had is said first: %s of %j', async (reason, codes, who) => {
  const code = { trigger: 'CODE', combination: 'STACKABLE' }
  const shop = await openSale(
    tenOff('EARLY', { ...code, validFrom: '2099-01-01T00:00:00Z' }),
    tenOff('ONCE', { ...code, totalLimit: 1 }),
    tenOff('FIRST', { ...code, firstOrderOnly: true }),
    tenOff('OTHERS', { ...code, audience: "customer_tags CONTAINS 'vip'" }),
    tenOff('PERSONAL', { ...code, perCustomerLimit: 1 }),
  )
  await orders(shop, ['mei', 'A', 100, 1, '2026-01-05T03:00:00Z'])
  await held(shop, { cart: { A: 1 }, as: 'li', codes: ['ONCE'] })
  expect(await reserve(shop, { cart: { A: 1 }, as: 'mei', codes, total: 1, ...who })).toEqual({
    __typename: 'OfferUnavailable',
    code: codes[0],
    reason,
  })
})

test('a code that this cart is only too small for stops nobody', async () => {
  const shop = await openSale({
    code: 'BIG',
    level: 'ORDER',
    trigger: 'CODE',
    order: { steps: [{ minSubtotal: 99_000, amountOff: 100 }] },
  } as { code: string })
  expect((await held(shop, { cart: { A: 1 }, codes: ['BIG'] })).quote).toMatchObject({
    total: 10_000,
    refusedCodes: [{ code: 'BIG', outcome: 'SUBTOTAL_TOO_LOW' }],
  })
})

test('a customer has an offer as often as it says, and so many units; others still do', async () => {
  const shop = await openSale(
    tenOff('once', { perCustomerLimit: 1, scope: { skus: ['A'] } }),
    tenOff('units', { scope: { skus: ['B'] }, product: { adjustment: { percentOff: 10 }, maxUnitsPerCustomer: 3 } }),
  )
  expect((await held(shop, { cart: { A: 1, B: 2 }, as: 'mei' })).quote.total).toBe(18_000)
  expect(await totalOf(shop, { cart: { A: 1, B: 1 }, as: 'mei' })).toBe(14_500)
  expect(await totalOf(shop, { cart: { A: 1, B: 2 }, as: 'mei' })).toBe(20_000)
  expect((await held(shop, { cart: { A: 1, B: 1 }, as: 'mei' })).quote.total).toBe(14_500)
  expect(await totalOf(shop, { cart: { B: 1 }, as: 'mei' })).toBe(5_000)
  expect(await totalOf(shop, { cart: { A: 1, B: 3 }, as: 'li' })).toBe(22_500)
  // Who is not identified is shown it, and cannot take it.
  expect(await totalOf(shop, { cart: { A: 1 } })).toBe(9_000)
  expect(await reserve(shop, { cart: { A: 1 }, total: 9_000 })).toMatchObject({ __typename: 'PriceChanged', quote: { total: 10_000 } })
  expect(await miscounted(shop)).toEqual([])
})

test('a budget is never passed: the offer that would is struck from the whole cart', async () => {
  const shop = await openSale(tenOff('sale', { budget: 2_500 }))
  expect((await held(shop, { cart: { A: 2 } })).quote.total).toBe(18_000)
  expect((await held(shop, { cart: { A: 1 } })).quote.total).toBe(10_000)
  expect((await held(shop, { cart: { B: 1 } })).quote.total).toBe(4_500)
  expect(await usage(shop, 'sale')).toEqual([2, 2_500])
})

test('uses belong to the code: another version goes on counting, a higher limit gives more, a lower one stops', async () => {
  const shop = await openSale(tenOff('sale'))
  await held(shop, { cart: { A: 1 } })
  await publishOffer(shop, tenOff('sale', { totalLimit: 1 }))
  expect(await totalOf(shop, { cart: { A: 1 } })).toBe(10_000)
  await publishOffer(shop, tenOff('sale', { totalLimit: 2 }))
  const second = await held(shop, { cart: { A: 1 } })
  expect(second.quote.total).toBe(9_000)
  await publishOffer(shop, tenOff('sale', { totalLimit: 1 }))
  expect(await commit(shop, second.id, 'o1')).toMatchObject({ __typename: 'Order', total: 9_000 })
  expect(await usage(shop, 'sale')).toEqual([2, 2_000])
})

test('a hold that is over is given back by whoever comes upon it: a reservation, a quote, a reading', async () => {
  const shop = await openSale(tenOff('sale', { totalLimit: 1, perCustomerLimit: 1 }))
  const first = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await letExpire(shop, first.id)
  expect(await usage(shop, 'sale')).toEqual([0, 0])
  const second = await held(shop, { cart: { A: 1 }, as: 'mei', total: 9_000 })
  expect(await reservation(shop, first.id)).toMatchObject({ status: 'EXPIRED' })
  await letExpire(shop, second.id)
  expect(await reservation(shop, second.id)).toMatchObject({ status: 'EXPIRED' })
  expect(await miscounted(shop)).toEqual([])
})

test('a hold that is over gives back all that it holds, also of offers that nobody asks for', async () => {
  const shop = await openSale(
    tenOff('a-sale', { totalLimit: 1, scope: { skus: ['A'] } }),
    tenOff('b-sale', { totalLimit: 1, scope: { skus: ['B'] } }),
  )
  const first = await held(shop, { cart: { A: 1, B: 1 } })
  await letExpire(shop, first.id)
  await held(shop, { cart: { B: 1 }, total: 4_500 })
  expect([await usage(shop, 'a-sale'), await usage(shop, 'b-sale')]).toEqual([
    [0, 0],
    [1, 500],
  ])
  expect(await miscounted(shop)).toEqual([])
})

test('the same key with the same input is one reservation, as it stands now; with another input it is refused', async () => {
  const shop = await openSale(tenOff('sale', { totalLimit: 1 }))
  const input = await reserveInput(shop, { cart: { A: 1 }, key: 'checkout-1' })
  const twice = await Promise.all([0, 1].map(() => shop.storefront(RESERVE, { input })))
  const [first] = twice.map(({ reserve }) => reserve)
  expect(twice.map(({ reserve }) => reserve.id)).toEqual([first.id, first.id])
  expect(await usage(shop, 'sale')).toEqual([1, 1_000])
  await release(shop, first.id)
  expect((await shop.storefront(RESERVE, { input })).reserve).toMatchObject({ id: first.id, status: 'RELEASED' })
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), RESERVE, { input: { ...input, expectedTotal: 1 } })
  expect(errors[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', inputPath: ['input', 'idempotencyKey'] })
})

test('what changed nothing is not remembered: the key serves again', async () => {
  const shop = await openSale()
  const key = newKey()
  expect(await reserve(shop, { cart: { A: 1 }, total: 1, key })).toMatchObject({ __typename: 'PriceChanged' })
  expect(await reserve(shop, { cart: { A: 1 }, total: 10_000, key })).toMatchObject({ __typename: 'Reservation' })
})

test.each([
  ['UNKNOWN_CUSTOMER', 'input.customer', { customer: { externalId: 'nobody' } }],
  ['UNKNOWN_SKU', 'input.cart.lines.0.sku', { cart: { lines: [{ sku: 'X', quantity: 1 }] } }],
  ['BAD_USER_INPUT', 'input.cart.lines', { cart: { lines: [] } }],
  ['BAD_USER_INPUT', 'input.ttlSeconds', { ttlSeconds: 59 }],
  ['BAD_USER_INPUT', 'input.ttlSeconds', { ttlSeconds: 86_401 }],
  ['BAD_USER_INPUT', 'input.idempotencyKey', { idempotencyKey: 'seven77' }],
  ['BAD_USER_INPUT', 'input.idempotencyKey', { idempotencyKey: 'x'.repeat(129) }],
  ['BAD_USER_INPUT', 'input.idempotencyKey', { idempotencyKey: 'with\nline-feed' }],
  ['AMOUNT_TOO_LARGE', 'input.cart.lines', { cart: { lines: [{ sku: 'A', quantity: 2, listPrice: Number.MAX_SAFE_INTEGER }] } }],
])('%s at %s is refused', async (code, path, wrong) => {
  const shop = await openSale()
  const input = { cart: { lines: [{ sku: 'A', quantity: 1 }] }, expectedTotal: 10_000, idempotencyKey: newKey(), ...wrong }
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), RESERVE, { input })
  expect(errors.map(({ extensions }) => [extensions.code, extensions.inputPath?.join('.')])).toEqual([[code, path]])
})

test.each(['totalLimit', 'perCustomerLimit', 'budget'])('a limit of 0 is none: %s', async (limit) => {
  const shop = await openSale()
  await expect(saveOffer(shop, tenOff('sale', { [limit]: 0 }))).rejects.toThrow(`input`)
  await expect(saveOffer(shop, { code: 'x', ...half, product: { ...half.product, maxUnitsPerCustomer: 0 } })).rejects.toThrow(
    'maxUnitsPerCustomer',
  )
})

test('a draft of an offer that was never published goes, with its counters', async () => {
  const shop = await openSale()
  await saveOffer(shop, tenOff('sale'))
  await shop.admin('mutation { deleteDraft(code: "sale") }')
  await saveOffer(shop, tenOff('sale', { totalLimit: 3 }))
  await publish(shop, 'sale')
  expect(await usage(shop, 'sale')).toEqual([0, 0])
})
