import { expect, test } from 'vitest'
import { customers, products, publishOffer, quote, saveOffer } from '../harness/acts.ts'
import {
  COMMIT,
  commit,
  extend,
  held,
  letExpire,
  miscounted,
  newKey,
  ORDER,
  order,
  RELEASE,
  RESERVE,
  release,
  reservation,
  reserve,
  reserveInput,
  returnLines,
  usage,
} from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function shopWith(...offers: Parameters<typeof publishOffer>[1][]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 5_000, C: 100 })
  await customers(shop, { mei: {}, li: {} })
  for (const offer of offers) await publishOffer(shop, offer)
  return shop
}
const off = (code: string, more: object = {}, product: object = {}) => ({
  code,
  level: 'PRODUCT',
  product: { adjustment: { percentOff: 10 }, ...product },
  ...more,
})
const CODE = { trigger: 'CODE' }
const reason = async (shop: TestShop, wanted: Parameters<typeof reserve>[1]) => {
  const answer = await reserve(shop, wanted)
  return answer.__typename === 'OfferUnavailable' ? [answer.code, answer.reason] : answer.__typename
}
const raw = (shop: TestShop, query: string, variables: object) =>
  shop.ask('/storefront/graphql', bearer(shop.keys.plugin), query, variables)
const errorOf = async (shop: TestShop, query: string, variables: object) => (await raw(shop, query, variables)).errors[0]?.extensions.code
const record = (shop: TestShop, more: object) =>
  shop.storefront(`mutation ($o: [OrderInput!]!) { recordOrders(orders: $o) ${ORDER} }`, {
    o: [{ placedAt: '2026-05-01T00:00:00Z', lines: [{ id: 'line-A', sku: 'A', quantity: 1, unitPrice: 10_000 }], ...more }],
  })
const spent = async (shop: TestShop, who = 'mei') =>
  (
    await shop.admin('query ($c: CustomerRef!) { customer(ref: $c) { statistics { numberOfOrders amountSpent } } }', {
      c: { externalId: who },
    })
  ).customer.statistics

test('the first of the cart that cannot be had, as typed', async () => {
  const shop = await shopWith(
    off('Good', CODE),
    off('Gone', { ...CODE, totalLimit: 1 }),
    off('Later', { ...CODE, validFrom: '2126-01-01T00:00:00Z' }),
  )
  await held(shop, { cart: { A: 1 }, codes: ['gone'] })
  expect(await reason(shop, { cart: { A: 1 }, codes: ['GOOD', 'GONE', 'LATER', 'nope'] })).toEqual(['GONE', 'LIMIT_REACHED'])
  expect(await reason(shop, { cart: { A: 1 }, codes: ['GOOD', 'laTer', 'GONE'] })).toEqual(['laTer', 'NOT_LIVE'])
  expect(await reason(shop, { cart: { A: 1 }, codes: ['nope', 'GONE'], total: 3 })).toEqual(['nope', 'UNKNOWN'])
})

test('a code that is over is not live; one that is retired or a draft is unknown', async () => {
  const shop = await shopWith(off('Over', { ...CODE, validUntil: '2020-01-01T00:00:00Z' }), off('Away', CODE))
  await shop.admin('mutation { retire(codes: ["Away"]) { bookVersion } }')
  await saveOffer(shop, off('Draft', CODE))
  const { refusedCodes } = await quote(shop, null, { A: 1 }, ['Over', 'Away', 'Draft'])
  expect(refusedCodes.map(({ outcome }) => outcome)).toEqual(['NOT_LIVE', 'UNKNOWN_CODE', 'UNKNOWN_CODE'])
  expect(await reason(shop, { cart: { A: 1 }, codes: ['Over'] })).toEqual(['Over', 'NOT_LIVE'])
  expect(await reason(shop, { cart: { A: 1 }, codes: ['Away'] })).toEqual(['Away', 'UNKNOWN'])
  expect(await reason(shop, { cart: { A: 1 }, codes: ['Draft'] })).toEqual(['Draft', 'UNKNOWN'])
})

