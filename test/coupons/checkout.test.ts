import { expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, products, quote } from '../harness/acts.ts'
import { commit, held, letExpire, miscounted, release, reserve, returnLines, usage } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { codes, couponOffer, give, owned, revoke, statuses } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function shopWith(offer: object = {}, coupons: object = {}): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 5_000 })
  await customers(shop, { mei: {}, li: {} })
  await couponOffer(shop, 'thanks', coupons, offer)
  return shop
}

const cart = { A: 1 }
/** The time of a customer's coupons is over: no clock is waited for. */
async function letCouponsEnd(shop: TestShop): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(em, sql`update coupon set valid_until = issued_at where shop_id = ${shopId}`)
}

test('a reservation holds the coupon that it uses, an order has used it', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  const { id, quote: reserved } = await held(shop, { cart, as: 'mei', codes: [code] })
  expect(reserved.total).toBe(9_000)
  expect(await statuses(shop, 'mei')).toEqual(['HELD'])
  await commit(shop, id, 'o1')
  expect(await statuses(shop, 'mei')).toEqual(['USED'])
  expect(await usage(shop, 'thanks')).toEqual([1, 1_000])
  expect(await reserve(shop, { cart, as: 'mei', codes: [code], total: 9_000 })).toEqual({
    __typename: 'OfferUnavailable',
    code,
    reason: 'LIMIT_REACHED',
  })
  expect((await quote(shop, 'mei', cart, [code])).refusedCodes).toEqual([{ code, outcome: 'LIMIT_REACHED' }])
})

test('a second cart cannot have a coupon that is held', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  await held(shop, { cart, as: 'mei', codes: [code] })
  expect(await reserve(shop, { cart, as: 'mei', codes: [code], total: 9_000 })).toMatchObject({ code, reason: 'LIMIT_REACHED' })
})

test('two coupons of one offer are two uses, one an order', async () => {
  const shop = await shopWith()
  const [one, two] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  const { quote: first } = await held(shop, { cart, as: 'mei', codes: [one, two] })
  expect(first.total).toBe(9_000)
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE', 'HELD'])
  await held(shop, { cart, as: 'mei', codes: [two] })
  expect(await statuses(shop, 'mei')).toEqual(['HELD', 'HELD'])
})

test('a coupon comes back when its hold is released, and when it expires', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  const { id } = await held(shop, { cart, as: 'mei', codes: [code] })
  await release(shop, id)
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  const second = await held(shop, { cart, as: 'mei', codes: [code] })
  await letExpire(shop, second.id)
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  expect((await quote(shop, 'mei', cart, [code])).total).toBe(9_000)
  const third = await held(shop, { cart, as: 'mei', codes: [code] })
  expect(third.quote.total).toBe(9_000)
  expect(await miscounted(shop)).toEqual([])
})

test.each([
  [true, 'AVAILABLE'],
  [false, 'USED'],
])('on a whole return it comes back if its offer says so (%s)', async (returnsRestoreUse, status) => {
  const shop = await shopWith({ returnsRestoreUse })
  const code = await give(shop, 'thanks', 'mei')
  const { id } = await held(shop, { cart: { A: 2 }, as: 'mei', codes: [code] })
  await commit(shop, id, 'o1')
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect(await statuses(shop, 'mei')).toEqual(['USED'])
  await returnLines(shop, 'o1', 'r2', { A: 1 })
  expect(await statuses(shop, 'mei')).toEqual([status])
})

test('one that comes back when its time is over is expired', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  const { id } = await held(shop, { cart, as: 'mei', codes: [code] })
  await letCouponsEnd(shop)
  expect(await statuses(shop, 'mei')).toEqual(['HELD'])
  await release(shop, id)
  expect(await statuses(shop, 'mei')).toEqual(['EXPIRED'])
  expect(await reserve(shop, { cart, as: 'mei', codes: [code], total: 9_000 })).toMatchObject({ code, reason: 'EXPIRED' })
  expect((await quote(shop, 'mei', cart, [code])).refusedCodes).toEqual([{ code, outcome: 'NOT_LIVE' }])
})

test('why a coupon cannot be reserved with is said', async () => {
  const shop = await shopWith()
  const [called, meis] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  await revoke(shop, called)
  const why = async (as: string | null, code: string) => (await reserve(shop, { cart, as, codes: [code], total: 9_000 })).reason
  expect(await why('mei', called)).toBe('REVOKED')
  expect(await why('li', meis)).toBe('UNKNOWN')
  expect(await why(null, meis)).toBe('UNKNOWN')
  await shop.admin('mutation { retire(codes: ["thanks"]) { bookVersion } }')
  expect(await why('mei', meis)).toBe('NOT_LIVE')
})

