import { expect, test } from 'vitest'
import { customers, products, publishLadder, publishOffer, tiers } from '../harness/acts.ts'
import { commit, held, letExpire, newKey, RESERVE, release, reserve, returnLines } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { createLink, link, open, refusedLink, revokeLink, VIEW, view } from '../harness/links.ts'
import { QUOTE_FIELDS } from '../harness/priced.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

async function shopWith(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 5_000 })
  await customers(shop, { mei: {}, li: {} })
  return shop
}
type Line = [sku: string, quantity: number, listPrice?: number]
const price = async (shop: TestShop, token: string, lines: Line[], as?: string, more: object = {}, explain = true) =>
  (
    await shop.storefront(
      `query ($cart: CartInput!, $customer: CustomerRef, $explain: Boolean) { quote(cart: $cart, customer: $customer, explain: $explain) { ${QUOTE_FIELDS} } }`,
      {
        cart: { lines: lines.map(([sku, quantity, listPrice]) => ({ sku, quantity, listPrice })), privateLinkToken: token, ...more },
        customer: as === undefined ? undefined : { externalId: as },
        explain,
      },
    )
  ).quote
const reason = async (shop: TestShop, wanted: Parameters<typeof reserve>[1]) => {
  const answer = await reserve(shop, wanted)
  return answer.__typename === 'OfferUnavailable' ? [answer.code, answer.reason] : answer.__typename
}

test("a link's price, its rule's code is its id and never its token", async () => {
  const shop = await shopWith()
  const { link: made, token } = await createLink(shop)
  const q = await price(shop, token, [
    ['A', 1],
    ['B', 1],
  ])
  expect(q.lines[0]).toMatchObject({
    unitPrice: 5_000,
    rules: [{ kind: 'PRIVATE_LINK', code: made.id, amount: 5_000 }],
    trace: [{ kind: 'PRIVATE_LINK', code: made.id, outcome: 'APPLIED', price: 5_000 }],
  })
  expect(q.lines[1]).toMatchObject({
    unitPrice: 5_000,
    rules: [],
    trace: [{ kind: 'PRIVATE_LINK', code: made.id, outcome: 'NOT_IN_SCOPE', price: null }],
  })
  expect(q.refusedLink).toBeNull()
  expect(JSON.stringify(q)).not.toContain(token)
})

test('more units than maxQuantity over all lines do not get the price', async () => {
  const shop = await shopWith()
  const { token } = await createLink(shop, { items: [{ sku: 'A', quantity: 1, maxQuantity: 3, adjustment: { percentOff: 50 } }] })
  const two = await price(shop, token, [
    ['A', 1],
    ['A', 2],
  ])
  expect(two.total).toBe(15_000)
  const four = await price(shop, token, [
    ['A', 2],
    ['A', 2],
  ])
  expect([four.total, four.refusedLink]).toEqual([40_000, 'QUANTITY_TOO_HIGH'])
  const { token: other } = await createLink(shop, { items: [{ sku: 'A', quantity: 2, adjustment: { percentOff: 50 } }] })
  expect(await refusedLink(shop, other, undefined, { A: 2 })).toBeNull()
  expect(await refusedLink(shop, other, undefined, { A: 3 })).toBe('QUANTITY_TOO_HIGH')
  expect(await refusedLink(shop, other, undefined, { A: 1 })).toBeNull()
  expect(await refusedLink(shop, other, undefined, { B: 1 })).toBe('NOT_IN_SCOPE')
  expect(await reason(shop, { cart: { A: 3 }, token: other })).toBe('Reservation')
})

test('a ladder that is better beats the link, a tie goes to the ladder', async () => {
  const shop = await shopWith()
  await tiers(shop, 'silver', 'gold')
  await customers(shop, { wang: 'silver', zhao: 'gold' })
  await publishLadder(shop, 'l', { silver: 50, gold: 60 })
  const { token, link: made } = await createLink(shop)
  for (const as of ['wang', 'zhao']) {
    const q = await price(shop, token, [['A', 1]], as)
    expect([q.refusedLink, q.lines[0].rules[0].kind]).toEqual(['BEATEN', 'LADDER'])
  }
  expect((await price(shop, token, [['A', 1]], 'mei')).refusedLink).toBeNull()
  // not spent by a cart that it gives nothing
  await held(shop, { cart: { A: 1 }, as: 'zhao', token })
  expect(await link(shop, made.id)).toMatchObject({ uses: 0, status: 'ACTIVE' })
})