test('the code of an automatic offer opens nothing', async () => {
  const shop = await shopWith(off('Auto'))
  expect(await quote(shop, null, { A: 1 }, ['auto'])).toMatchObject({
    total: 9_000,
    refusedCodes: [{ code: 'auto', outcome: 'UNKNOWN_CODE' }],
  })
  expect(await reason(shop, { cart: { A: 1 }, codes: ['auto'] })).toEqual(['auto', 'UNKNOWN'])
})

test('a code whose cart is out of scope is no reason', async () => {
  const shop = await shopWith(off('B-only', { ...CODE, scope: { skus: ['B'] }, totalLimit: 1 }))
  const h = await held(shop, { cart: { A: 1 }, codes: ['B-only'] })
  expect(h.quote.refusedCodes).toEqual([{ code: 'B-only', outcome: 'NOT_IN_SCOPE' }])
  expect(await usage(shop, 'B-only')).toEqual([0, 0])
})

test('PriceChanged holds the new quote and the expected total, takes nothing, and may use the same key again', async () => {
  const shop = await shopWith(off('x', { totalLimit: 1 }))
  const input = (await reserveInput(shop, { cart: { A: 1 }, total: 10_000 })) as { expectedTotal: number }
  const changed = (await shop.storefront(RESERVE, { input })).reserve
  expect(changed).toMatchObject({ __typename: 'PriceChanged', expectedTotal: 10_000, quote: { total: 9_000, orderRules: [] } })
  expect(await usage(shop, 'x')).toEqual([0, 0])
  expect((await shop.storefront(RESERVE, { input: { ...input, expectedTotal: 9_000 } })).reserve.__typename).toBe('Reservation')
  // now used up: the same key gives the same reservation
  const again = (await shop.storefront(RESERVE, { input: { ...input, expectedTotal: 9_000 } })).reserve
  expect(again).toMatchObject({ __typename: 'Reservation', status: 'HELD' })
  expect(await errorOf(shop, RESERVE, { input })).toBe('IDEMPOTENCY_CONFLICT')
  expect(await usage(shop, 'x')).toEqual([1, 9_000 - 8_000])
})

test('the same key answers as it stands now', async () => {
  const shop = await shopWith(off('x', { totalLimit: 1 }))
  const input = await reserveInput(shop, { cart: { A: 1 }, as: 'mei' })
  const { id } = (await shop.storefront(RESERVE, { input })).reserve
  await release(shop, id)
  expect((await shop.storefront(RESERVE, { input })).reserve).toMatchObject({ __typename: 'Reservation', id, status: 'RELEASED' })
  const two = await reserveInput(shop, { cart: { A: 1 }, as: 'mei' })
  const second = (await shop.storefront(RESERVE, { input: two })).reserve
  await letExpire(shop, second.id)
  expect((await shop.storefront(RESERVE, { input: two })).reserve).toMatchObject({ id: second.id, status: 'EXPIRED' })
  expect(await usage(shop, 'x')).toEqual([0, 0])
})

test('commit and release by keys', async () => {
  const shop = await shopWith()
  const one = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const key = newKey()
  const c = { reservationId: one.id, orderExternalId: 'o1', idempotencyKey: key }
  expect((await shop.storefront(COMMIT, { input: c })).commit).toMatchObject({ __typename: 'Order', total: 10_000, status: 'PAID' })
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect((await shop.storefront(COMMIT, { input: c })).commit).toMatchObject({ __typename: 'Order', total: 0 })
  expect(await errorOf(shop, COMMIT, { input: { ...c, status: 'PLACED' } })).toBe('IDEMPOTENCY_CONFLICT')
  expect(await errorOf(shop, COMMIT, { input: { ...c, orderExternalId: 'o2' } })).toBe('IDEMPOTENCY_CONFLICT')
  // the same key of another operation
  const two = await held(shop, { cart: { A: 1 }, as: 'mei' })
  expect((await shop.storefront(RELEASE, { input: { reservationId: two.id, idempotencyKey: key } })).release.status).toBe('RELEASED')
  expect((await shop.storefront(RELEASE, { input: { reservationId: two.id, idempotencyKey: key } })).release.status).toBe('RELEASED')
  expect(await errorOf(shop, RELEASE, { input: { reservationId: one.id, idempotencyKey: key } })).toBe('IDEMPOTENCY_CONFLICT')
})

