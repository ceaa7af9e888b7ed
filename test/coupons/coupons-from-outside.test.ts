import { expect, test } from 'vitest'
import { customers, orders, products, publishOffer, quote } from '../harness/acts.ts'
import { commit, held, newKey, order, release, reserve, returnLines, usage } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { CLAIM, claim, couponOffer, give, offersOf, owned, revoke, statuses, wallet } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const cart = { A: 1 }

async function shopWith(coupons: object = {}, offer: object = {}): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 5_000 })
  await customers(shop, { mei: {}, li: {} })
  await couponOffer(shop, 'thanks', coupons, offer)
  return shop
}
const refusedAt = async (shop: TestShop, as: string | null, ...codes: string[]) =>
  (await quote(shop, as, cart, codes)).refusedCodes.map(({ code, outcome }) => [code, outcome])
const why = async (shop: TestShop, as: string | null, codes: string[], more: object = {}) => {
  const answer = await reserve(shop, { cart, as, codes, ...more })
  return answer.__typename === 'OfferUnavailable' ? [answer.code, answer.reason] : answer.__typename
}
const tokenOf = async (shop: TestShop, externalId: string): Promise<string> =>
  (await shop.storefront('mutation ($c: CustomerRef!) { issueShopperToken(customer: $c) { token } }', { c: { externalId } }))
    .issueShopperToken.token

test('a coupon is compared without regard to case, and given back as typed', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  expect((await quote(shop, 'mei', cart, [code.toLowerCase()])).total).toBe(9_000)
  expect(await refusedAt(shop, 'li', code.toLowerCase())).toEqual([[code.toLowerCase(), 'UNKNOWN_CODE']])
  expect(await why(shop, 'li', [code.toLowerCase()])).toEqual([code.toLowerCase(), 'UNKNOWN'])
  expect(await why(shop, 'mei', [code.toLowerCase()])).toEqual('Reservation')
  expect(await statuses(shop, 'mei')).toEqual(['HELD'])
})

test("the offer's own code opens nothing, with a coupon beside it or without", async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  expect(await refusedAt(shop, 'mei', 'thanks')).toEqual([['thanks', 'UNKNOWN_CODE']])
  expect((await quote(shop, 'mei', cart, ['thanks'])).total).toBe(10_000)
  expect(await refusedAt(shop, 'mei', 'thanks', code)).toEqual([['thanks', 'UNKNOWN_CODE']])
  expect((await quote(shop, 'mei', cart, ['thanks', code])).total).toBe(9_000)
  expect(await why(shop, 'mei', ['thanks'])).toEqual(['thanks', 'UNKNOWN'])
})

test('of two coupons of an offer one is used and the other beaten, neither unavailable', async () => {
  const shop = await shopWith()
  const [one, two] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  expect(await refusedAt(shop, 'mei', one, two)).toEqual([[two, 'BEATEN']])
  expect(await why(shop, 'mei', [one, two])).toBe('Reservation')
})

test('of two coupons of which the first is over the second is used in a quote', async () => {
  const shop = await shopWith()
  const [one, two] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  await revoke(shop, one)
  expect(await refusedAt(shop, 'mei', one, two)).toEqual([[one, 'NOT_LIVE']])
  expect((await quote(shop, 'mei', cart, [one, two])).total).toBe(9_000)
  expect(await why(shop, 'mei', [two, one])).toEqual([one, 'REVOKED'])
})

test('the same coupon twice, in two cases, is one', async () => {
  const shop = await shopWith()
  const code = await give(shop, 'thanks', 'mei')
  expect(await refusedAt(shop, 'mei', code, code.toLowerCase())).toEqual([])
  expect(await why(shop, 'mei', [code, code.toLowerCase()])).toBe('Reservation')
})