test('a tie of the link and an exclusive offer goes to the link, stackable ones go on from it', async () => {
  const shop = await shopWith()
  await publishOffer(shop, { code: 'tie', level: 'PRODUCT', priority: 9, product: { adjustment: { fixedPrice: 5_000 } } })
  await publishOffer(shop, { code: 'more', level: 'PRODUCT', combination: 'STACKABLE', product: { adjustment: { amountOff: 100 } } })
  await publishOffer(shop, { code: 'order', level: 'ORDER', order: { steps: [{ minSubtotal: 1, amountOff: 7 }] } })
  const { token, link: made } = await createLink(shop)
  const q = await price(shop, token, [['A', 1]])
  expect(q.lines[0].rules.map(({ code, amount }: { code: string; amount: number }) => [code, amount])).toEqual([
    [made.id, 5_000],
    ['more', 100],
  ])
  expect(q.total).toBe(4_893)
})

test('a link reaches a sku without catalogue facts by a trusted list price', async () => {
  const shop = await shopWith()
  const { token } = await createLink(shop, { items: [{ sku: 'NEW', adjustment: { fixedPrice: 30 } }] })
  expect((await price(shop, token, [['NEW', 1, 100]])).total).toBe(30)
})

test('for an audience: lost between quote and reserve', async () => {
  const shop = await shopWith()
  await customers(shop, { vip: { tags: ['vip'] } })
  const { token, link: made } = await createLink(shop, { audience: "customer_tags CONTAINS 'VIP'" })
  expect((await price(shop, token, [['A', 1]], 'vip')).total).toBe(5_000)
  await shop.admin('mutation { tagCustomers(customers: [{ externalId: "vip" }], remove: ["vip"]) }')
  expect(await reason(shop, { cart: { A: 1 }, as: 'vip', token, total: 5_000 })).toEqual([made.id, 'NOT_ELIGIBLE'])
  expect(await refusedLink(shop, token, 'vip')).toBe('NOT_IN_AUDIENCE')
  expect(await view(shop, token, 'vip')).toEqual({ eligible: false, message: null, validUntil: null, usesLeft: null, items: [] })
  expect(await refusedLink(shop, token)).toBe('NOT_IN_AUDIENCE')
  expect(await view(shop, token)).toEqual({ eligible: false, message: null, validUntil: null, usesLeft: null, items: [] })
})

test('what refusedLink and reserve say of each kind of bad link', async () => {
  const shop = await shopWith()
  const item = { items: [{ sku: 'A', adjustment: { percentOff: 50 } }] }
  const revoked = await createLink(shop, item)
  await revokeLink(shop, revoked.link.id)
  const early = await createLink(shop, { validFrom: '2126-01-01T00:00:00Z' })
  const used = await createLink(shop)
  await held(shop, { cart: { A: 1 }, token: used.token })
  const say = async (token: string) => [
    await refusedLink(shop, token),
    await reason(shop, { cart: { A: 1 }, token }),
    await view(shop, token),
  ]
  expect(await say(revoked.token)).toEqual(['NOT_LIVE', [revoked.link.id, 'REVOKED'], null])
  expect(await say(early.token)).toEqual(['NOT_LIVE', [early.link.id, 'NOT_LIVE'], null])
  expect(await say(used.token)).toEqual(['LIMIT_REACHED', [used.link.id, 'LIMIT_REACHED'], null])
  const [, [, unknown]] = (await say(`${shop.code}.nothing`)) as [unknown, [string, string]]
  expect(unknown).toBe('UNKNOWN')
  expect(await refusedLink(shop, 'x')).toBe('UNKNOWN_CODE')
})

test('the first in the order of the cart: codes, then the link', async () => {
  const shop = await shopWith()
  const { token, link: made } = await createLink(shop)
  await revokeLink(shop, made.id)
  expect(await reason(shop, { cart: { A: 1 }, codes: ['no'], token })).toEqual(['no', 'UNKNOWN'])
})