test('release after commit changes nothing; commit after release and after expiry is told', async () => {
  const shop = await shopWith(off('x', { totalLimit: 5 }))
  const one = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await commit(shop, one.id, 'o1')
  expect((await release(shop, one.id)).status).toBe('COMMITTED')
  expect(await usage(shop, 'x')).toEqual([1, 1_000])
  const two = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await release(shop, two.id)
  expect(await commit(shop, two.id, 'o2')).toMatchObject({
    __typename: 'ReservationEnded',
    reservation: { id: two.id, status: 'RELEASED' },
  })
  const three = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await letExpire(shop, three.id)
  expect(await commit(shop, three.id, 'o3')).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'EXPIRED' } })
  expect(await extend(shop, three.id, 600)).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'EXPIRED' } })
  expect(await extend(shop, one.id, 600)).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'COMMITTED' } })
  expect((await release(shop, three.id)).status).toBe('EXPIRED')
  expect(await order(shop, 'o3')).toBeNull()
  expect(await miscounted(shop)).toEqual([])
})

test('a reservation is committed once, under whatever key and for whatever order', async () => {
  const shop = await shopWith()
  const one = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await commit(shop, one.id, 'o1')
  expect(await commit(shop, one.id, 'o1')).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'COMMITTED' } })
  expect(await commit(shop, one.id, 'o2')).toMatchObject({ __typename: 'ReservationEnded', reservation: { status: 'COMMITTED' } })
  expect(await order(shop, 'o2')).toBeNull()
})

test('an order already recorded is adopted, the hold consumed', async () => {
  const shop = await shopWith(off('x', { totalLimit: 1 }))
  await record(shop, { externalId: 'o1', customer: { externalId: 'mei' } })
  expect(await spent(shop)).toEqual({ numberOfOrders: 1, amountSpent: 10_000 })
  const one = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const o = await commit(shop, one.id, 'o1', { status: 'COMPLETED' })
  expect(o).toMatchObject({ __typename: 'Order', externalId: 'o1', status: 'COMPLETED' })
  expect(await usage(shop, 'x')).toEqual([1, 1_000])
  expect((await reservation(shop, one.id)).status).toBe('COMMITTED')
  expect((await spent(shop)).numberOfOrders).toBe(1)
})

test('recordOrders on a committed order changes its status only; CANCELLED gives back', async () => {
  const shop = await shopWith(off('x', { totalLimit: 1, returnsRestoreUse: true }), off('y', { totalLimit: 9, combination: 'STACKABLE' }))
  const one = await held(shop, { cart: { A: 1 }, as: 'mei' })
  const made = await commit(shop, one.id, 'o1', { status: 'PLACED' })
  expect(await spent(shop)).toEqual({ numberOfOrders: 0, amountSpent: 0 })
  const { recordOrders } = await record(shop, {
    externalId: 'o1',
    customer: { externalId: 'li' },
    status: 'PAID',
    lines: [{ id: 'zz', sku: 'B', quantity: 7, unitPrice: 1 }],
  })
  expect(recordOrders[0]).toEqual({ ...made, __typename: undefined, status: 'PAID' })
  expect(await spent(shop)).toEqual({ numberOfOrders: 1, amountSpent: 8_100 })
  await record(shop, { externalId: 'o1', customer: { externalId: 'mei' }, status: 'CANCELLED' })
  expect(await order(shop, 'o1')).toMatchObject({ status: 'CANCELLED', total: 0 })
  expect(await usage(shop, 'x')).toEqual([0, 0])
  expect(await usage(shop, 'y')).toEqual([1, 900])
  expect(await spent(shop)).toEqual({ numberOfOrders: 0, amountSpent: 0 })
  expect(await miscounted(shop)).toEqual([])
})