test('a coupon of an offer that has not begun, and of one that is retired', async () => {
  const shop = await shopWith({}, { validFrom: '2126-01-01T00:00:00Z' })
  const code = await give(shop, 'thanks', 'mei')
  expect(await refusedAt(shop, 'mei', code)).toEqual([[code, 'NOT_LIVE']])
  expect(await why(shop, 'mei', [code])).toEqual([code, 'NOT_LIVE'])
  await couponOffer(shop, 'other')
  const other = await give(shop, 'other', 'mei')
  await shop.admin('mutation { retire(codes: ["other"]) { bookVersion } }')
  expect(await refusedAt(shop, 'mei', other)).toEqual([[other, 'NOT_LIVE']])
  expect(await why(shop, 'mei', [other])).toEqual([other, 'NOT_LIVE'])
})

test("a coupon does not pass by its offer's audience, first order, or limits", async () => {
  const shop = await shopWith({}, { audience: "customer_tags CONTAINS 'vip'" })
  const code = await give(shop, 'thanks', 'mei')
  expect(await refusedAt(shop, 'mei', code)).toEqual([[code, 'NOT_IN_AUDIENCE']])
  expect(await why(shop, 'mei', [code])).toEqual([code, 'NOT_ELIGIBLE'])
  await couponOffer(shop, 'first', {}, { firstOrderOnly: true })
  const first = await give(shop, 'first', 'mei')
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  expect(await refusedAt(shop, 'mei', first)).toEqual([[first, 'NOT_FIRST_ORDER']])
  expect(await why(shop, 'mei', [first])).toEqual([first, 'NOT_FIRST_ORDER'])
})

test('perCustomerLimit of a coupon offer holds over coupons', async () => {
  const shop = await shopWith({}, { perCustomerLimit: 1 })
  const [one, two] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  await held(shop, { cart, as: 'mei', codes: [one] })
  expect(await refusedAt(shop, 'mei', two)).toEqual([[two, 'LIMIT_REACHED']])
  expect(await why(shop, 'mei', [two])).toEqual([two, 'LIMIT_REACHED'])
})

test('a coupon of a threshold offer whose step is not reached stays, and a next step is said', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {} })
  await publishOffer(shop, {
    code: 'big',
    level: 'ORDER',
    trigger: 'CODE',
    coupons: {},
    order: { steps: [{ minSubtotal: 20_000, amountOff: 500 }] },
  })
  const code = await give(shop, 'big', 'mei')
  const q = await quote(shop, 'mei', cart, [code])
  expect(q.refusedCodes).toEqual([{ code, outcome: 'SUBTOTAL_TOO_LOW' }])
  expect(q.nextSteps).toEqual([{ offerName: 'big', missing: 10_000, missingQuantity: 0, amount: 500 }])
  expect((await quote(shop, 'mei', cart)).nextSteps).toEqual([])
  const h = await held(shop, { cart, as: 'mei', codes: [code] })
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  expect(h.quote.refusedCodes).toEqual([{ code, outcome: 'SUBTOTAL_TOO_LOW' }])
  const two = await held(shop, { cart: { A: 2 }, as: 'mei', codes: [code] })
  expect(two.quote).toMatchObject({ total: 19_500, orderRules: [{ code: 'big', amount: 500 }], refusedCodes: [] })
  expect(await statuses(shop, 'mei')).toEqual(['HELD'])
})

test('a coupon that lost against a better price is not spent', async () => {
  const shop = await shopWith()
  await publishOffer(shop, { code: 'auto', level: 'PRODUCT', product: { adjustment: { percentOff: 30 } } })
  const code = await give(shop, 'thanks', 'mei')
  expect(await refusedAt(shop, 'mei', code)).toEqual([[code, 'BEATEN']])
  const { id } = await held(shop, { cart, as: 'mei', codes: [code] })
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  await commit(shop, id, 'o1')
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  expect(await usage(shop, 'thanks')).toEqual([0, 0])
})

test('the trace names the offer of a coupon', async () => {
  const shop = await shopWith({}, { scope: { skus: ['B'] } })
  const code = await give(shop, 'thanks', 'mei')
  const q = await quote(shop, 'mei', { A: 1, B: 1 }, [code], true)
  expect(q.lines.map((line) => line.trace)).toEqual([
    [{ code: 'thanks', outcome: 'NOT_IN_SCOPE', price: null }],
    [{ code: 'thanks', outcome: 'APPLIED', price: 4_500 }],
  ])
})

