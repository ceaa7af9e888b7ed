import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { commitReservation } from '../../src/checkout/commit.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, products, publishOffer, quote, tiers } from '../harness/acts.ts'
import { COMMIT, commit, held, letExpire, miscounted, newKey, release, reserve, returnLines, usage } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// An order surprise: its odds are said before anybody pays, one prize or none is drawn when the order is committed, and
// whoever has the seed can draw it again.

const CUP = { name: 'A cup', odds: 2.5, gift: { sku: 'CUP', quantity: 2 } }
const TEN = { name: 'Ten yuan', odds: 20, amount: 1_000 }
const FIVE = { name: 'Five yuan', odds: 30, amount: 500 }
const sure = (prize: object) => ({ ...prize, odds: 100 })
const surprise = (code: string, prizes: readonly object[], more: object = {}, step: object = {}) => ({
  code,
  name: `Lucky ${code}`,
  level: 'ORDER',
  order: { steps: [{ minSubtotal: 1_000, surprise: prizes, ...step }] },
  ...more,
})

async function openLuckyShop(...offers: readonly Parameters<typeof publishOffer>[1][]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 1_000, B: 500 })
  await customers(shop, { mei: {} })
  for (const offer of offers) await publishOffer(shop, offer)
  return shop
}

const PRIZE = '{ name odds gift { sku quantity } amount }'
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any
type Drawn = {
  readonly offerCode: string
  readonly offerName: string
  readonly seed: string
  readonly point: number
  readonly verified: boolean
  readonly prizes: readonly { readonly name: string; readonly odds: number }[]
  readonly prize: { readonly name: string; readonly amount: number | null } | null
}
const drawnWith = async (shop: TestShop, externalId: string): Promise<Drawn[]> =>
  (
    await shop.admin(
      `query ($id: String!) { order(externalId: $id) { surprises { offerCode offerName seed point verified prizes ${PRIZE} prize ${PRIZE} } } }`,
      { id: externalId },
    )
  ).order.surprises
const giftsOf = async (shop: TestShop, externalId: string) =>
  (await shop.admin('query ($id: String!) { order(externalId: $id) { gifts { sku quantity offerCode } } }', { id: externalId })).order.gifts

/** The seed is chosen, as no API lets anybody do. */
const commitWith = (shop: TestShop, reservationId: string, externalId: string, seed: Uint8Array) =>
  commitReservation(shop.world(), { reservationId, orderExternalId: externalId, placedAt: null, status: 'PAID' }, newKey(), () => seed)

test('the odds are said in the quote, on both APIs, and nothing is drawn', async () => {
  const shop = await openLuckyShop(surprise('s', [CUP, TEN]))
  const prizes = [
    { ...CUP, amount: null },
    { ...TEN, gift: null },
  ]
  const said = [{ offerCode: 's', offerName: 'Lucky s', prizes }]
  expect(await quote(shop, 'mei', { A: 1 })).toMatchObject({ surprises: said, gifts: [], total: 1_000, orderRules: [] })
  expect(await quote(shop, 'mei', { B: 1 })).toMatchObject({ surprises: [] })
  const { previewQuote } = await shop.admin(
    `{ previewQuote(cart: { lines: [{ sku: "A", quantity: 1 }] }) { surprises { offerCode offerName prizes ${PRIZE} } } }`,
  )
  expect(previewQuote.surprises).toEqual(said)
  const { shopper } = await shop.storefront(`{ shopper(customer: { externalId: "mei" }) { offers { name steps { surprise ${PRIZE} } } } }`)
  expect(shopper.offers).toEqual([{ name: 'Lucky s', steps: [{ surprise: prizes }] }])
  expect(await usage(shop, 's')).toEqual([0, 0])
})

test('a gift that is won is a gift of the order, and due back once all of it is returned', async () => {
  const shop = await openLuckyShop(surprise('s', [sure(CUP)], {}, { gifts: [{ sku: 'PEN' }] }))
  await commit(shop, (await held(shop, { cart: { A: 1, B: 1 }, as: 'mei' })).id, 'o1')
  expect(await giftsOf(shop, 'o1')).toEqual([
    { sku: 'PEN', quantity: 1, offerCode: 's' },
    { sku: 'CUP', quantity: 2, offerCode: 's' },
  ])
  expect(await returnLines(shop, 'o1', 'r1', { A: 1 })).toMatchObject({ giftsDue: [], order: { total: 500 } })
  expect((await returnLines(shop, 'o1', 'r2', { B: 1 })).giftsDue).toEqual([
    { sku: 'PEN', quantity: 1 },
    { sku: 'CUP', quantity: 2 },
  ])
})