test('a link that is over the cart total: unavailable before the price has changed', async () => {
  const shop = await shopWith()
  const { token, link: made } = await createLink(shop)
  await revokeLink(shop, made.id)
  expect(await reason(shop, { cart: { A: 1 }, token, total: 1 })).toEqual([made.id, 'REVOKED'])
})

test('uses by customer, and not by nobody', async () => {
  const shop = await shopWith()
  const { token, link: made } = await createLink(shop, { maxUses: 5, maxUsesPerCustomer: 1 })
  expect(await view(shop, token, 'mei')).toMatchObject({ eligible: true, usesLeft: 1 })
  const one = await held(shop, { cart: { A: 1 }, as: 'mei', token })
  expect(await refusedLink(shop, token, 'mei')).toBe('LIMIT_REACHED')
  expect(await reason(shop, { cart: { A: 1 }, as: 'mei', token })).toEqual([made.id, 'LIMIT_REACHED'])
  expect(await reason(shop, { cart: { A: 1 }, token })).toEqual([made.id, 'NOT_ELIGIBLE'])
  expect(await reason(shop, { cart: { A: 1 }, as: 'li', token })).toBe('Reservation')
  await release(shop, one.id)
  const two = await held(shop, { cart: { A: 1 }, as: 'mei', token })
  await letExpire(shop, two.id)
  expect(await reason(shop, { cart: { A: 1 }, as: 'mei', token })).toBe('Reservation')
})

test('counting: opens, uses, orders and revenue', async () => {
  const shop = await shopWith()
  const { token, link: made } = await createLink(shop, {
    maxUses: 3,
    items: [{ sku: 'A', maxQuantity: 5, adjustment: { percentOff: 50 } }],
  })
  await open(shop, token)
  await open(shop, token, 'head')
  await open(shop, token)
  const one = await held(shop, { cart: { A: 2, B: 1 }, as: 'mei', token })
  expect(await link(shop, made.id)).toMatchObject({ opens: 2, uses: 1, revenue: 0, reservations: 1, orders: 0 })
  await commit(shop, one.id, 'o1')
  expect(await link(shop, made.id)).toMatchObject({ opens: 2, uses: 1, revenue: 15_000, orders: 1 })
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect(await link(shop, made.id)).toMatchObject({ revenue: 10_000 })
})

test('the redirect', async () => {
  const shop = await shopWith()
  await shop.admin('mutation { updateShop(input: { privateLinkUrl: "https://shop.example/gift?t={token}&x=1" }) { code } }')
  const { token, url } = await createLink(shop)
  expect(url).toBe(`https://shop.example/gift?t=${token}&x=1`)
  for (const method of ['get', 'head'] as const) {
    const answer = await open(shop, token, method)
    expect(answer.status).toBe(302)
    expect(answer.headers).toMatchObject({ location: url, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  }
})

test('bad tokens have the same bytes', async () => {
  const shop = await shopWith()
  const revoked = await createLink(shop)
  await revokeLink(shop, revoked.link.id)
  const used = await createLink(shop)
  await held(shop, { cart: { A: 1 }, token: used.token })
  const answers = []
  for (const token of [revoked.token, used.token, `${shop.code}.x`, 'x', `${used.token}x`, '%00', 'a%2Fb', '%E4%BD%A0']) {
    const { status, text, headers } = await open(shop, token)
    const { date, 'x-request-id': _, ...rest } = headers
    answers.push(JSON.stringify([status, text, rest]))
  }
  expect(new Set(answers).size).toBe(1)
})

test('of a publishable key: a link may be looked at and tried, by its shopper', async () => {
  const shop = await shopWith()
  const { token } = await createLink(shop, { customers: [{ externalId: 'mei' }], message: 'hello', maxUses: null })
  const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
  const browser = bearer(shop.keys.publishable)
  const asMei = { ...browser, 'x-shopper-token': issueShopperToken.token }
  const ask = (headers: Record<string, string>, variables: object) =>
    shop.ask('/storefront/graphql', headers, VIEW, { token, ...variables })
  expect((await ask(browser, {})).data?.privateLink).toMatchObject({ eligible: false, items: [] })
  expect((await ask(asMei, {})).data?.privateLink).toEqual({
    eligible: true,
    message: 'hello',
    validUntil: null,
    usesLeft: null,
    items: [{ sku: 'A', quantity: 1, listPrice: 10_000, price: 5_000 }],
  })
  expect((await ask(asMei, { customer: { externalId: 'mei' } })).errors[0]?.extensions.code).toBe('FORBIDDEN')
  const Q = 'query ($t: String!) { quote(cart: { lines: [{ sku: "A", quantity: 1 }], privateLinkToken: $t }) { total refusedLink } }'
  expect((await shop.ask('/storefront/graphql', asMei, Q, { t: token })).data?.quote).toEqual({ total: 5_000, refusedLink: null })
  expect((await shop.ask('/storefront/graphql', browser, Q, { t: token })).data?.quote).toEqual({
    total: 10_000,
    refusedLink: 'NOT_IN_AUDIENCE',
  })
  expect(
    (await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), VIEW, { token, customer: { externalId: 'nobody' } })).errors[0]
      ?.extensions.code,
  ).toBe('UNKNOWN_CUSTOMER')
})

