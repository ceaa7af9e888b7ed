import { describe, expect, inject, test } from 'vitest'
import { customers, orders, products, publish, saveOffer } from '../harness/acts.ts'
import { held, miscounted, newKey, reserve } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { CLAIM, claim, codes, couponOffer, issue, offersOf, owned, revoke, statuses, wallet } from '../harness/coupons.ts'
import { anotherNode } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function shopWith(coupons: object = {}, offer: object = {}): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {}, li: {} })
  await couponOffer(shop, 'thanks', { claimable: true, ...coupons }, offer)
  return shop
}

const cart = { A: 1 }
const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
const DAY = 86_400_000

test('a shopper sees where a coupon may be claimed, claims it, and uses it', async () => {
  const shop = await shopWith({ validDays: 7 })
  expect(await offersOf(shop, 'mei')).toEqual([['thanks', 'thanks']])
  const code = await claim(shop, 'mei', 'THANKS')
  const [coupon] = await wallet(shop, 'mei')
  expect(coupon).toMatchObject({ code, status: 'AVAILABLE', offerName: 'thanks' })
  expect(Math.abs(Date.parse(coupon.validUntil) - Date.now() - 7 * DAY)).toBeLessThan(60_000)
  expect(await offersOf(shop, 'mei')).toEqual([['thanks', null]])
  const { quote } = await held(shop, { cart, as: 'mei', codes: [code] })
  expect(quote.total).toBe(9_000)
  expect(await offersOf(shop, 'mei')).toEqual([])
})

test('each may claim as many as the offer says, and staff may give more', async () => {
  const shop = await shopWith({ perCustomer: 2 })
  const [one, two] = [await claim(shop, 'mei', 'thanks'), await claim(shop, 'mei', 'thanks')]
  expect(one).not.toBe(two)
  expect(await claim(shop, 'mei', 'thanks')).toBe('LIMIT_REACHED')
  expect(await claim(shop, 'li', 'thanks')).toMatch(/^.{12}$/)
  await issue(shop, 'thanks', { customers: [{ externalId: 'mei' }] })
  expect(await owned(shop, { customer: 'mei' })).toHaveLength(3)
})

test('a coupon that was called back was claimed all the same', async () => {
  const shop = await shopWith({ stock: 1 })
  await revoke(shop, await claim(shop, 'mei', 'thanks'))
  expect(await claim(shop, 'mei', 'thanks')).toBe('LIMIT_REACHED')
  expect(await claim(shop, 'li', 'thanks')).toBe('LIMIT_REACHED')
  expect(await offersOf(shop, 'li')).toEqual([])
})

test('issued coupons are not of the stock', async () => {
  const shop = await shopWith({ stock: 1 })
  expect(await issue(shop, 'thanks', { query: '' })).toBe(2)
  expect(await claim(shop, 'mei', 'thanks')).toMatch(/^.{12}$/)
  expect(await claim(shop, 'li', 'thanks')).toBe('LIMIT_REACHED')
})

