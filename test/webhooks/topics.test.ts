import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { noticeTime } from '../../src/webhooks/time.service.ts'
import { TOPICS } from '../../src/webhooks/topic.model.ts'
import { customers, orders, pin, products, publish, publishLadder, publishOffer, saveLadder, tiers } from '../harness/acts.ts'
import { commit, held, letExpire, returnLines } from '../harness/checkout.ts'
import { claim, codes, couponOffer, give } from '../harness/coupons.ts'
import { openTestDatabase } from '../harness/database.ts'
import { createLink } from '../harness/links.ts'
import { quietConfig } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { openShopBeside } from '../messages/receiver.ts'
import { type Came, deliver, openReceiver, subscribe } from './listening.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is expected is said as it is sent
type Data = any
/** What is done by the APIs, once the receiver subscribed; the answer is the data that it comes to. */
type Act = (shop: TestShop, before: () => Promise<void>) => Promise<Data | Data[]>

const MEI = { id: expect.any(String), externalId: 'mei' }
const ALARM = {
  id: expect.any(String),
  kind: 'TIER',
  group: 'gold',
  targetShare: 50.25,
  direction: 'AT_LEAST',
  customers: 0,
  ofCustomers: 1,
}

const bought = (status = 'PAID') =>
  ({
    externalId: 'o1',
    customer: { externalId: 'mei' },
    placedAt: '2026-02-05T03:00:00Z',
    status,
    channel: 'till',
    lines: [{ id: 'line-A', sku: 'A', quantity: 2, unitPrice: 9_000 }],
  }) as const
const record = (shop: TestShop, order: object) =>
  shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', { orders: [order] })
const ORDER = { externalId: 'o1', status: 'PAID', total: 18_000, placedAt: '2026-02-05T03:00:00.000Z', channel: 'till' }

const saveSegment = (shop: TestShop) =>
  shop.admin('mutation { saveSegment(input: { code: "buyers", name: "Buyers", query: "number_of_orders > 0" }) { id } }')
const refresh = (shop: TestShop) => shop.admin('mutation { refreshSegment(code: "buyers") { id } }')
const merge = (shop: TestShop) =>
  shop.admin('mutation { mergeCustomers(from: { externalId: "mei" }, into: { externalId: "li" }, reason: "same person") { id } }')
const retire = (shop: TestShop, code: string) =>
  shop.admin('mutation ($code: String!) { retire(codes: [$code]) { bookVersion } }', { code })
const setTarget = (shop: TestShop) =>
  shop.admin('mutation { setGroupTarget(kind: TIER, group: "gold", targetShare: 50.25, direction: AT_LEAST) { group } }')
const evaluate = (shop: TestShop) => shop.admin('mutation { evaluateTiers { promoted } }')
const saveCompany = (shop: TestShop) => shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')