test('amounts by unit k, a gift due back, statistics follow', async () => {
  const shop = await shopWith({
    code: 'sum',
    level: 'ORDER',
    order: { steps: [{ minSubtotal: 1, amountOff: 101, gifts: [{ sku: 'MUG', quantity: 3 }] }] },
  })
  const h = await held(shop, { cart: { C: 7, B: 1 }, as: 'mei' })
  const o = await commit(shop, h.id, 'o1')
  const line = o.lines.find(({ sku }: { sku: string }) => sku === 'C')
  const total = line.total
  const cost = (k: number) => Math.floor(total / 7) + (k < total % 7 ? 1 : 0)
  expect((await returnLines(shop, 'o1', 'r1', { C: 2 })).amount).toBe(cost(0) + cost(1))
  expect((await returnLines(shop, 'o1', 'r2', { C: 3 })).amount).toBe(cost(2) + cost(3) + cost(4))
  const last = await returnLines(shop, 'o1', 'r3', { C: 2, B: 1 })
  expect(last.giftsDue).toEqual([{ sku: 'MUG', quantity: 3 }])
  expect(last.order).toMatchObject({ total: 0 })
  expect(await spent(shop)).toEqual({ numberOfOrders: 0, amountSpent: 0 })
  // again: the same
  expect((await returnLines(shop, 'o1', 'r3', { C: 2, B: 1 })).giftsDue).toEqual([{ sku: 'MUG', quantity: 3 }])
})

test('limits that need somebody: reserve as nobody', async () => {
  const shop = await shopWith(
    off('PC', { ...CODE, perCustomerLimit: 1 }),
    off('UN', CODE, { maxUnitsPerCustomer: 2 }),
    off('FO', { ...CODE, firstOrderOnly: true }),
    off('auto', { perCustomerLimit: 1, scope: { skus: ['B'] } }),
    off('autofirst', { firstOrderOnly: true, scope: { skus: ['C'] } }),
  )
  for (const code of ['PC', 'UN', 'FO']) {
    expect((await quote(shop, null, { A: 1 }, [code])).total).toBe(9_000)
    expect(await reason(shop, { cart: { A: 1 }, codes: [code] })).toEqual([code, 'NOT_ELIGIBLE'])
  }
  for (const [sku, list, off] of [
    ['B', 5_000, 4_500],
    ['C', 100, 90],
  ] as const) {
    expect((await quote(shop, null, { [sku]: 1 })).total).toBe(off)
    expect(await reserve(shop, { cart: { [sku]: 1 }, total: off })).toMatchObject({ __typename: 'PriceChanged', quote: { total: list } })
  }
})

test('maxUnitsPerCustomer over versions and orders', async () => {
  const shop = await shopWith(off('U', {}, { maxUnitsPerCustomer: 3 }))
  await held(shop, { cart: { A: 2 }, as: 'mei' })
  expect((await quote(shop, 'mei', { A: 1 })).total).toBe(9_000)
  expect((await quote(shop, 'mei', { A: 2 }, [], true)).lines[0]).toMatchObject({
    total: 20_000,
    trace: [{ outcome: 'QUANTITY_TOO_HIGH' }],
  })
  await publishOffer(shop, off('U', { name: 'x' }, { maxUnitsPerCustomer: 4 }))
  expect((await quote(shop, 'mei', { A: 2 })).total).toBe(18_000)
  expect((await quote(shop, 'mei', { A: 3 })).total).toBe(30_000)
  expect((await quote(shop, 'mei', { B: 4 })).total).toBe(18_000)
})

test('budgets: the offers that would pass theirs are struck, the smallest code first', async () => {
  const shop = await shopWith(
    off('b1', { budget: 900, combination: 'STACKABLE' }),
    off('a2', { budget: 900, combination: 'STACKABLE' }),
    off('c3', { budget: 1_000, combination: 'STACKABLE' }),
  )
  // A: a2 1000 (over), b1 900 of 9000 ok, c3 810: only a2 is over. Struck: b1 takes 1000 > 900, c3 900: b1 struck, c3 1000 ok.
  const q = await quote(shop, 'mei', { A: 1 }, [], true)
  expect(q.lines[0]?.rules.map(({ code, amount }) => [code, amount])).toEqual([['c3', 1_000]])
  expect(q.lines[0]?.trace?.map(({ code, outcome }) => [code, outcome]).sort()).toEqual([
    ['a2', 'LIMIT_REACHED'],
    ['b1', 'LIMIT_REACHED'],
    ['c3', 'APPLIED'],
  ])
  await held(shop, { cart: { A: 1 }, as: 'mei' })
  expect(await usage(shop, 'c3')).toEqual([1, 1_000])
  expect(await usage(shop, 'a2')).toEqual([0, 0])
  // A budget that is used up entirely: nothing left
  const next = await quote(shop, 'mei', { C: 1 }, [], true)
  expect(next.lines[0]?.rules.map(({ code }) => code)).toEqual(['a2', 'b1'])
  expect(next.lines[0]?.trace?.find(({ code }) => code === 'c3')?.outcome).toBe('LIMIT_REACHED')
})