describe('why none can be claimed', () => {
  test.each([
    ['it was not meant to be', { claimable: false }, {}, 'UNKNOWN'],
    ['it is for others', {}, { audience: "customer_tags CONTAINS 'vip'" }, 'NOT_ELIGIBLE'],
    ['it has not begun', {}, { validFrom: soon(DAY) }, 'NOT_LIVE'],
    ['it is over', {}, { validUntil: '2020-01-01T00:00:00Z' }, 'NOT_LIVE'],
    ['its claiming has not begun', { claimFrom: soon(DAY) }, {}, 'NOT_LIVE'],
    ['its claiming is over', { claimUntil: '2020-01-01T00:00:00Z' }, {}, 'NOT_LIVE'],
  ])('%s', async (_, coupons, offer, reason) => {
    const shop = await shopWith(coupons, offer)
    expect(await claim(shop, 'mei', 'thanks')).toBe(reason)
    expect(await offersOf(shop, 'mei')).toEqual([])
    expect(await wallet(shop, 'mei')).toEqual([])
  })

  test('it is for first orders', async () => {
    const shop = await shopWith({}, { firstOrderOnly: true })
    await orders(shop, ['li', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
    expect(await claim(shop, 'li', 'thanks')).toBe('NOT_FIRST_ORDER')
    expect(await claim(shop, 'mei', 'thanks')).toMatch(/^.{12}$/)
  })

  test('there is no such thing, or it is not had with coupons, or it is not in force', async () => {
    const shop = await shopWith()
    const terms = { level: 'PRODUCT', trigger: 'CODE', product: { adjustment: { percentOff: 10 } } }
    await saveOffer(shop, { code: 'plain', ...terms })
    await publish(shop, 'plain')
    await saveOffer(shop, { code: 'draft', ...terms, coupons: { claimable: true } })
    for (const code of ['nothing', 'plain', 'draft', '', '\u0007', '23456789BCDF']) expect(await claim(shop, 'mei', code)).toBe('UNKNOWN')
  })
})

test('coupons may be claimed before they can be used, where their window says so', async () => {
  const shop = await shopWith({ claimFrom: soon(-DAY) }, { validFrom: soon(DAY) })
  const code = await claim(shop, 'mei', 'thanks')
  expect(code).toMatch(/^.{12}$/)
  expect(await reserve(shop, { cart, as: 'mei', codes: [code], total: 9_000 })).toMatchObject({ reason: 'NOT_LIVE' })
})

test('the same key claims once, and another input under it is refused', async () => {
  const shop = await shopWith({ perCustomer: 5 })
  const key = newKey()
  const code = await claim(shop, 'mei', 'thanks', key)
  expect(await claim(shop, 'mei', 'thanks', key)).toBe(code)
  await revoke(shop, code)
  expect((await shop.storefront(CLAIM, { code: 'thanks', key, customer: { externalId: 'mei' } })).claimCoupon.status).toBe('REVOKED')
  const ask = (variables: object) => shop.ask('/storefront/graphql', bearer(shop.keys.plugin), CLAIM, variables)
  for (const other of [
    { code: 'thanks', key, customer: { externalId: 'li' } },
    { code: 'THANKS', key, customer: { externalId: 'mei' } },
  ])
    expect((await ask(other)).errors[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', inputPath: ['idempotencyKey'] })
  expect((await ask({ code: 'thanks', key: 'short', customer: { externalId: 'li' } })).errors[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    inputPath: ['idempotencyKey'],
  })
  expect((await ask({ code: 'thanks', key: newKey(), customer: { externalId: 'nobody' } })).errors[0]?.extensions).toMatchObject({
    code: 'UNKNOWN_CUSTOMER',
    inputPath: ['customer'],
  })
  expect(await owned(shop, {})).toHaveLength(1)
})

test('a key under which nothing could be claimed is free for another try', async () => {
  const shop = await shopWith({ claimUntil: '2020-01-01T00:00:00Z' })
  const key = newKey()
  expect(await claim(shop, 'mei', 'thanks', key)).toBe('NOT_LIVE')
  await couponOffer(shop, 'thanks', { claimable: true })
  expect(await claim(shop, 'mei', 'thanks', key)).toMatch(/^.{12}$/)
})

test('a browser claims for the shopper of its token, and for nobody without one', async () => {
  const shop = await shopWith()
  const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
  const browser = bearer(shop.keys.publishable)
  const asMei = { ...browser, 'x-shopper-token': issueShopperToken.token }
  const ask = async (headers: Record<string, string>, variables: object) =>
    shop.ask('/storefront/graphql', headers, CLAIM, { key: newKey(), ...variables })
  expect((await ask(browser, { code: 'thanks' })).data?.claimCoupon).toEqual({
    __typename: 'OfferUnavailable',
    code: 'thanks',
    reason: 'NOT_ELIGIBLE',
  })
  expect((await ask(browser, { code: 'nothing' })).data?.claimCoupon).toMatchObject({ reason: 'UNKNOWN' })
  const named = await ask(asMei, { code: 'thanks', customer: { externalId: 'li' } })
  expect(named.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', inputPath: ['customer'] })
  expect((await ask(asMei, { code: 'thanks' })).data?.claimCoupon).toMatchObject({ __typename: 'Coupon', status: 'AVAILABLE' })
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE'])
})

test('a browser that guesses is stopped, a plugin is not', async () => {
  const shop = await shopWith()
  const guess = (key: string) =>
    shop
      .ask('/storefront/graphql', bearer(key), CLAIM, { code: '23456789BCDF', key: newKey() })
      .then(({ errors }) => errors[0]?.extensions.code)
  for (let i = 0; i < 30; i++) expect(await guess(shop.keys.publishable)).toBeUndefined()
  expect(await guess(shop.keys.publishable)).toBe('RATE_LIMITED')
  expect(await guess(shop.keys.plugin)).toBeUndefined()
})

test('whoever claims a single-use code has it, and it does not count as one of theirs', async () => {
  const shop = await shopWith({ stock: 1 })
  const [code = '', other = ''] = await codes(shop, 'thanks', 2)
  expect(await claim(shop, 'mei', code.toLowerCase())).toBe(code)
  expect(await claim(shop, 'mei', code)).toBe(code)
  expect(await claim(shop, 'li', code)).toBe('UNKNOWN')
  expect(await claim(shop, 'mei', other)).toBe(other)
  expect(await claim(shop, 'mei', 'thanks')).toMatch(/^.{12}$/)
  expect(await statuses(shop, 'mei')).toEqual(['AVAILABLE', 'AVAILABLE', 'AVAILABLE'])
})

describe.skipIf(inject('template') === null)('on a server (skipped on the embedded database, which takes one act after another)', () => {
  test('of 200 who claim at once from two servers as many get one as there are, and no more', async () => {
    const shop = await shopWith({ stock: 37 })
    const other = shop.at(await anotherNode())
    const people = Array.from({ length: 200 }, (_, i) => `p${i}`)
    await customers(shop, Object.fromEntries(people.map((name) => [name, {}])))
    const answers = await Promise.all(people.map((name, i) => claim(i % 2 === 0 ? shop : other, name, 'thanks')))
    expect(answers.filter((answer) => answer !== 'LIMIT_REACHED')).toHaveLength(37)
    expect(await owned(shop, { offer: 'thanks' })).toHaveLength(37)
  })

  test('one who claims twenty times at once gets what one may have', async () => {
    const shop = await shopWith({ perCustomer: 3 })
    const other = shop.at(await anotherNode())
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => claim(i % 2 === 0 ? shop : other, 'mei', 'thanks')))
    expect(answers.filter((answer) => answer !== 'LIMIT_REACHED')).toHaveLength(3)
    expect(await owned(shop, {})).toHaveLength(3)
  })

  test('one key sent ten times at once claims once', async () => {
    const shop = await shopWith({ perCustomer: 10 })
    const key = newKey()
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(shop, 'mei', 'thanks', key)))
    expect(new Set(answers).size).toBe(1)
    expect(await owned(shop, {})).toHaveLength(1)
  })

  test('of twenty carts that reserve with one coupon at once one gets it', async () => {
    const shop = await shopWith()
    const other = shop.at(await anotherNode())
    const code = await claim(shop, 'mei', 'thanks')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => reserve(i % 2 === 0 ? shop : other, { cart, as: 'mei', codes: [code], total: 9_000 })),
    )
    expect(answers.map(({ reason }) => reason ?? 'RESERVED').sort()).toEqual([...Array(19).fill('LIMIT_REACHED'), 'RESERVED'])
    expect(await miscounted(shop)).toEqual([])
  })

  test('of twenty customers who use or claim one single-use code at once one has it', async () => {
    const shop = await shopWith()
    const people = Array.from({ length: 20 }, (_, i) => `p${i}`)
    await customers(shop, Object.fromEntries(people.map((name) => [name, {}])))
    const [code = ''] = await codes(shop, 'thanks', 1)
    const answers = await Promise.all(
      people.map(async (name, i) =>
        i % 2 === 0
          ? claim(shop, name, code)
          : ((await reserve(shop, { cart, as: name, codes: [code], total: 9_000 })).reason ?? 'RESERVED'),
      ),
    )
    expect(answers.filter((answer) => answer !== 'UNKNOWN')).toHaveLength(1)
    expect(await owned(shop, {})).toHaveLength(1)
  })
})