const ACTS: Readonly<Record<string, Act>> = {
  'customer.tier_changed': async (shop, before) => {
    await shop.admin('mutation { saveTier(input: { code: "gold", name: "Gold", rank: 2, qualification: "amount_spent >= 100" }) { id } }')
    await before()
    await record(shop, bought())
    await pin(shop, 'mei', 'silver', new Date(Date.now() + 3_600_000).toISOString())
    await pin(shop, 'mei', 'silver')
    await shop.admin('mutation { unpinTier(customer: { externalId: "mei" }) { id } }')
    await pin(shop, 'mei', 'silver', new Date(Date.now() + 400).toISOString())
    await sleep(500)
    await noticeTime(shop.world())
    await noticeTime(shop.world())
    return [
      { tier: { code: 'gold' }, before: null, how: 'EVALUATED', customer: MEI },
      { tier: { code: 'silver' }, before: { code: 'gold' }, how: 'PINNED', customer: MEI },
      { tier: { code: 'gold' }, before: { code: 'silver' }, how: 'UNPINNED', customer: MEI },
      { tier: { code: 'silver' }, before: { code: 'gold' }, how: 'PINNED', customer: MEI },
      { tier: { code: 'gold' }, before: { code: 'silver' }, how: 'PIN_ENDED', customer: MEI },
    ]
  },
  'company.tier_changed': async (shop, before) => {
    await saveCompany(shop)
    await before()
    await shop.admin('mutation { pinCompanyTier(externalId: "acme", tierCode: "gold", reason: "big") { id } }')
    return {
      tier: { code: 'gold' },
      before: null,
      how: 'PINNED',
      company: { id: expect.any(String), externalId: 'acme' },
      customer: null,
    }
  },
  'customer.merged': async (shop, before) => {
    await before()
    await merge(shop)
    return { into: { id: expect.any(String), externalId: 'li' }, customer: MEI }
  },
  'customer.unmerged': async (shop, before) => {
    const { mergeCustomers } = await merge(shop)
    await before()
    await shop.admin('mutation ($from: ID!) { unmergeCustomer(from: $from) { id } }', { from: await idOfMerged(shop, mergeCustomers.id) })
    return { into: { id: mergeCustomers.id, externalId: 'li' }, customer: MEI }
  },
  'customer.erased': async (shop, before) => {
    const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { id } }')
    await before()
    await shop.admin('mutation { eraseCustomer(ref: { externalId: "mei" }, reason: "asked for it") }')
    return { customer: { id: customer.id, externalId: null } }
  },
  'segment.entered': async (shop, before) => {
    await saveSegment(shop)
    await refresh(shop)
    await before()
    await record(shop, bought())
    await refresh(shop)
    return { segment: { code: 'buyers' }, customer: MEI }
  },
  'segment.left': async (shop, before) => {
    await saveSegment(shop)
    await record(shop, bought())
    await refresh(shop)
    await before()
    await record(shop, bought('CANCELLED'))
    await refresh(shop)
    return { segment: { code: 'buyers' }, customer: MEI }
  },
  'ladder.published': async (shop, before) => {
    await before()
    await publishLadder(shop, 'members', { gold: 10 })
    await saveLadder(shop, { code: 'members', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 12 } }] })
    await publish(shop, 'members')
    return [
      { ladder: { code: 'members', version: 1 }, bookVersion: expect.any(Number), customer: null },
      { ladder: { code: 'members', version: 2 }, bookVersion: expect.any(Number), customer: null },
    ]
  },
  'ladder.retired': async (shop, before) => {
    await publishLadder(shop, 'members', { gold: 10 })
    await before()
    await retire(shop, 'members')
    return { ladder: { code: 'members', version: 1 }, bookVersion: expect.any(Number), customer: null }
  },
  'offer.published': async (shop, before) => {
    await before()
    await publishOffer(shop, { code: 'spring', level: 'PRODUCT', product: { adjustment: { percentOff: 10 } } })
    return { offer: { code: 'spring', version: 1 }, bookVersion: expect.any(Number), customer: null }
  },
  'offer.retired': async (shop, before) => {
    await publishOffer(shop, { code: 'spring', level: 'PRODUCT', product: { adjustment: { percentOff: 10 } } })
    await before()
    await retire(shop, 'spring')
    return { offer: { code: 'spring', version: 1 }, bookVersion: expect.any(Number), customer: null }
  },
  'coupon.issued': async (shop, before) => {
    await couponOffer(shop, 'spring', { claimable: true, perCustomer: 5 })
    const [single = ''] = await codes(shop, 'spring', 1)
    await before()
    const given = await give(shop, 'spring', 'mei')
    const claimed = await claim(shop, 'mei', 'spring')
    // A code that nobody had is theirs who use it.
    await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei', codes: [single] })).id, 'o1')
    return [given, claimed, single].map((code) => ({
      coupon: { id: expect.any(String), code, offerCode: 'spring', validUntil: null },
      customer: MEI,
    }))
  },
  'reservation.expired': async (shop, before) => {
    const { id, expiresAt } = await held(shop, { cart: { A: 1 }, as: 'mei' })
    await before()
    await letExpire(shop, id)
    await noticeTime(shop.world())
    await noticeTime(shop.world())
    expect(expiresAt).toEqual(expect.any(String))
    return { reservation: { id, reservedAt: expect.any(String), expiresAt: expect.any(String) }, customer: MEI }
  },
  'link.used': async (shop, before) => {
    const { token, link } = await createLink(shop)
    await before()
    await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei', token })).id, 'o1')
    return { link: { id: link.id }, order: { externalId: 'o1' }, customer: MEI }
  },
  'order.recorded': async (shop, before) => {
    await before()
    await record(shop, bought())
    await record(shop, bought('COMPLETED'))
    await record(shop, { ...bought(), externalId: 'o2', customer: undefined, channel: undefined })
    return [
      { order: ORDER, customer: MEI },
      { order: { ...ORDER, externalId: 'o2', channel: null }, customer: null },
    ]
  },
  'order.changed': async (shop, before) => {
    await before()
    await record(shop, bought())
    await record(shop, bought())
    await record(shop, { ...bought('COMPLETED'), lines: [{ id: 'line-A', sku: 'A', quantity: 1, unitPrice: 9_000 }] })
    return { order: { ...ORDER, status: 'COMPLETED', total: 9_000 }, before: { status: 'PAID', total: 18_000 }, customer: MEI }
  },
  'order.returned': async (shop, before) => {
    await record(shop, bought())
    await before()
    await returnLines(shop, 'o1', 'r1', { A: 1 })
    return { return: { externalId: 'r1', amount: 9_000 }, order: { externalId: 'o1' }, customer: MEI }
  },
  'alarm.raised': async (shop, before) => {
    await before()
    await pin(shop, 'mei', 'silver')
    await evaluate(shop)
    await setTarget(shop)
    return { alarm: ALARM, customer: null }
  },
  'alarm.cleared': async (shop, before) => {
    await pin(shop, 'mei', 'silver')
    await evaluate(shop)
    await setTarget(shop)
    await before()
    await pin(shop, 'mei', 'gold')
    await evaluate(shop)
    return { alarm: ALARM, customer: null }
  },
}