test('an amount that is won is what the shop owes: the order costs what it costs, and statistics say so', async () => {
  const shop = await openLuckyShop(surprise('s', [sure(TEN)]))
  await commit(shop, (await held(shop, { cart: { A: 2 }, as: 'mei' })).id, 'o1')
  const { order } = await shop.storefront(
    `{ order(externalId: "o1") { total lines { total } gifts { sku } surprises { offerCode offerName prize ${PRIZE} } } }`,
  )
  expect(order).toEqual({
    total: 2_000,
    lines: [{ total: 2_000 }],
    gifts: [],
    surprises: [{ offerCode: 's', offerName: 'Lucky s', prize: { name: 'Ten yuan', odds: 100, gift: null, amount: 1_000 } }],
  })
  const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { statistics { numberOfOrders amountSpent } } }')
  expect(customer.statistics).toEqual({ numberOfOrders: 1, amountSpent: 2_000 })
  expect(await usage(shop, 's')).toEqual([1, 1_000])
  const due = (id: string, units: number) =>
    shop.storefront(
      `mutation { returnLines(input: { orderExternalId: "o1", returnExternalId: "${id}", lines: [{ id: "line-A", quantity: ${units} }] }) { amount amountDue } }`,
    )
  expect(await due('r1', 1)).toEqual({ returnLines: { amount: 1_000, amountDue: 0 } })
  expect(await due('r2', 1)).toEqual({ returnLines: { amount: 1_000, amountDue: 1_000 } })
  expect(await due('r2', 1)).toEqual({ returnLines: { amount: 1_000, amountDue: 1_000 } })
})

test('whoever has the seed draws the same again, and staff are told whether it is the same', async () => {
  const shop = await openLuckyShop(
    surprise('one', [CUP, TEN, FIVE], { combination: 'STACKABLE' }),
    surprise('Two', [FIVE, TEN], { combination: 'STACKABLE' }),
  )
  for (const id of ['o1', 'o2', 'o3']) await commit(shop, (await held(shop, { cart: { A: 1 } })).id, id)
  const orders = await Promise.all(['o1', 'o2', 'o3'].map((id) => drawnWith(shop, id)))
  for (const drawn of orders) {
    expect(drawn.map(({ offerCode, offerName }) => [offerCode, offerName])).toEqual([
      ['Two', 'Lucky Two'],
      ['one', 'Lucky one'],
    ])
    expect(new Set(drawn.map(({ seed }) => seed)).size).toBe(1)
    for (const { offerCode, seed, point, prizes, prize, verified } of drawn) {
      // From the docs alone: the first of the 64-bit numbers of HMAC-SHA256(seed, code), modulo 10,000.
      const word = createHmac('sha256', Buffer.from(seed, 'hex')).update(offerCode).digest().readBigUInt64BE()
      expect(point).toBe(Number(word % 10_000n))
      let end = 0
      const won = prizes.find(({ odds }) => {
        end += odds * 100
        return point < end
      })
      expect([prize?.name, verified]).toEqual([won?.name, true])
    }
  }
  expect(new Set(orders.map(([first]) => first?.seed)).size).toBe(3)
})

test('a prize that somebody changed afterwards is found out', async () => {
  const shop = await openLuckyShop(
    surprise('s', [
      { ...TEN, odds: 50 },
      { ...FIVE, odds: 50 },
    ]),
  )
  await commit(shop, (await held(shop, { cart: { A: 1 } })).id, 'o1')
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`update order_surprise set prize_name = case prize_name when 'Ten yuan' then 'Five yuan' else 'Ten yuan' end where shop_id = ${shopId}`,
  )
  expect((await drawnWith(shop, 'o1')).map(({ verified }) => verified)).toEqual([false])
})

test('a commit that is sent again draws nothing again', async () => {
  const shop = await openLuckyShop(surprise('s', [CUP, TEN, FIVE]))
  const { id } = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const input = { reservationId: id, orderExternalId: 'o1', idempotencyKey: newKey() }
  await shop.storefront(COMMIT, { input })
  const first = await drawnWith(shop, 'o1')
  await shop.storefront(COMMIT, { input })
  await shop.storefront(COMMIT, { input: { ...input, idempotencyKey: newKey() } })
  expect(await drawnWith(shop, 'o1')).toEqual(first)
  expect(first).toHaveLength(1)
  expect(await miscounted(shop)).toEqual([])
})