test('budget of a CODE offer passed by this cart: its code is refused, reserve says LIMIT_REACHED', async () => {
  const shop = await shopWith(off('X', { ...CODE, budget: 900 }))
  expect((await quote(shop, 'mei', { A: 1 }, ['X'])).refusedCodes).toEqual([{ code: 'X', outcome: 'LIMIT_REACHED' }])
  expect(await reason(shop, { cart: { A: 1 }, as: 'mei', codes: ['X'] })).toEqual(['X', 'LIMIT_REACHED'])
  expect((await quote(shop, 'mei', { B: 1 }, ['X'])).total).toBe(4_500)
})

test('a lowered limit only stops new uses', async () => {
  const shop = await shopWith(off('X', { ...CODE, totalLimit: 3 }))
  const one = await held(shop, { cart: { A: 1 }, codes: ['X'] })
  const two = await held(shop, { cart: { A: 1 }, codes: ['X'] })
  await publishOffer(shop, off('X', { ...CODE, totalLimit: 1 }))
  expect(await reason(shop, { cart: { A: 1 }, codes: ['X'] })).toEqual(['X', 'LIMIT_REACHED'])
  await release(shop, one.id)
  expect(await reason(shop, { cart: { A: 1 }, codes: ['X'] })).toEqual(['X', 'LIMIT_REACHED'])
  expect(await commit(shop, two.id, 'o2')).toMatchObject({ __typename: 'Order', total: 9_000 })
  await publishOffer(shop, off('X', { ...CODE }))
  expect(await reason(shop, { cart: { A: 1 }, codes: ['X'] })).toBe('Reservation')
})

test('limits of an offer that gives only a gift count too', async () => {
  const shop = await shopWith({ code: 'g', level: 'ORDER', totalLimit: 1, order: { steps: [{ minSubtotal: 1, gifts: [{ sku: 'MUG' }] }] } })
  const one = await held(shop, { cart: { A: 1 } })
  expect(one.quote.gifts).toEqual([{ sku: 'MUG', quantity: 1, offerCode: 'g' }])
  expect(await usage(shop, 'g')).toEqual([1, 0])
  expect((await held(shop, { cart: { A: 1 } })).quote.gifts).toEqual([])
})

test('firstOrderOnly counts no order that is only reserved; one that is committed stops it', async () => {
  const shop = await shopWith(off('F', { firstOrderOnly: true }))
  const a = await held(shop, { cart: { A: 1 }, as: 'mei' })
  expect((await quote(shop, 'mei', { A: 1 })).total).toBe(9_000)
  await commit(shop, a.id, 'o1')
  expect((await quote(shop, 'mei', { A: 1 }, [], true)).lines[0]).toMatchObject({ total: 10_000, trace: [{ outcome: 'NOT_FIRST_ORDER' }] })
})

