import { expect, test } from 'vitest'
import { customers, products } from '../harness/acts.ts'
import { commit, held, reserve } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { claim, codes, couponOffer, owned, statuses } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function shopWith(coupons: object = {}): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {}, li: {} })
  await couponOffer(shop, 'leaflet', coupons)
  return shop
}

const BATCHES = '{ couponBatches { totalCount nodes { id offerCode count takenCount validUntil } } }'

test('single-use codes are made by the thousand, each another, to be printed by others', async () => {
  const shop = await shopWith({ validDays: 30 })
  const made = await codes(shop, 'leaflet', 12_345)
  expect(new Set(made).size).toBe(12_345)
  for (const code of made) expect(code).toMatch(/^[2-9B-DF-HJ-NP-TV-Z]{12}$/)
  const { couponBatches } = await shop.admin(BATCHES)
  expect(couponBatches).toMatchObject({ totalCount: 1, nodes: [{ offerCode: 'leaflet', count: 12_345, takenCount: 0 }] })
  expect(Math.abs(Date.parse(couponBatches.nodes[0].validUntil) - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000)
  expect(await owned(shop, {})).toEqual([])
})

test('whoever takes codes stands in the audit log, and no code does', async () => {
  const shop = await shopWith()
  const made = await codes(shop, 'leaflet', 2)
  const { id } = (await shop.admin(BATCHES)).couponBatches.nodes[0]
  await shop.admin('query ($id: ID!) { couponBatch(id: $id) { csv } }', { id })
  const { auditLog } = await shop.admin('{ auditLog(target: "offer/leaflet") { nodes { action after } } }')
  expect(auditLog.nodes.filter(({ action }: { action: string }) => action === 'exportCouponCodes')).toEqual([
    { action: 'exportCouponCodes', after: { batch: id, count: 2 } },
    { action: 'exportCouponCodes', after: { batch: id, count: 2 } },
  ])
  for (const code of made) expect(JSON.stringify(auditLog)).not.toContain(code)
})

test('a batch is found again, with its codes and how many of them were taken', async () => {
  const shop = await shopWith()
  const made = await codes(shop, 'leaflet', 3)
  await codes(shop, 'leaflet', 2)
  await claim(shop, 'mei', made[1] ?? '')
  const { couponBatches } = await shop.admin(BATCHES)
  expect(couponBatches.nodes.map(({ count, takenCount }: { count: number; takenCount: number }) => [count, takenCount])).toEqual([
    [2, 0],
    [3, 1],
  ])
  const { couponBatch } = await shop.admin('query ($id: ID!) { couponBatch(id: $id) { csv } }', { id: couponBatches.nodes[1].id })
  expect(couponBatch.csv).toBe(`code\r\n${made.join('\r\n')}\r\n`)
  const { couponBatches: of } = await shop.admin(
    '{ couponBatches(offerCode: "LEAFLET", first: 1) { nodes { csv } pageInfo { hasNextPage } } }',
  )
  expect([of.nodes.length, of.pageInfo.hasNextPage]).toEqual([1, true])
})

test('what was lost is called back; what somebody has taken stays theirs', async () => {
  const shop = await shopWith()
  const [taken = '', one = '', other = ''] = await codes(shop, 'leaflet', 4)
  const { couponBatches } = await shop.admin(BATCHES)
  const batchId = couponBatches.nodes[0].id
  const callBack = async (some?: string[]) =>
    (
      await shop.admin('mutation ($id: ID!, $codes: [String!]) { revokeCouponCodes(batchId: $id, codes: $codes) }', {
        id: batchId,
        codes: some,
      })
    ).revokeCouponCodes
  await claim(shop, 'mei', taken)
  expect(await callBack([one.toLowerCase(), taken, 'nothing'])).toBe(1)
  expect(await claim(shop, 'li', one)).toBe('REVOKED')
  expect(await reserve(shop, { cart: { A: 1 }, as: 'li', codes: [one], total: 9_000 })).toMatchObject({ code: one, reason: 'REVOKED' })
  expect(await callBack()).toBe(2)
  expect(await callBack()).toBe(0)
  expect(await claim(shop, 'li', other)).toBe('REVOKED')
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), `mutation { revokeCoupon(code: "${other}") { code } }`)
  expect(errors[0]?.extensions.code).toBe('CONFLICT')
})

test.each([
  ['none', 0],
  ['too many', 100_001],
])('%s at once are refused', async (_, count) => {
  const shop = await shopWith()
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    `mutation { createCouponCodes(offerCode: "leaflet", count: ${count}) { id } }`,
  )
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath: ['count'] })
})

test("a code that was used is its order's for good", async () => {
  const shop = await shopWith()
  const [code = ''] = await codes(shop, 'leaflet', 1)
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei', codes: [code] })
  await commit(shop, id, 'o1')
  expect(await claim(shop, 'li', code)).toBe('UNKNOWN')
  expect((await owned(shop, {})).map(({ customer, status }) => [customer.externalId, status])).toEqual([['mei', 'USED']])
})
