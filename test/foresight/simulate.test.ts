import { beforeAll, describe, expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, orders, products, publish, saveOffer } from '../harness/acts.ts'
import type { TestShop } from '../harness/shop.ts'
import { draftLadder, draftOffer, inForce, shopWithRegulars } from './looking.ts'

const PART = 'orders ordersChanged totalBefore totalAfter givenAway'
const SIMULATE = `query ($code: String!, $from: DateTime!, $to: DateTime!) { simulate(code: $code, from: $from, to: $to) {
  ruleCode ruleName isDraft ordersInWindow subtotal ${PART} margin { before after knownShare }
  byTier { tierCode ${PART} } byKind { kind ${PART} } byStanding { standing ${PART} } bands { above upTo orders givenAway }
  percentiles { percent amount } topCustomers { externalId name orders givenAway } listPrices { fromHistory fromCatalogue fromPaid } assumptions
} }`

const FEBRUARY = { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }
const simulate = async (shop: TestShop, code: string, window: object = FEBRUARY) =>
  (await shop.admin(SIMULATE, { code, ...window })).simulate

const guest = (shop: TestShop, sku: string, unitPrice: number) =>
  shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [{ externalId: 'guest', placedAt: '2026-02-09T00:00:00Z', lines: [{ sku, quantity: 1, unitPrice }] }],
  })

describe('a draft that gives gold 20 % where it had 10, and silver 5', () => {
  // biome-ignore lint/suspicious/noExplicitAny: an answer, looked at field by field
  let told: any

  beforeAll(async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, costPrice: 6_000 }, B: 5_000 })
    await customers(shop, { ann: null, wei: { kind: 'ENTERPRISE' } })
    await inForce(shop, 'members', draftLadder(shop, 'members', { gold: 10 }))
    await draftLadder(shop, 'members', { silver: 5, gold: 20 })
    await orders(
      shop,
      ['gol', 'A', 9_000, 2, '2026-02-05T00:00:00Z'],
      ['sil', 'B', 5_000, 1, '2026-02-06T00:00:00Z'],
      ['ann', 'A', 10_000, 1, '2026-02-07T00:00:00Z'],
      ['wei', 'unknown', 700, 1, '2026-02-08T00:00:00Z'],
      ['gol', 'A', 9_000, 1, '2026-03-05T00:00:00Z'],
    )
    await guest(shop, 'A', 10_000)
    told = await simulate(shop, 'members')
  })

  test('gives away what the two prices differ by, over the orders of the window', () => {
    expect(told).toMatchObject({ ruleCode: 'members', isDraft: true, orders: 5, ordersInWindow: 5, ordersChanged: 2 })
    expect(told).toMatchObject({ subtotal: 45_700, totalBefore: 43_700, totalAfter: 41_450, givenAway: 2_250 })
  })

  test('says to which tiers', () => {
    expect(told.byTier).toEqual([
      { tierCode: null, orders: 3, ordersChanged: 0, totalBefore: 20_700, totalAfter: 20_700, givenAway: 0 },
      { tierCode: 'silver', orders: 1, ordersChanged: 1, totalBefore: 5_000, totalAfter: 4_750, givenAway: 250 },
      { tierCode: 'gold', orders: 1, ordersChanged: 1, totalBefore: 18_000, totalAfter: 16_000, givenAway: 2_000 },
    ])
  })

  test('says to persons or companies, and to newcomers or those who had bought', () => {
    const figures = (parts: { orders: number; givenAway: number }[]) => parts.map((part) => [part.orders, part.givenAway])
    expect(told.byKind.map(({ kind }: { kind: string }) => kind)).toEqual(['INDIVIDUAL', 'ENTERPRISE', 'UNKNOWN'])
    expect(figures(told.byKind)).toEqual([
      [3, 2_250],
      [1, 0],
      [1, 0],
    ])
    expect(told.byStanding.map(({ standing }: { standing: string }) => standing)).toEqual(['NEW', 'RETURNING', 'UNKNOWN'])
    expect(figures(told.byStanding)).toEqual([
      [2, 0],
      [2, 2_250],
      [1, 0],
    ])
  })

  test('says what it does to the margin, as far as costs are known', () => {
    expect(told.margin).toEqual({ before: 14_000, after: 12_000, knownShare: expect.closeTo((100 * 38_000) / 43_700) })
  })

  test('says how the change lies, and who gains most', () => {
    expect(told.bands.filter((band: { orders: number }) => band.orders > 0)).toEqual([
      { above: 0, upTo: 0, orders: 3, givenAway: 0 },
      { above: 2, upTo: 5, orders: 1, givenAway: 250 },
      { above: 10, upTo: 20, orders: 1, givenAway: 2_000 },
    ])
    expect(told.percentiles).toEqual([10, 25, 50, 75, 90, 95, 99, 100].map((percent) => ({ percent, amount: percent <= 50 ? 250 : 2_000 })))
    expect(told.topCustomers).toEqual([
      { externalId: 'gol', name: null, orders: 1, givenAway: 2_000 },
      { externalId: 'sil', name: null, orders: 1, givenAway: 250 },
    ])
  })

  test('says where its list prices are from', () => {
    expect(told.listPrices).toEqual({ fromHistory: 0, fromCatalogue: 4, fromPaid: 1 })
    expect(told.assumptions.join(' ')).toContain('4 by the catalogue as it is now, 1 by what was paid')
  })
})