test('of an order that is called off at once nothing is drawn, and nothing stays taken for it', async () => {
  const shop = await openLuckyShop(surprise('s', [sure(TEN)], { budget: 1_000 }))
  await commit(shop, (await held(shop, { cart: { A: 1 } })).id, 'o1', { status: 'CANCELLED' })
  expect([await drawnWith(shop, 'o1'), await usage(shop, 's')]).toEqual([[], [1, 0]])
})

// Bytes of which a seed is made, and what it draws for the offer "s": points 9747, 779 and 3194 of 10,000.
test.each([
  [7, 9_747, 0],
  [5, 779, 500],
  [13, 3_194, 1_000],
])('a budget is held for the largest prize, and only what was won stays taken: seed %s', async (byte, point, won) => {
  const shop = await openLuckyShop(
    surprise('s', [FIVE, { ...TEN, odds: 2 }], { budget: 1_999, trigger: 'CODE', perCustomerLimit: 3 }, { amountOff: 50 }),
  )
  const cart = { cart: { A: 2 }, as: 'mei', codes: ['s'] }
  const { id, quote } = await held(shop, cart)
  expect([quote.total, await usage(shop, 's')]).toEqual([1_950, [1, 1_050]])
  expect(await reserve(shop, cart)).toMatchObject({ __typename: 'OfferUnavailable', reason: 'LIMIT_REACHED' })
  expect(await commitWith(shop, id, 'o1', Buffer.alloc(32, byte))).toMatchObject({ ok: true })
  expect((await drawnWith(shop, 'o1'))[0]).toMatchObject({ point, verified: true })
  expect(await usage(shop, 's')).toEqual([1, 50 + won])
  // 1,999 less what stands leaves room for another 1,050 unless ten yuan were won.
  const second = await reserve(shop, cart)
  expect(second.__typename).toBe(won === 1_000 ? 'OfferUnavailable' : 'Reservation')
  if (won < 1_000) await release(shop, second.id)
  expect([await usage(shop, 's'), await miscounted(shop)]).toEqual([[1, 50 + won], []])
})

test('carts that are reserved, committed, released and returned all at once count every prize once', async () => {
  const shop = await openLuckyShop(
    surprise('s', [TEN, { ...FIVE, odds: 60 }], { budget: 30_000, returnsRestoreUse: true, combination: 'STACKABLE' }),
    surprise('t', [FIVE, CUP], { combination: 'STACKABLE' }),
  )
  const one = async (i: number) => {
    const { id } = await held(shop, { cart: { A: 1 }, as: i % 2 === 0 ? 'mei' : null })
    if (i % 5 === 0) return release(shop, id)
    await commit(shop, id, `o${i}`)
    if (i % 3 === 0) await returnLines(shop, `o${i}`, `r${i}`, { A: 1 })
  }
  await Promise.all(Array.from({ length: 24 }, (_, i) => one(i)))
  const orders = (await shop.admin('{ orders(first: 50) { nodes { total surprises { offerCode prize { amount } } } } }')).orders.nodes
  const won = (code: string, of: Answer[]) =>
    of
      .flatMap(({ surprises }) => surprises)
      .reduce((sum: number, { offerCode, prize }) => sum + (offerCode === code ? (prize?.amount ?? 0) : 0), 0)
  const kept = orders.filter(({ total }: Answer) => total > 0)
  expect([orders.length, kept.length]).toEqual([19, 13])
  expect([await usage(shop, 's'), await usage(shop, 't')]).toEqual([
    [13, won('s', kept)],
    [19, won('t', orders)],
  ])
  expect(await miscounted(shop)).toEqual([])
})

test('an expired hold gives the largest prize back too', async () => {
  const shop = await openLuckyShop(surprise('s', [TEN], { budget: 1_000, trigger: 'CODE' }))
  const { id } = await held(shop, { cart: { A: 1 }, codes: ['s'] })
  await letExpire(shop, id)
  expect(await held(shop, { cart: { A: 1 }, codes: ['s'] })).toMatchObject({ status: 'HELD' })
  expect([await usage(shop, 's'), await miscounted(shop)]).toEqual([[1, 1_000], []])
})