test('a publishable key may not reserve, commit, release, extend, return, read reservation or order', async () => {
  const shop = await shopWith()
  const h = await held(shop, { cart: { A: 1 } })
  const pub = bearer(shop.keys.publishable)
  const ask = async (q: string, v: object = {}) => (await shop.ask('/storefront/graphql', pub, q, v)).errors[0]?.extensions.code
  expect(await ask(RESERVE, { input: await reserveInput(shop, { cart: { A: 1 } }) })).toBe('FORBIDDEN')
  expect(await ask(COMMIT, { input: { reservationId: h.id, orderExternalId: 'o1', idempotencyKey: newKey() } })).toBe('FORBIDDEN')
  expect(await ask(RELEASE, { input: { reservationId: h.id, idempotencyKey: newKey() } })).toBe('FORBIDDEN')
  expect(await ask('query ($id: ID!) { reservation(id: $id) { id } }', { id: h.id })).toBe('FORBIDDEN')
  expect(await ask('{ order(externalId: "o1") { id } }')).toBe('FORBIDDEN')
  expect(await ask('{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, explain: true) { total } }')).toBe('FORBIDDEN')
  expect(await ask('{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, explain: false) { total } }')).toBeUndefined()
  expect(await ask('{ quote(cart: { lines: [{ sku: "A", quantity: 1, listPrice: 10000 }] }) { total } }')).toBe('FORBIDDEN')
  expect(await ask('{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: { externalId: "mei" }) { total } }')).toBe('FORBIDDEN')
  expect(await ask('{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: { externalId: "nobody" }) { total } }')).toBe(
    'FORBIDDEN',
  )
  expect(await ask('{ memberPrices(items: [{ sku: "A", listPrice: 0 }]) { memberPrice } }')).toBe('FORBIDDEN')
  expect(await ask('{ shopper(customer: { externalId: "mei" }) { id } }')).toBe('FORBIDDEN')
})

test('UNKNOWN_CUSTOMER wherever a customer is named', async () => {
  const shop = await shopWith()
  const customer = { externalId: 'nobody' }
  expect(await errorOf(shop, RESERVE, { input: { ...(await reserveInput(shop, { cart: { A: 1 } })), customer } })).toBe('UNKNOWN_CUSTOMER')
  for (const q of [
    'quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: $c) { total }',
    'memberPrices(items: [{ sku: "A" }], customer: $c) { sku }',
    'shopper(customer: $c) { id }',
    'privateLink(token: "x", customer: $c) { eligible }',
  ])
    for (const c of [
      customer,
      { id: 'x' },
      { id: '00000000-0000-7000-8000-000000000000' },
      { email: 'a@b.example' },
      { phone: '+8613800000000' },
    ])
      expect([q, await errorOf(shop, `query ($c: CustomerRef) { ${q} }`, { c })]).toEqual([q, 'UNKNOWN_CUSTOMER'])
  expect(await errorOf(shop, 'mutation ($c: CustomerRef!) { issueShopperToken(customer: $c) { token } }', { c: customer })).toBe(
    'UNKNOWN_CUSTOMER',
  )
})

test('a stored quote is what was priced; later changes of rules change nothing', async () => {
  const shop = await shopWith(off('x'))
  const h = await held(shop, { cart: { A: 3 }, as: 'mei' })
  await publishOffer(shop, off('x', {}, { adjustment: { percentOff: 50 } }))
  await products(shop, { A: 1 })
  expect((await reservation(shop, h.id)).quote).toEqual(h.quote)
  expect((await commit(shop, h.id, 'o1')).total).toBe(27_000)
})

test('reading a hold whose time is over says EXPIRED, and it never lives again', async () => {
  const shop = await shopWith()
  const h = await held(shop, { cart: { A: 1 } })
  await letExpire(shop, h.id)
  expect((await reservation(shop, h.id)).status).toBe('EXPIRED')
  expect((await release(shop, h.id)).status).toBe('EXPIRED')
  expect(await reservation(shop, '00000000-0000-7000-8000-000000000000')).toBeNull()
  expect(await reservation(shop, 'x')).toBeNull()
})

test('a key is counted in characters, not in units of an encoding', async () => {
  const shop = await shopWith()
  const input = await reserveInput(shop, { cart: { A: 1 } })
  for (const [key, taken] of [
    ['😀'.repeat(4), false],
    ['😀'.repeat(8), true],
    ['😀'.repeat(128), true],
    ['😀'.repeat(129), false],
    ['你'.repeat(8), true],
  ] as const)
    expect(await errorOf(shop, RESERVE, { input: { ...input, idempotencyKey: key } })).toBe(taken ? undefined : 'BAD_USER_INPUT')
})