test('list prices are those of then where the history has them', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  await orders(shop, ['gol', 'A', 8_000, 1, '2026-02-05T00:00:00Z'])
  const { em, shopId } = shop.world()
  await rowsOf(em, sql`insert into product_price (shop_id, sku, since, list_price) values (${shopId}, 'A', '2026-01-01', 8000)`)
  await draftLadder(shop, 'members', { gold: 10 })
  expect(await simulate(shop, 'members')).toMatchObject({ subtotal: 8_000, givenAway: 800, listPrices: { fromHistory: 1 } })
})

test('a published rule without a draft is tried against the book without it', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  await orders(shop, ['gol', 'A', 10_000, 1, '2026-02-05T00:00:00Z'])
  await inForce(shop, 'members', draftLadder(shop, 'members', { gold: 10 }))
  expect(await simulate(shop, 'members')).toMatchObject({ isDraft: false, totalBefore: 10_000, totalAfter: 9_000 })
})

test('a rule that takes away is told as such', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  await orders(shop, ['gol', 'A', 9_000, 1, '2026-02-05T00:00:00Z'])
  await inForce(shop, 'members', draftLadder(shop, 'members', { gold: 10 }))
  await draftLadder(shop, 'members', { gold: 4 })
  const told = await simulate(shop, 'members')
  expect(told).toMatchObject({ givenAway: -600, topCustomers: [] })
  expect(told.bands[0]).toEqual({ above: null, upTo: 0, orders: 1, givenAway: -600 })
})

test('what was returned is not priced, and what does not count is not looked at', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  await orders(shop, ['gol', 'A', 10_000, 3, '2026-02-05T00:00:00Z'])
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [
      { externalId: 'open', status: 'PLACED', placedAt: '2026-02-09T00:00:00Z', lines: [{ sku: 'A', quantity: 1, unitPrice: 10_000 }] },
    ],
  })
  await shop.storefront(
    `mutation { returnLines(input: { orderExternalId: "gol-2026-02-05T00:00:00Z-0", returnExternalId: "r", lines: [{ id: "0", quantity: 2 }] }) { amount } }`,
  )
  await draftLadder(shop, 'members', { gold: 10 })
  expect(await simulate(shop, 'members')).toMatchObject({ orders: 1, subtotal: 10_000, givenAway: 1_000 })
})