test('a claim: a code, repeated by its key, refused for another input, other keys count', async () => {
  const shop = await shopWith({ claimable: true, stock: 2, perCustomer: 1 })
  const [[, claimCode]] = (await offersOf(shop, 'mei')) as [[string, string]]
  const key = newKey()
  const code = await claim(shop, 'mei', claimCode, key)
  expect(await claim(shop, 'mei', claimCode, key)).toBe(code)
  expect(await claim(shop, 'mei', claimCode)).toBe('LIMIT_REACHED')
  const answer = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), CLAIM, {
    code: claimCode,
    key,
    customer: { externalId: 'li' },
  })
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  const other = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), CLAIM, {
    code: 'nope',
    key,
    customer: { externalId: 'mei' },
  })
  expect(other.errors[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  // a key of another operation is another
  await held(shop, { cart, as: 'mei', codes: [code], key })
  const again = await shop.storefront(CLAIM, { code: claimCode, key, customer: { externalId: 'mei' } })
  expect(again.claimCoupon).toMatchObject({ code, status: 'HELD', offerName: 'thanks' })
  expect(await claim(shop, 'li', claimCode)).toMatch(/^[A-Z0-9]{4,}/)
  await customers(shop, { wang: {} })
  expect(await claim(shop, 'wang', claimCode)).toBe('LIMIT_REACHED')
})

test('what was not claimed leaves its key free', async () => {
  const shop = await shopWith({ claimable: true, stock: 1 })
  const [[, claimCode]] = (await offersOf(shop, 'mei')) as [[string, string]]
  const key = newKey()
  expect(await claim(shop, 'mei', 'nothing-such', key)).toBe('UNKNOWN')
  expect(await claim(shop, 'mei', claimCode, key)).not.toMatch(/UNKNOWN|LIMIT/)
})

test('stock and perCustomer hold over all versions of the offer, and after a retire', async () => {
  const shop = await shopWith({ claimable: true, stock: 3, perCustomer: 2 })
  const [[, claimCode]] = (await offersOf(shop, 'mei')) as [[string, string]]
  await claim(shop, 'mei', claimCode)
  await couponOffer(shop, 'thanks', { claimable: true, stock: 3, perCustomer: 2 }, { priority: 4 })
  const [[, claimCode2]] = (await offersOf(shop, 'mei')) as [[string, string]]
  expect(claimCode2).toBe(claimCode)
  await claim(shop, 'mei', claimCode)
  expect(await claim(shop, 'mei', claimCode)).toBe('LIMIT_REACHED')
  await shop.admin('mutation { retire(codes: ["thanks"]) { bookVersion } }')
  expect(await claim(shop, 'li', claimCode)).toBe('UNKNOWN')
  await couponOffer(shop, 'thanks', { claimable: true, stock: 2, perCustomer: 5 })
  expect(await claim(shop, 'li', claimCode)).toBe('LIMIT_REACHED')
  await couponOffer(shop, 'thanks', { claimable: true, stock: 3, perCustomer: 5 })
  expect(await claim(shop, 'mei', claimCode)).not.toBe('LIMIT_REACHED')
  expect(await claim(shop, 'li', claimCode)).toBe('LIMIT_REACHED')
})

test('who may claim what', async () => {
  const shop = await shopWith({ claimable: true }, { audience: "customer_tags CONTAINS 'vip'" })
  await customers(shop, { vip: { tags: ['vip'] } })
  const [[, claimCode]] = (await offersOf(shop, 'vip')) as [[string, string]]
  expect(await claim(shop, 'mei', claimCode)).toBe('NOT_ELIGIBLE')
  expect(await offersOf(shop, 'mei')).toEqual([])
  await couponOffer(shop, 'closed', { claimable: false })
  expect(await claim(shop, 'mei', 'closed')).toBe('UNKNOWN')
  await couponOffer(shop, 'later', { claimable: true }, { validFrom: '2126-01-01T00:00:00Z' })
  expect(await claim(shop, 'mei', 'later')).toBe('NOT_LIVE')
  await couponOffer(shop, 'before', { claimable: true }, { validUntil: '2020-01-01T00:00:00Z' })
  expect(await claim(shop, 'mei', 'before')).toMatch(/NOT_LIVE|EXPIRED/)
  await couponOffer(shop, 'first', { claimable: true }, { firstOrderOnly: true })
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  expect(await claim(shop, 'mei', 'first')).toBe('NOT_FIRST_ORDER')
  await publishOffer(shop, { code: 'PLAIN', level: 'PRODUCT', trigger: 'CODE', product: { adjustment: { percentOff: 1 } } })
  expect(await claim(shop, 'mei', 'PLAIN')).toBe('UNKNOWN')
})