async function idOfMerged(shop: TestShop, into: string): Promise<string> {
  const { customer } = await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { mergedCustomers { id } } }', {
    ref: { id: into },
  })
  return customer.mergedCustomers[0].id
}

test('there is an act here for every topic: add one for yours', () => {
  expect(Object.keys(ACTS)).toEqual(TOPICS.map(({ name }) => name))
})

test.each(TOPICS)('$name is told of, with the fields that its example has, and nothing else is', async ({ name, example }) => {
  await using shop = await openShopBeside()
  await using receiver = await openReceiver()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {}, li: {} })
  const expected = await ACTS[name]?.(shop, () => subscribe(shop, receiver, [name]))
  await deliver(shop)
  expect(receiver.unsigned).toEqual([])
  const came = receiver.came.map(({ data }) => data)
  expect(came).toEqual(Array.isArray(expected) ? expected : [expected])
  for (const event of receiver.came) {
    expect(event.type).toBe(name)
    expect(Math.abs(Date.parse(event.timestamp) - Date.now())).toBeLessThan(60_000)
    expect(JSON.stringify(shapeOf(event.data, example))).toBe(JSON.stringify(shapeOf(example, event.data)))
  }
})

/** Which fields there are, in their order, and of what kind where the other has them too. */
function shapeOf(value: unknown, other: unknown): unknown {
  if (value === null || other === null || value === undefined || other === undefined) return 'anything'
  if (typeof value !== 'object') return typeof value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key in (other as object) ? shapeOf(inner, (other as Record<string, unknown>)[key]) : 'missing',
    ]),
  )
}

test('what is undone is not told of', async () => {
  await using shop = await openShopBeside()
  await using receiver = await openReceiver()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {} })
  await subscribe(shop, receiver, ['order.recorded'])
  const orderOf = (sku: string) => ({ ...bought(), externalId: sku, lines: [{ sku, quantity: 1, unitPrice: 1 }] })
  const refused = await shop.ask(
    '/storefront/graphql',
    { authorization: `Bearer ${shop.keys.plugin}` },
    'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }',
    { orders: [orderOf('A'), { ...orderOf('A'), customer: { externalId: 'nobody' } }] },
  )
  expect(refused.errors).toHaveLength(1)
  await deliver(shop)
  expect(receiver.came).toEqual([])
})

test('a shop in which nobody subscribed keeps no event, nor does one whose subscription is not enabled or to something else', async () => {
  await using shop = await openShopBeside()
  await using receiver = await openReceiver()
  const happen = async () => {
    await products(shop, { A: 1_000 })
    await customers(shop, { mei: {} })
    await orders(shop, ['mei', 'A', 1_000, 1, new Date().toISOString()])
  }
  await happen()
  await subscribe(shop, receiver, ['order.recorded'], { enabled: false })
  await subscribe(shop, receiver, ['coupon.issued'], { code: 'other' })
  await happen()
  await subscribe(shop, receiver, ['order.recorded'])
  await deliver(shop)
  expect(receiver.came).toEqual([])
})

test('reservations that end by their time are told of though nobody comes, by a server that is left to itself', async () => {
  const database = await openTestDatabase()
  const app = await openApp(quietConfig({ REGULARS_ALLOW_PRIVATE_WEBHOOKS: 'true' }), { database, background: true })
  try {
    await using receiver = await openReceiver()
    const shop = await openTestShop({ app })
    await products(shop, { A: 1_000 })
    await customers(shop, { mei: {} })
    await subscribe(shop, receiver, ['reservation.expired', 'order.recorded'])
    const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
    await orders(shop, ['mei', 'A', 1_000, 1, new Date().toISOString()])
    while (receiver.came.length < 1) await sleep(50)
    await letExpire(shop, id)
    while (receiver.came.length < 2) await sleep(50)
    const types = (came: readonly Came[]) => came.map(({ type }) => type)
    expect(types(receiver.came)).toEqual(['order.recorded', 'reservation.expired'])
    expect(receiver.came[1]?.data.reservation.id).toBe(id)
  } finally {
    await app.close()
    await database.close()
  }
})