test('an offer for first orders comes to first orders of then, though everybody has bought since', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  await customers(shop, { ann: null })
  await orders(shop, ['ann', 'A', 10_000, 1, '2026-02-05T00:00:00Z'], ['ann', 'A', 10_000, 1, '2026-02-06T00:00:00Z'])
  await draftOffer(shop, 'welcome', 10, { firstOrderOnly: true })
  expect(await simulate(shop, 'welcome')).toMatchObject({ orders: 2, ordersChanged: 1, givenAway: 1_000 })
})

test('a code is typed by everybody, a future offer tried as if it ran already, and its schedule is that of the order', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  // A Thursday and a Friday in Shanghai.
  await orders(shop, ['gol', 'A', 10_000, 1, '2026-02-05T04:00:00Z'], ['gol', 'A', 10_000, 1, '2026-02-06T04:00:00Z'])
  await draftOffer(shop, 'FRIDAY', 10, { trigger: 'CODE', validFrom: '2190-01-01T00:00:00Z', schedule: { daysOfWeek: [5] } })
  const told = await simulate(shop, 'friday')
  expect(told).toMatchObject({ ordersChanged: 1, givenAway: 1_000 })
  expect(told.assumptions).toContain('Everybody types the code.')
})

test('a limit stops what it would have stopped, in the order in which orders were placed', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  const day = (n: number) => `2026-02-0${n}T00:00:00Z`
  await orders(shop, ['gol', 'A', 1, 1, day(3)], ['sil', 'A', 1, 2, day(1)], ['sil', 'A', 1, 1, day(2)], ['dia', 'A', 1, 1, day(4)])
  await draftOffer(shop, 'sale', 10, { totalLimit: 2 })
  expect(await simulate(shop, 'sale')).toMatchObject({ ordersChanged: 2, givenAway: 3_000 })
  await draftOffer(shop, 'sale', 10, { perCustomerLimit: 1 })
  expect(await simulate(shop, 'sale')).toMatchObject({ ordersChanged: 3, givenAway: 4_000 })
  await draftOffer(shop, 'sale', 10, { budget: 2_500 })
  expect(await simulate(shop, 'sale')).toMatchObject({ ordersChanged: 1, givenAway: 2_000 })
})

test('audiences are asked of customers as they are now', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  await orders(shop, ['gol', 'A', 10_000, 1, '2026-02-05T00:00:00Z'], ['sil', 'A', 10_000, 1, '2026-02-06T00:00:00Z'])
  await draftOffer(shop, 'vip', 10, { audience: "customer_tier = 'gold'" })
  expect(await simulate(shop, 'vip')).toMatchObject({ ordersChanged: 1, topCustomers: [{ externalId: 'gol' }] })
})

test('orders come page by page, and none twice', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`with made as (
          insert into shop_order (shop_id, id, external_id, placed_at, status, total, units, skus, counted, recorded_at)
          select ${shopId}, gen_random_uuid(), 'many-' || n, '2026-02-02'::timestamptz + n / 7 * interval '1 minute', 'PAID', 10000, 1, 1, true, now()
          from generate_series(1, 4500) n returning shop_id, id)
        insert into order_line (shop_id, order_id, line_id, position, sku, quantity, unit_price, total)
        select shop_id, id, '0', 0, 'A', 1, 10000, 10000 from made`,
  )
  await draftOffer(shop, 'sale', 10)
  expect(await simulate(shop, 'sale')).toMatchObject({ orders: 4_500, givenAway: 4_500_000 })
})

test('an unknown rule and a window that is none are refused', async () => {
  const shop = await shopWithRegulars()
  await expect(simulate(shop, 'nothing')).rejects.toThrow('NOT_FOUND')
  await saveOffer(shop, { code: 'sale', level: 'PRODUCT', product: { adjustment: { percentOff: 5 } } })
  await publish(shop, 'sale')
  await expect(simulate(shop, 'sale', { from: FEBRUARY.to, to: FEBRUARY.from })).rejects.toThrow('BAD_USER_INPUT')
  expect(await simulate(shop, 'sale')).toMatchObject({ orders: 0, givenAway: 0, margin: null, percentiles: [] })
})