test('a browser claims with a shopper token alone', async () => {
  const shop = await shopWith({ claimable: true })
  const [[, code]] = (await offersOf(shop, 'mei')) as [[string, string]]
  const ask = async (headers: object, variables: object) => {
    const { errors, data } = await shop.ask('/storefront/graphql', headers as Record<string, string>, CLAIM, {
      code,
      key: newKey(),
      ...variables,
    })
    // biome-ignore lint/suspicious/noExplicitAny: looked at below
    return errors[0]?.extensions.code ?? (data as any).claimCoupon.__typename
  }
  const pub = bearer(shop.keys.publishable)
  const token = await tokenOf(shop, 'mei')
  expect(await ask(pub, { customer: { externalId: 'mei' } })).toBe('FORBIDDEN')
  expect(await ask({ ...pub, 'x-shopper-token': token }, { customer: { externalId: 'mei' } })).toBe('FORBIDDEN')
  expect(await ask(pub, {})).toBe('OfferUnavailable')
  expect(await ask(bearer(shop.keys.plugin), {})).toBe('OfferUnavailable')
  expect(await ask(bearer(shop.keys.plugin), { customer: { externalId: 'nobody' } })).toBe('UNKNOWN_CUSTOMER')
  expect(await ask({ ...pub, 'x-shopper-token': token }, {})).toBe('Coupon')
  expect((await owned(shop, { customer: 'mei' })).length).toBe(1)
})

test('coupons end as their terms say: so many days after they are issued', async () => {
  const shop = await shopWith({ claimable: true, validDays: 7 })
  await give(shop, 'thanks', 'mei')
  const [coupon] = await owned(shop, { customer: 'mei' })
  expect(Date.parse(coupon.validUntil) - Date.parse(coupon.issuedAt)).toBe(7 * 86_400_000)
  expect(await wallet(shop, 'mei')).toMatchObject([
    { code: coupon.code, offerName: 'thanks', status: 'AVAILABLE', validUntil: coupon.validUntil },
  ])
})

test('a coupon comes back by release, by an order called off, and by a whole return when the offer says so', async () => {
  const shop = await shopWith({}, { returnsRestoreUse: true })
  const code = await give(shop, 'thanks', 'mei')
  const wanted = { cart: { A: 2, B: 1 }, as: 'mei', codes: [code] }
  const one = await held(shop, wanted)
  await release(shop, one.id)
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  await commit(shop, (await held(shop, wanted)).id, 'o1')
  await returnLines(shop, 'o1', 'r1', { A: 2 })
  expect(await statuses(shop, 'mei')).toEqual(['USED'])
  await shop.storefront('mutation ($o: [OrderInput!]!) { recordOrders(orders: $o) { status total } }', {
    o: [
      {
        externalId: 'o1',
        customer: { externalId: 'mei' },
        placedAt: (await order(shop, 'o1')).placedAt,
        status: 'CANCELLED',
        lines: [
          { id: 'line-A', sku: 'A', quantity: 2, unitPrice: 9_000 },
          { id: 'line-B', sku: 'B', quantity: 1, unitPrice: 4_500 },
        ],
      },
    ],
  })
  expect(await order(shop, 'o1')).toMatchObject({ status: 'CANCELLED', total: 0 })
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  expect(await usage(shop, 'thanks')).toEqual([0, 0])
  const again = await held(shop, wanted)
  await commit(shop, again.id, 'o2', { status: 'CANCELLED' })
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
})
