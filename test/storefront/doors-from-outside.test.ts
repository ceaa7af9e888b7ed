import { expect, test } from 'vitest'
import { customers, orders, products, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Who gets in, as whom, and what one shop's names are worth in another.

type Headers = Record<string, string>
const SHOPPER = '{ shopper { externalId tags } }'
const TOKEN =
  'mutation ($customer: CustomerRef!, $ttlSeconds: Int) { issueShopperToken(customer: $customer, ttlSeconds: $ttlSeconds) { token expiresAt } }'

const tokenOf = async (shop: TestShop, externalId: string): Promise<string> =>
  (await shop.storefront(TOKEN, { customer: { externalId } })).issueShopperToken.token
const codesOf = async (shop: TestShop, path: 'admin' | 'storefront', headers: Headers, query: string, variables = {}) =>
  (await shop.ask(`/${path}/graphql`, headers, query, variables)).errors.map(({ extensions }) => extensions.code)
const asBrowser = (shop: TestShop, token: string): Headers => ({ ...bearer(shop.keys.publishable), 'x-shopper-token': token })

async function shopWithAnn(): Promise<TestShop> {
  const shop = await openTestShop()
  await customers(shop, {
    ann: { tags: ['vip'], email: 'ann@example.com', emailVerified: true, phone: '13800000001', phoneVerified: true },
  })
  return shop
}

test('a token is of one shop and whole, or it is refused', async () => {
  const [shop, other] = [await shopWithAnn(), await shopWithAnn()]
  const token = await tokenOf(shop, 'ann')
  expect((await shop.ask('/storefront/graphql', asBrowser(shop, token), SHOPPER)).data).toEqual({
    shopper: { externalId: 'ann', tags: null },
  })
  const [head = '', body = '', signature = ''] = token.split('.')
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
  const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), exp: 9_999_999_999 })).toString(
    'base64url',
  )
  const bad = [
    await tokenOf(other, 'ann'),
    unsigned,
    `${head}.${forged}.${signature}`,
    `${head}.${body}.`,
    `${head}.${body}`,
    'x',
    'a.b.c',
    '\u00ff',
    'x'.repeat(5_000),
  ]
  for (const wrong of bad)
    expect([wrong.slice(0, 40), await codesOf(shop, 'storefront', asBrowser(shop, wrong), SHOPPER)]).toEqual([
      wrong.slice(0, 40),
      ['UNAUTHENTICATED'],
    ])
})

test.each([
  [59, ['BAD_USER_INPUT']],
  [60, []],
  [86_400, []],
  [86_401, ['BAD_USER_INPUT']],
  [null, []],
])('a token for %s seconds: %j', async (ttlSeconds, codes) => {
  const shop = await shopWithAnn()
  expect(await codesOf(shop, 'storefront', bearer(shop.keys.plugin), TOKEN, { customer: { externalId: 'ann' }, ttlSeconds })).toEqual(codes)
})

