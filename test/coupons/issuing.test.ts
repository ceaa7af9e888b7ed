import { expect, test } from 'vitest'
import { customers, products, publish, quote, saveLadder, saveOffer, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { couponOffer, give, issue, owned, revoke, tryIssue, wallet } from '../harness/coupons.ts'
import * as rules from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function shopWith(...people: readonly string[]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await tiers(shop, 'gold')
  await customers(shop, Object.fromEntries(people.map((name) => [name, null])))
  return shop
}

const HOUR = 3_600_000
const soon = (ms: number) => new Date(Date.now() + ms).toISOString()

test('staff give named customers coupons, and each opens the offer for its owner and nobody else', async () => {
  const shop = await shopWith('mei', 'li')
  await couponOffer(shop, 'thanks')
  const code = await give(shop, 'thanks', 'mei')
  expect(code).toMatch(/^[2-9B-DF-HJ-NP-TV-Z]{12}$/)
  expect((await quote(shop, 'mei', { A: 1 }, [code.toLowerCase()])).total).toBe(9_000)
  expect((await quote(shop, 'mei', { A: 1 })).total).toBe(10_000)
  for (const stranger of ['li', null]) {
    const { total, refusedCodes } = await quote(shop, stranger, { A: 1 }, [code])
    expect({ total, refusedCodes }).toEqual({ total: 10_000, refusedCodes: [{ code, outcome: 'UNKNOWN_CODE' }] })
  }
  expect((await quote(shop, 'mei', { A: 1 }, ['thanks'])).refusedCodes).toEqual([{ code: 'thanks', outcome: 'UNKNOWN_CODE' }])
  expect(await owned(shop, {})).toEqual([
    { code, offerCode: 'thanks', status: 'AVAILABLE', issuedAt: expect.any(String), validUntil: null, customer: { externalId: 'mei' } },
  ])
})

test('a query gives each customer whom it holds as many as are said, and none to those who are part of another', async () => {
  const shop = await shopWith('mei', 'li', 'wang', 'zhao')
  await couponOffer(shop, 'thanks')
  await shop.admin(
    'mutation { tagCustomers(customers: [{ externalId: "mei" }, { externalId: "li" }, { externalId: "zhao" }], add: ["vip"]) }',
  )
  await shop.admin('mutation { mergeCustomers(from: { externalId: "zhao" }, into: { externalId: "wang" }, reason: "same person") { id } }')
  expect(await issue(shop, 'thanks', { query: "customer_tags CONTAINS 'vip'", each: 2 })).toBe(6)
  const owners = (await owned(shop, { offer: 'thanks' })).map(({ customer }) => customer.externalId)
  expect(owners.sort()).toEqual(['li', 'li', 'mei', 'mei', 'wang', 'wang'])
  expect(new Set((await owned(shop, {})).map(({ code }) => code)).size).toBe(6)
  expect(await issue(shop, 'thanks', { query: ' ' })).toBe(3)
  expect((await owned(shop, { customer: 'mei' })).length).toBe(3)
})

test('whoever is named twice is one, and one who is unknown stops all', async () => {
  const shop = await shopWith('mei')
  await couponOffer(shop, 'thanks')
  expect(await issue(shop, 'thanks', { customers: [{ externalId: 'mei' }, { externalId: 'mei' }] })).toBe(1)
  const { errors } = await tryIssue(shop, { offer: 'thanks', customers: [{ externalId: 'mei' }, { externalId: 'nobody' }] })
  expect(errors[0]?.extensions).toMatchObject({ code: 'UNKNOWN_CUSTOMER', inputPath: ['customers', 1] })
  expect(await owned(shop, {})).toHaveLength(1)
})

test.each([
  ['neither a query nor customers', { offer: 'thanks' }, 'BAD_USER_INPUT', ['query']],
  ['both', { offer: 'thanks', query: '', customers: [{ externalId: 'mei' }] }, 'BAD_USER_INPUT', ['customers']],
  ['none of them', { offer: 'thanks', query: '', each: 0 }, 'BAD_USER_INPUT', ['each']],
  ['too many each', { offer: 'thanks', query: '', each: 101 }, 'BAD_USER_INPUT', ['each']],
  ['a wrong query', { offer: 'thanks', query: 'nonsense = 1' }, 'BAD_QUERY', ['query']],
  ['an end in the past', { offer: 'thanks', query: '', validUntil: '2020-01-01T00:00:00Z' }, 'BAD_USER_INPUT', ['validUntil']],
  ['no such offer', { offer: 'nothing', query: '' }, 'NOT_FOUND', ['offerCode']],
  ['a ladder', { offer: 'members', query: '' }, 'NOT_FOUND', ['offerCode']],
  ['an offer without coupons', { offer: 'plain', query: '' }, 'CONFLICT', ['offerCode']],
  ['an offer that is not in force', { offer: 'draft', query: '' }, 'CONFLICT', ['offerCode']],
  ['an offer that is over', { offer: 'over', query: '' }, 'CONFLICT', ['offerCode']],
])('nobody is given coupons by %s', async (_, variables, code, inputPath) => {
  const shop = await shopWith('mei')
  const terms = { level: 'PRODUCT', product: { adjustment: { percentOff: 10 } } }
  await couponOffer(shop, 'thanks')
  await couponOffer(shop, 'over', {}, { validUntil: '2020-01-01T00:00:00Z' })
  await saveLadder(shop, { code: 'members', rungs: [{ adjustment: { percentOff: 1 } }] })
  await saveOffer(shop, { code: 'plain', ...terms, trigger: 'CODE' })
  await publish(shop, 'plain', 'members')
  await saveOffer(shop, { code: 'draft', ...terms, trigger: 'CODE', coupons: {} })
  const { errors } = await tryIssue(shop, variables)
  expect(errors.map(({ extensions }) => [extensions.code, extensions.inputPath])).toEqual([[code, inputPath]])
  expect(await owned(shop, {})).toEqual([])
})

test('a coupon is good so many times 24 hours from its issue on, or until a date, and never longer than its offer', async () => {
  const shop = await shopWith('mei')
  await couponOffer(shop, 'days', { validDays: 7 })
  const end = soon(3 * 24 * HOUR)
  await couponOffer(shop, 'ending', { validDays: 7 }, { validUntil: end })
  await issue(shop, 'days', { query: '' })
  await issue(shop, 'days', { query: '', validUntil: soon(HOUR) })
  await issue(shop, 'ending', { query: '' })
  const [ending, dated, days] = await owned(shop, {})
  expect(Date.parse(days.validUntil) - Date.parse(days.issuedAt)).toBe(7 * 24 * HOUR)
  expect(Date.parse(dated.validUntil)).toBeLessThanOrEqual(Date.now() + HOUR)
  expect(ending.validUntil).toBe(end)
})

test('a wallet shows first what can be used', async () => {
  const shop = await shopWith('mei')
  await couponOffer(shop, 'thanks', {}, { name: 'With thanks' })
  const first = await give(shop, 'thanks', 'mei')
  const second = await give(shop, 'thanks', 'mei')
  await revoke(shop, second)
  expect(await wallet(shop, 'mei')).toEqual([
    { code: first, offerName: 'With thanks', status: 'AVAILABLE', validUntil: null },
    { code: second, offerName: 'With thanks', status: 'REVOKED', validUntil: null },
  ])
})

test('a coupon that was called back opens nothing', async () => {
  const shop = await shopWith('mei')
  await couponOffer(shop, 'thanks')
  const code = await give(shop, 'thanks', 'mei')
  expect((await quote(shop, 'mei', { A: 1 }, [code])).total).toBe(9_000)
  expect(await revoke(shop, code.toLowerCase())).toMatchObject({ code, status: 'REVOKED' })
  expect((await quote(shop, 'mei', { A: 1 }, [code])).refusedCodes).toEqual([{ code, outcome: 'NOT_LIVE' }])
  const again = await shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation { revokeCoupon(code: "23456789BCDF") { code } }')
  expect(again.errors[0]?.extensions.code).toBe('NOT_FOUND')
})

test('a rule cannot have the code of a coupon', async () => {
  const shop = await shopWith('mei')
  await couponOffer(shop, 'thanks')
  const code = await give(shop, 'thanks', 'mei')
  const save = (input: object) => shop.ask('/admin/graphql', bearer(shop.keys.owner), rules.SAVE_LADDER, { input })
  const ladder = { name: 'Members', rungs: [{ adjustment: { percentOff: 1 } }] }
  const { errors } = await save({ code: code.toLowerCase(), ...ladder })
  expect(errors[0]?.extensions).toMatchObject({ code: 'CODE_TAKEN', inputPath: ['input', 'code'] })
})

test('coupon terms are loaded as they were saved', async () => {
  const shop = await shopWith()
  const coupons = {
    claimable: true,
    stock: 37,
    perCustomer: 2,
    validDays: 30,
    claimFrom: '2026-01-01T00:00:00.000Z',
    claimUntil: '2199-01-01T00:00:00.000Z',
  }
  await couponOffer(shop, 'thanks', coupons)
  await couponOffer(shop, 'plainly')
  const terms = async (code: string) =>
    (
      await shop.admin(
        'query ($code: String!) { offer(code: $code) { published { coupons { claimable stock perCustomer validDays claimFrom claimUntil } } } }',
        { code },
      )
    ).offer.published.coupons
  expect(await terms('thanks')).toEqual(coupons)
  expect(await terms('plainly')).toEqual({
    claimable: false,
    stock: null,
    perCustomer: 1,
    validDays: null,
    claimFrom: null,
    claimUntil: null,
  })
})

test.each([
  ['of an automatic offer', { trigger: 'AUTOMATIC', coupons: {} }, ['input', 'coupons']],
  ['of an offer that says nothing of its trigger', { trigger: undefined, coupons: {} }, ['input', 'coupons']],
  ['without any', { coupons: { stock: 0 } }, ['input', 'coupons', 'stock']],
  ['for nobody', { coupons: { perCustomer: 0 } }, ['input', 'coupons', 'perCustomer']],
  ['good for no day', { coupons: { validDays: 0 } }, ['input', 'coupons', 'validDays']],
  [
    'claimed until before they are claimed',
    { coupons: { claimFrom: '2026-02-01T00:00:00Z', claimUntil: '2026-01-01T00:00:00Z' } },
    ['input', 'coupons', 'claimUntil'],
  ],
])('coupons %s are refused', async (_, more, inputPath) => {
  const shop = await shopWith()
  const input = { code: 'x', name: 'x', level: 'PRODUCT', trigger: 'CODE', product: { adjustment: { percentOff: 1 } }, ...more }
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), rules.SAVE_OFFER, { input })
  expect(errors.map(({ extensions }) => [extensions.code, extensions.inputPath])).toEqual([['BAD_USER_INPUT', inputPath]])
})