test('a private view shows the price for the quantity with ladders and product offers of this shopper', async () => {
  const shop = await shopWith()
  await tiers(shop, 'gold')
  await customers(shop, { zhao: 'gold' })
  await publishLadder(shop, 'l', { gold: 60 })
  const { token } = await createLink(shop, {
    items: [
      { sku: 'A', quantity: 2, adjustment: { percentOff: 50 } },
      { sku: 'B', adjustment: { percentOff: 70 } },
    ],
  })
  expect((await view(shop, token, 'zhao')).items).toEqual([
    { sku: 'A', quantity: 2, listPrice: 10_000, price: 4_000 },
    { sku: 'B', quantity: 1, listPrice: 5_000, price: 1_500 },
  ])
})

test('no token in errors', async () => {
  const shop = await shopWith()
  const { token } = await createLink(shop)
  const answer = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), RESERVE, {
    input: { cart: { lines: [{ sku: 'nothing', quantity: 1 }], privateLinkToken: token }, idempotencyKey: newKey(), expectedTotal: 1 },
  })
  expect(answer.errors[0]?.extensions.code).toBe('UNKNOWN_SKU')
  expect(JSON.stringify(answer)).not.toContain(token)
})

test('a link item keeps the floor, and a discount rounds', async () => {
  const shop = await shopWith()
  await products(shop, { F: { listPrice: 101, floorPrice: 60 } as object })
  const { token } = await createLink(shop, { items: [{ sku: 'F', adjustment: { fixedPrice: 10 } }] })
  expect((await price(shop, token, [['F', 1]])).total).toBe(60)
  const { token: t2 } = await createLink(shop, { items: [{ sku: 'F', adjustment: { fixedPrice: 500 } }] })
  const q = await price(shop, t2, [['F', 1]])
  expect([q.total, q.refusedLink]).toEqual([101, 'BEATEN'])
})

test('one item a sku, at least one item', async () => {
  const shop = await shopWith()
  const refuse = async (more: object) => {
    const { errors } = await shop.ask(
      '/admin/graphql',
      bearer(shop.keys.owner),
      'mutation ($i: PrivateLinkInput!) { createPrivateLink(input: $i) { token } }',
      {
        i: { name: 'x', items: [{ sku: 'A', adjustment: { percentOff: 50 } }], ...more },
      },
    )
    return errors[0]?.extensions.code
  }
  const a = { sku: 'A', adjustment: { percentOff: 50 } }
  expect(await refuse({ items: [a, a] })).toBe('BAD_USER_INPUT')
  expect(await refuse({ items: [] })).toBe('BAD_USER_INPUT')
  expect(await refuse({ items: [{ ...a, quantity: 3, maxQuantity: 2 }] })).toBe('BAD_USER_INPUT')
  expect(await refuse({ maxUses: 0 })).toBe('BAD_USER_INPUT')
  expect(await refuse({ audience: 'nope = 1' })).toBe('BAD_QUERY')
  expect(await refuse({ customers: [{ externalId: 'nobody' }] })).toBe('UNKNOWN_CUSTOMER')
  expect(await refuse({ validFrom: '2030-01-01T00:00:00Z', validUntil: '2029-01-01T00:00:00Z' })).toBe('BAD_USER_INPUT')
})