test('an order with a surprise is a use, and a whole return gives use and amount back where the offer says so', async () => {
  const shop = await openLuckyShop(
    surprise('s', [sure(TEN)], { trigger: 'CODE', totalLimit: 1, perCustomerLimit: 1, budget: 1_000, returnsRestoreUse: true }),
  )
  const cart = { cart: { A: 1, B: 1 }, as: 'mei', codes: ['s'] }
  await commit(shop, (await held(shop, cart)).id, 'o1')
  expect(await reserve(shop, cart)).toMatchObject({ __typename: 'OfferUnavailable', reason: 'LIMIT_REACHED' })
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect(await usage(shop, 's')).toEqual([1, 1_000])
  await returnLines(shop, 'o1', 'r2', { B: 1 })
  expect([await usage(shop, 's'), await miscounted(shop)]).toEqual([[0, 0], []])
  expect(await held(shop, cart)).toMatchObject({ status: 'HELD' })
})

test('what was drawn stays what it was when the offer changes', async () => {
  const shop = await openLuckyShop(surprise('s', [sure(TEN)]))
  const { id } = await held(shop, { cart: { A: 1 } })
  await publishOffer(shop, surprise('s', [sure(FIVE)]))
  await commit(shop, id, 'o1')
  await publishOffer(shop, surprise('s', [sure(CUP)]))
  expect((await drawnWith(shop, 'o1'))[0]).toMatchObject({ prize: { name: 'Ten yuan' }, prizes: [{ name: 'Ten yuan', odds: 100 }] })
})

test('a step for gold brings its surprise to gold alone', async () => {
  const shop = await openLuckyShop()
  await tiers(shop, 'silver', 'gold')
  await customers(shop, { li: 'gold', wang: 'silver' })
  await publishOffer(shop, surprise('s', [TEN], {}, { minTierCode: 'gold' }))
  const offered = async (who: string) => (await quote(shop, who, { A: 1 })).surprises.length
  expect([await offered('li'), await offered('wang')]).toEqual([1, 0])
})

test('who asks for their data is told what they won', async () => {
  const shop = await openLuckyShop(surprise('s', [sure(CUP)]))
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei' })).id, 'o1')
  const { exportCustomer } = await shop.admin('{ exportCustomer(ref: { externalId: "mei" }) }')
  expect(exportCustomer.reservations[0].won).toEqual([{ offerCode: 's', prize: 'A cup', sku: 'CUP', quantity: 2, amount: null }])
})

const many = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `prize ${i}`, odds: 0.01, amount: 1 }))
test.each([
  ['TOO_MANY_ITEMS', 'surprise', many(101)],
  ['BAD_USER_INPUT', 'surprise', []],
  ['BAD_USER_INPUT', 'surprise', [{ ...TEN, odds: 70.01 }, FIVE]],
  ['BAD_USER_INPUT', 'surprise.1.name', [CUP, { ...TEN, name: 'A cup' }]],
  ['BAD_USER_INPUT', 'surprise.0.name', [{ ...TEN, name: ' ' }]],
  ['BAD_USER_INPUT', 'surprise.0.gift', [{ name: 'x', odds: 1 }]],
  ['BAD_USER_INPUT', 'surprise.0.amount', [{ ...CUP, amount: 1 }]],
  ['BAD_USER_INPUT', 'surprise.0.amount', [{ ...TEN, amount: 0 }]],
  ['BAD_USER_INPUT', 'surprise.0.amount', [{ ...TEN, amount: 1_000_000_000_001 }]],
  ['BAD_USER_INPUT', 'surprise.0.gift.sku', [{ name: 'x', odds: 1, gift: { sku: '' } }]],
  ['BAD_USER_INPUT', 'surprise.0.gift.quantity', [{ name: 'x', odds: 1, gift: { sku: 'CUP', quantity: 0 } }]],
])('%s at %s refuses a surprise', async (code, path, prizes) => {
  const shop = await openTestShop()
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation ($input: OfferInput!) { saveOffer(input: $input) { id } }',
    { input: surprise('s', prizes) },
  )
  expect([errors[0]?.extensions.code, errors[0]?.extensions.inputPath?.join('.')]).toEqual([code, `input.order.steps.0.${path}`])
})

test.each([0, 0.001, 100.01])('odds of %s % are refused', async (odds) => {
  const shop = await openTestShop()
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation ($input: OfferInput!) { saveOffer(input: $input) { id } }',
    { input: surprise('s', [{ ...TEN, odds }]) },
  )
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
})

test('a hundred prizes whose odds add up to exactly 100 % are no fault', async () => {
  const shop = await openTestShop()
  await publishOffer(
    shop,
    surprise(
      's',
      many(100).map((prize) => ({ ...prize, odds: 1 })),
    ),
  )
  expect(await quote(shop, null, {})).toMatchObject({ surprises: [] })
})