test('a key opens its own door only, and nothing once it is revoked or over', async () => {
  const shop = await shopWithAnn()
  const make = async (input: object) =>
    (await shop.admin('mutation ($input: KeyInput!) { createKey(input: $input) { id secret } }', { input })).createKey
  const staff = await make({ kind: 'ADMIN', name: 'clerk', role: 'SERVICE' })
  const soon = await make({ kind: 'PLUGIN', name: 'soon over', expiresAt: new Date(Date.now() + 1_500).toISOString() })
  expect(await codesOf(shop, 'admin', bearer(staff.secret), '{ shop { code } }')).toEqual([])
  expect(await codesOf(shop, 'storefront', bearer(staff.secret), '{ shop { code } }')).toHaveLength(1)
  expect(await codesOf(shop, 'admin', bearer(shop.keys.plugin), '{ shop { code } }')).toHaveLength(1)
  expect(await codesOf(shop, 'admin', bearer(shop.keys.publishable), '{ shop { code } }')).toHaveLength(1)
  expect(await codesOf(shop, 'storefront', bearer(soon.secret), '{ shop { code } }')).toEqual([])
  await shop.admin('mutation ($id: ID!) { revokeKey(id: $id) }', { id: staff.id })
  expect(await codesOf(shop, 'admin', bearer(staff.secret), '{ shop { code } }')).toEqual(['UNAUTHENTICATED'])
  const again = await shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation ($id: ID!) { revokeKey(id: $id) }', { id: staff.id })
  expect(again.errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND'])
  await new Promise((resolve) => setTimeout(resolve, 1_600))
  expect(await codesOf(shop, 'storefront', bearer(soon.secret), '{ shop { code } }')).toEqual(['UNAUTHENTICATED'])
})

test('no role makes a key above its own, and only admin keys have roles', async () => {
  const shop = await openTestShop()
  const manager = bearer(await shop.key('ADMIN', 'MANAGER'))
  const make = (headers: Headers, kind: string, role: string | null) =>
    codesOf(shop, 'admin', headers, 'mutation ($input: KeyInput!) { createKey(input: $input) { id } }', {
      input: { kind, name: 'k', role },
    })
  expect(await make(manager, 'ADMIN', 'OWNER')).toEqual(['FORBIDDEN'])
  expect(await make(manager, 'ADMIN', 'MANAGER')).toEqual([])
  expect(await make(manager, 'ADMIN', null)).toEqual(['BAD_USER_INPUT'])
  expect(await make(manager, 'PLUGIN', 'ANALYST')).toEqual(['BAD_USER_INPUT'])
  for (const role of ['MARKETER', 'SERVICE', 'ANALYST'] as const)
    expect([role, await make(bearer(await shop.key('ADMIN', role)), 'PLUGIN', null)]).toEqual([role, ['FORBIDDEN']])
})

test("another shop's names name nobody and nothing", async () => {
  const [shop, other] = [await shopWithAnn(), await openTestShop()]
  await products(shop, { A: 100 })
  await tiers(shop, 'gold')
  await orders(shop, ['ann', 'A', 100, 1, '2026-01-01T00:00:00Z'])
  const { customers: all, keys } = await shop.admin('{ customers { nodes { id } } keys { id } }')
  const refs = [{ id: all.nodes[0].id }, { externalId: 'ann' }, { email: 'ann@example.com' }, { phone: '13800000001' }]
  const find = 'query ($ref: CustomerRef!) { customer(ref: $ref) { externalId } }'
  for (const ref of refs) {
    expect((await shop.admin(find, { ref })).customer).toEqual({ externalId: 'ann' })
    expect((await other.admin(find, { ref })).customer).toBeNull()
    expect(await codesOf(other, 'storefront', bearer(other.keys.plugin), TOKEN, { customer: ref })).toEqual(['UNKNOWN_CUSTOMER'])
    const tag = 'mutation ($refs: [CustomerRef!]!) { tagCustomers(customers: $refs, add: ["x"]) }'
    expect(await codesOf(other, 'admin', bearer(other.keys.owner), tag, { refs: [ref] })).toEqual(['UNKNOWN_CUSTOMER'])
    const query = '($c: CustomerRef) { shopper(customer: $c) { id } }'
    expect(await codesOf(other, 'storefront', bearer(other.keys.plugin), `query ${query}`, { c: ref })).toEqual(['UNKNOWN_CUSTOMER'])
  }
  expect(await codesOf(other, 'admin', bearer(other.keys.owner), `mutation { revokeKey(id: "${keys[0].id}") }`)).toEqual(['NOT_FOUND'])
  expect(await codesOf(other, 'admin', bearer(other.keys.owner), 'mutation { deleteTier(code: "gold") }')).toEqual(['UNKNOWN_TIER'])
  expect(
    await other.admin('{ product(sku: "A") { sku } customers { totalCount } orders { totalCount } tags { totalCount } tiers { code } }'),
  ).toEqual({
    product: null,
    customers: { totalCount: 0 },
    orders: { totalCount: 0 },
    tags: { totalCount: 0 },
    tiers: [],
  })
})

test('a browser names nobody, sets no price and asks for no reasons', async () => {
  const shop = await shopWithAnn()
  await products(shop, { A: 100 })
  const headers = asBrowser(shop, await tokenOf(shop, 'ann'))
  const forbidden = [
    '{ shopper(customer: { externalId: "ann" }) { id } }',
    '{ memberPrices(items: [{ sku: "A" }], customer: { externalId: "ann" }) { sku } }',
    '{ memberPrices(items: [{ sku: "A", listPrice: 1 }]) { sku } }',
    '{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: { externalId: "ann" }) { total } }',
    '{ quote(cart: { lines: [{ sku: "A", quantity: 1, listPrice: 1 }] }) { total } }',
    '{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, explain: true) { total } }',
    '{ order(externalId: "x") { id } }',
    'mutation { issueShopperToken(customer: { externalId: "ann" }) { token } }',
    'mutation { upsertProducts(products: [{ sku: "A", name: "A", listPrice: 1 }]) }',
    'mutation { upsertCompanies(companies: []) }',
    'mutation { upsertCustomers(customers: []) { id } }',
    'mutation { recordOrders(orders: []) { id } }',
  ]
  for (const query of forbidden) expect([query, await codesOf(shop, 'storefront', headers, query)]).toEqual([query, ['FORBIDDEN']])
  const fine = '{ quote(cart: { lines: [{ sku: "A", quantity: 1 }] }, explain: false, customer: null) { total lines { trace { code } } } }'
  expect((await shop.ask('/storefront/graphql', headers, fine)).data).toEqual({ quote: { total: 100, lines: [{ trace: null }] } })
})
