import { expect, test } from 'vitest'
import { customers, products, publishOffer, quote } from '../harness/acts.ts'
import { commit, held } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { couponOffer, give, issue, revoke } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const DAY = 86_400_000
const soon = (days: number) => new Date(Date.now() + days * DAY).toISOString()

const who = async (shop: TestShop, query: string): Promise<string[]> =>
  (await shop.admin('query ($query: String!) { customers(query: $query) { nodes { externalId } } }', { query })).customers.nodes
    .map(({ externalId }: { externalId: string }) => externalId)
    .sort()

async function shopOfCoupons(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {}, li: {}, wang: {}, zhao: {} })
  await couponOffer(shop, 'Thanks')
  await couponOffer(shop, 'spring')
  const to = (externalId: string, days: number, offer = 'Thanks') =>
    issue(shop, offer, { customers: [{ externalId }], validUntil: soon(days) })
  await to('mei', 3)
  await to('li', 30)
  await to('wang', 3)
  await to('wang', 4, 'spring')
  return shop
}

test('whom to remind of a coupon that is about to end is a question to the customers', async () => {
  const shop = await shopOfCoupons()
  const ending = "coupons_owned MATCHES (status = 'AVAILABLE', expires <= +7d)"
  expect(await who(shop, ending)).toEqual(['mei', 'wang'])
  expect(await who(shop, "coupons_owned MATCHES (offer = 'THANKS', status = 'AVAILABLE')")).toEqual(['li', 'mei', 'wang'])
  expect(await who(shop, 'coupons_owned MATCHES (count >= 2)')).toEqual(['wang'])
  expect(await who(shop, 'coupons_owned NOT MATCHES ()')).toEqual(['zhao'])
  const used = await give(shop, 'Thanks', 'zhao')
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'zhao', codes: [used] })).id, 'o1')
  expect(await who(shop, "coupons_owned MATCHES (offer = 'thanks', status = 'USED', issued = today)")).toEqual(['zhao'])
  await revoke(shop, await give(shop, 'Thanks', 'zhao'))
  expect(await who(shop, "coupons_owned MATCHES (status IN ('REVOKED', 'HELD'))")).toEqual(['zhao'])
})

test('those who have none yet can be given one, and are then no longer among them', async () => {
  const shop = await shopOfCoupons()
  const without = "coupons_owned NOT MATCHES (offer = 'spring')"
  expect(await issue(shop, 'spring', { query: without, each: 3 })).toBe(9)
  expect(await who(shop, without)).toEqual([])
})

test('an offer can be for whoever owns a coupon, at once', async () => {
  const shop = await shopOfCoupons()
  await publishOffer(shop, {
    code: 'owners',
    level: 'PRODUCT',
    product: { adjustment: { percentOff: 20 } },
    audience: "coupons_owned MATCHES (status = 'AVAILABLE')",
  })
  expect((await quote(shop, 'mei', { A: 1 })).total).toBe(8_000)
  expect((await quote(shop, 'zhao', { A: 1 })).total).toBe(10_000)
  const code = await give(shop, 'Thanks', 'zhao')
  expect((await quote(shop, 'zhao', { A: 1 })).total).toBe(8_000)
  await revoke(shop, code)
  expect((await quote(shop, 'zhao', { A: 1 })).total).toBe(10_000)
})

test('a status that there is not is told with those that there are', async () => {
  const shop = await openTestShop()
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    '{ customers(query: "coupons_owned MATCHES (status = \'AVAILABEL\')") { totalCount } }',
  )
  expect(errors[0]?.extensions).toMatchObject({
    code: 'BAD_QUERY',
    faults: [{ expected: ['AVAILABLE', 'HELD', 'USED', 'EXPIRED', 'REVOKED'], suggestion: 'AVAILABLE' }],
  })
})