test('a hold stands though its coupon is called back, and the coupon does not come back', async () => {
  const shop = await shopWith()
  const [one, two] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  const first = await held(shop, { cart, as: 'mei', codes: [one] })
  const second = await held(shop, { cart, as: 'mei', codes: [two] })
  expect((await revoke(shop, one)).status).toBe('REVOKED')
  await revoke(shop, two)
  expect(await commit(shop, first.id, 'o1')).toMatchObject({ __typename: 'Order', total: 9_000 })
  await release(shop, second.id)
  expect((await owned(shop, {})).map(({ code, status }) => [code, status])).toEqual([
    [two, 'REVOKED'],
    [one, 'USED'],
  ])
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), `mutation { revokeCoupon(code: "${one}") { code } }`)
  expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', inputPath: ['code'] })
})

test('a coupon that does nothing for a cart is not spent', async () => {
  const shop = await shopWith({ scope: { skus: ['B'] } })
  const code = await give(shop, 'thanks', 'mei')
  const { quote: reserved } = await held(shop, { cart, as: 'mei', codes: [code] })
  expect(reserved.refusedCodes).toEqual([{ code, outcome: 'NOT_IN_SCOPE' }])
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
})

test('limits of the offer hold for its coupons too', async () => {
  const shop = await shopWith({ totalLimit: 1 })
  const [meis, lis] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'li')]
  await held(shop, { cart, as: 'mei', codes: [meis] })
  expect(await reserve(shop, { cart, as: 'li', codes: [lis], total: 9_000 })).toMatchObject({ code: lis, reason: 'LIMIT_REACHED' })
  expect(await statuses(shop, 'li')).toEqual(['AVAILABLE'])
  expect(await miscounted(shop)).toEqual([])
})

test('whoever uses a single-use code has it from then on; nobody cannot', async () => {
  const shop = await shopWith()
  const [code = '', other = ''] = await codes(shop, 'thanks', 2)
  expect((await quote(shop, null, cart, [code])).refusedCodes).toEqual([{ code, outcome: 'UNKNOWN_CODE' }])
  expect((await quote(shop, 'mei', cart, [code])).total).toBe(9_000)
  expect(await owned(shop, {})).toEqual([])
  const { id } = await held(shop, { cart, as: 'mei', codes: [code] })
  expect((await quote(shop, 'li', cart, [code])).refusedCodes).toEqual([{ code, outcome: 'UNKNOWN_CODE' }])
  expect(await reserve(shop, { cart, as: 'li', codes: [code], total: 9_000 })).toMatchObject({ code, reason: 'UNKNOWN' })
  await release(shop, id)
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  expect((await quote(shop, 'li', cart, [other])).total).toBe(9_000)
})

test('staff see in a preview what a coupon gives', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  const { previewQuote } = await shop.admin(
    'query ($cart: CartInput!) { previewQuote(cart: $cart, customer: { externalId: "mei" }) { total } }',
    { cart: { lines: [{ sku: 'A', quantity: 1 }], codes: [code] } },
  )
  expect(previewQuote.total).toBe(9_000)
})

test('coupons follow a customer into another and back, also those that are held', async () => {
  const shop = await shopWith()
  const [free, used] = [await give(shop, 'thanks', 'li'), await give(shop, 'thanks', 'li')]
  const { id } = await held(shop, { cart, as: 'li', codes: [used] })
  const { customer } = await shop.admin('{ customer(ref: { externalId: "li" }) { id } }')
  await shop.admin('mutation { mergeCustomers(from: { externalId: "li" }, into: { externalId: "mei" }, reason: "same person") { id } }')
  expect((await owned(shop, { customer: 'mei' })).map(({ code, status }) => [code, status])).toEqual([
    [used, 'HELD'],
    [free, 'AVAILABLE'],
  ])
  expect((await quote(shop, 'mei', cart, [free])).total).toBe(9_000)
  await give(shop, 'thanks', 'mei')
  await shop.admin('mutation ($id: ID!) { unmergeCustomer(from: $id) { id } }', { id: customer.id })
  expect(await statuses(shop, 'li')).toEqual(['AVAILABLE', 'HELD'])
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  await commit(shop, id, 'o1')
  expect(await statuses(shop, 'li')).toEqual(['AVAILABLE', 'USED'])
})

test('who asks is told of their coupons, and who is forgotten can use none', async () => {
  const shop = await shopWith()
  const [used, free] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  const { id } = await held(shop, { cart, as: 'mei', codes: [used] })
  await commit(shop, id, 'o1')
  const { exportCustomer } = await shop.admin('{ exportCustomer(ref: { externalId: "mei" }) }')
  expect(exportCustomer.coupons).toMatchObject([
    { code: used, offerCode: 'thanks', status: 'USED' },
    { code: free, offerCode: 'thanks', status: 'AVAILABLE' },
  ])
  await shop.admin('mutation { eraseCustomer(ref: { externalId: "mei" }, reason: "asked") }')
  expect((await owned(shop, {})).map(({ code, status }) => [code, status])).toEqual([
    [free, 'REVOKED'],
    [used, 'USED'],
  ])
})
