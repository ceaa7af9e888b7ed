import { expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const FILE = `id externalId name email emailVerified phone phoneVerified city registeredAt attributes tags
  consents { channel granted } identities { kind value verified }
  statistics { numberOfOrders amountSpent largestOrderAmount } orders { totalCount }`
const MERGE = `mutation ($from: CustomerRef!, $into: CustomerRef!, $reason: String!) { mergeCustomers(from: $from, into: $into, reason: $reason) { ${FILE} } }`
const UNMERGE = `mutation ($from: ID!) { unmergeCustomer(from: $from) { ${FILE} } }`

const by = (externalId: string) => ({ externalId })
const merge = async (shop: TestShop, from: string, into: string) =>
  (await shop.admin(MERGE, { from: by(from), into: by(into), reason: 'the same person' })).mergeCustomers
const unmerge = async (shop: TestShop, from: string) => (await shop.admin(UNMERGE, { from })).unmergeCustomer
const fileOf = async (shop: TestShop, ref: object) =>
  (await shop.admin(`query ($ref: CustomerRef!) { customer(ref: $ref) { ${FILE} } }`, { ref })).customer
const idOf = async (shop: TestShop, externalId: string): Promise<string> => (await fileOf(shop, by(externalId))).id
const refusal = async (shop: TestShop, query: string, variables: object) => {
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)
  return { code: errors[0]?.extensions.code, inputPath: errors[0]?.extensions.inputPath }
}

const FROM = {
  email: 'Old@example.com',
  emailVerified: true,
  phone: '13800000001',
  phoneVerified: true,
  name: 'Mei L.',
  city: '深圳',
  registeredAt: '2024-01-01T00:00:00.000Z',
  tags: ['led', 'VIP'],
  attributes: { size: 'S', shoe: 36 },
  consents: [{ channel: 'SMS', granted: true, at: '2025-01-01T00:00:00Z' }],
  identities: [
    { kind: 'unionid', value: 'o-1' },
    { kind: 'nick', value: '小梅' },
  ],
}
const INTO = {
  email: 'new@example.com',
  emailVerified: true,
  name: 'Mei',
  registeredAt: '2025-01-01T00:00:00.000Z',
  tags: ['vip'],
  attributes: { size: 'M' },
  consents: [{ channel: 'SMS', granted: false, at: '2024-06-01T00:00:00Z' }],
  identities: [{ kind: 'nick', value: '小梅' }],
}

async function shopWithTwo(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { from: FROM, into: INTO })
  await orders(shop, ['from', 'A', 10_000, 2, '2026-01-05T03:00:00Z'], ['into', 'A', 5_000, 1, '2026-02-05T03:00:00Z'])
  return shop
}

test("everything of one customer becomes the other's, and what that one lacked is filled in", async () => {
  const shop = await shopWithTwo()
  const id = await idOf(shop, 'into')
  expect(await merge(shop, 'from', 'into')).toEqual({
    id,
    externalId: 'into',
    name: 'Mei',
    email: 'new@example.com',
    emailVerified: true,
    phone: '13800000001',
    phoneVerified: true,
    city: '深圳',
    registeredAt: '2024-01-01T00:00:00.000Z',
    attributes: { size: 'M', shoe: 36 },
    tags: ['led', 'VIP'],
    consents: [{ channel: 'SMS', granted: true }],
    identities: [
      { kind: 'externalId', value: 'into', verified: true },
      { kind: 'externalId', value: 'from', verified: true },
      { kind: 'email', value: 'new@example.com', verified: true },
      { kind: 'email', value: 'old@example.com', verified: true },
      { kind: 'nick', value: '小梅', verified: false },
      { kind: 'phone', value: '13800000001', verified: true },
      { kind: 'unionid', value: 'o-1', verified: false },
    ],
    statistics: { numberOfOrders: 2, amountSpent: 25_000, largestOrderAmount: 20_000 },
    orders: { totalCount: 2 },
  })
})

test('every name of the merged customer leads to the other, at the storefront too', async () => {
  const shop = await shopWithTwo()
  const [from, into] = [await idOf(shop, 'from'), await idOf(shop, 'into')]
  const shopper = async (customer: object) =>
    (await shop.storefront('query ($customer: CustomerRef) { shopper(customer: $customer) { id } }', { customer })).shopper.id
  expect(await shopper(by('from'))).toBe(from)
  await merge(shop, 'from', 'into')
  for (const ref of [by('from'), { id: from }, { email: 'old@example.com' }, { phone: '13800000001' }]) {
    expect((await fileOf(shop, ref)).id).toBe(into)
    expect(await shopper(ref)).toBe(into)
  }
})

test("who was merged is no longer one of the shop's customers", async () => {
  const shop = await shopWithTwo()
  await merge(shop, 'from', 'into')
  expect((await shop.admin('{ customers { totalCount nodes { externalId } } }')).customers).toEqual({
    totalCount: 1,
    nodes: [{ externalId: 'into' }],
  })
  expect((await shop.admin('{ tags { nodes { name customerCount } } }')).tags.nodes).toEqual([
    { name: 'led', customerCount: 1 },
    { name: 'VIP', customerCount: 1 },
  ])
})

test('undoing a merge gives both back as they were', async () => {
  const shop = await shopWithTwo()
  const [from, into] = [await fileOf(shop, by('from')), await fileOf(shop, by('into'))]
  await merge(shop, 'from', 'into')
  expect(await unmerge(shop, from.id)).toEqual(from)
  expect(await fileOf(shop, by('from'))).toEqual(from)
  expect(await fileOf(shop, { email: 'old@example.com' })).toEqual(from)
  expect(await fileOf(shop, by('into'))).toEqual(into)
})

test('what came since a merge stays when it is undone', async () => {
  const shop = await shopWithTwo()
  const from = await idOf(shop, 'from')
  await merge(shop, 'from', 'into')
  await orders(shop, ['from', 'A', 1_000, 1, '2026-03-05T03:00:00Z'])
  await customers(shop, { into: { city: '广州', tags: ['since'], attributes: { shoe: 37 } } })
  const apart = await unmerge(shop, from)
  expect(apart).toMatchObject({ city: '深圳', tags: ['led', 'VIP'], attributes: { size: 'S', shoe: 36 }, orders: { totalCount: 1 } })
  expect(await fileOf(shop, by('into'))).toMatchObject({
    city: '广州',
    tags: ['since', 'VIP'],
    attributes: { size: 'M', shoe: 37 },
    phone: null,
    orders: { totalCount: 2 },
    statistics: { numberOfOrders: 2, amountSpent: 6_000 },
  })
})

test('a name that was given away since is not taken back from whoever has it', async () => {
  const shop = await shopWithTwo()
  const from = await idOf(shop, 'from')
  await merge(shop, 'from', 'into')
  await customers(shop, { into: { phone: '13900000009' } })
  await customers(shop, { third: { phone: '13800000001', phoneVerified: true } })
  expect(await unmerge(shop, from)).toMatchObject({ phone: '13800000001', phoneVerified: false })
  expect((await fileOf(shop, { phone: '13800000001' })).externalId).toBe('third')
})

test('what the shop tells of the merged external id is told of the other, with its email beside', async () => {
  const shop = await shopWithTwo()
  const into = await idOf(shop, 'into')
  await merge(shop, 'from', 'into')
  const { upsertCustomers } = await shop.storefront(
    'mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id } }',
    { customers: [{ externalId: 'from', email: 'third@example.com', emailVerified: true, city: '广州', tags: ['told'] }] },
  )
  expect(upsertCustomers).toEqual([{ id: into }])
  expect(await fileOf(shop, by('into'))).toMatchObject({
    email: 'new@example.com',
    emailVerified: true,
    city: '广州',
    tags: ['led', 'told', 'VIP'],
  })
  expect((await fileOf(shop, { email: 'third@example.com' })).id).toBe(into)
  expect((await fileOf(shop, { email: 'new@example.com' })).id).toBe(into)
})

test('a merge of what is merged already is refused, and says why', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null, b: null, c: null })
  const attempt = (from: string, into: string) => refusal(shop, MERGE, { from: by(from), into: by(into), reason: 'x' })
  expect(await attempt('a', 'a')).toEqual({ code: 'CONFLICT', inputPath: ['from'] })
  await merge(shop, 'a', 'b')
  expect(await attempt('a', 'b')).toEqual({ code: 'CONFLICT', inputPath: ['from'] })
  expect(await attempt('a', 'c')).toEqual({ code: 'CONFLICT', inputPath: ['from'] })
  expect(await attempt('c', 'a')).toEqual({ code: 'CONFLICT', inputPath: ['into'] })
  expect(await attempt('b', 'a')).toEqual({ code: 'CONFLICT', inputPath: ['into'] })
  expect(await attempt('nobody', 'a')).toEqual({ code: 'UNKNOWN_CUSTOMER', inputPath: ['from'] })
  expect(await attempt('c', 'nobody')).toEqual({ code: 'UNKNOWN_CUSTOMER', inputPath: ['into'] })
})

test('merges one after another are undone the last first', async () => {
  const shop = await openTestShop()
  await customers(shop, {
    a: { email: 'a@example.com', emailVerified: true, tags: ['a'] },
    b: { email: 'b@example.com', emailVerified: true, tags: ['b'] },
    c: null,
  })
  const [a, b, c] = [await fileOf(shop, by('a')), await fileOf(shop, by('b')), await fileOf(shop, by('c'))]
  await merge(shop, 'a', 'b')
  expect(await merge(shop, 'b', 'c')).toMatchObject({ id: c.id, tags: ['a', 'b'] })
  expect((await fileOf(shop, by('a'))).id).toBe(c.id)
  expect((await fileOf(shop, { email: 'a@example.com' })).id).toBe(c.id)
  expect(await refusal(shop, UNMERGE, { from: a.id })).toEqual({ code: 'CONFLICT', inputPath: ['from'] })
  await unmerge(shop, b.id)
  expect((await fileOf(shop, by('a'))).id).toBe(b.id)
  await unmerge(shop, a.id)
  expect(await Promise.all(['a', 'b', 'c'].map((id) => fileOf(shop, by(id))))).toEqual([a, b, c])
})

test('staff see who was merged into a customer, and why, until it is undone', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { name: 'Mei L.' }, b: null, c: null })
  const a = await idOf(shop, 'a')
  const merged = async (externalId: string) =>
    (
      await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { mergedCustomers { id externalId name reason } } }', {
        ref: by(externalId),
      })
    ).customer.mergedCustomers
  await merge(shop, 'a', 'b')
  expect(await merged('b')).toEqual([{ id: a, externalId: 'a', name: 'Mei L.', reason: 'the same person' }])
  expect(await merged('c')).toEqual([])
  await unmerge(shop, a)
  expect(await merged('b')).toEqual([])
})

test('a merge is undone once', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null, b: null })
  const a = await idOf(shop, 'a')
  expect(await refusal(shop, UNMERGE, { from: a })).toEqual({ code: 'CONFLICT', inputPath: ['from'] })
  await merge(shop, 'a', 'b')
  await unmerge(shop, a)
  expect(await refusal(shop, UNMERGE, { from: a })).toEqual({ code: 'CONFLICT', inputPath: ['from'] })
  expect(await refusal(shop, UNMERGE, { from: 'no id' })).toEqual({ code: 'UNKNOWN_CUSTOMER', inputPath: ['from'] })
})

test('two who merge each other at once end as one', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null, b: null })
  const attempts = await Promise.all([
    refusal(shop, MERGE, { from: by('a'), into: by('b'), reason: 'x' }),
    refusal(shop, MERGE, { from: by('b'), into: by('a'), reason: 'x' }),
  ])
  expect(attempts.map(({ code }) => code).toSorted()).toEqual(['CONFLICT', undefined])
  expect(await idOf(shop, 'a')).toBe(await idOf(shop, 'b'))
})

test("orders recorded while their customer is merged are the other's, and counted", async () => {
  const shop = await shopWithTwo()
  const more = Array.from({ length: 8 }, (_, i) => orders(shop, ['from', 'A', 1_000, 1, `2026-04-0${i + 1}T03:00:00Z`]))
  await Promise.all([...more.slice(0, 4), merge(shop, 'from', 'into'), ...more.slice(4)])
  expect(await fileOf(shop, by('into'))).toMatchObject({
    statistics: { numberOfOrders: 10, amountSpent: 33_000 },
    orders: { totalCount: 10 },
  })
})

test('a reason is asked for, and a role that may', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null, b: null })
  expect(await refusal(shop, MERGE, { from: by('a'), into: by('b'), reason: ' ' })).toEqual({
    code: 'BAD_USER_INPUT',
    inputPath: ['reason'],
  })
  const marketer = await shop.key('ADMIN', 'MARKETER')
  const { errors } = await shop.ask('/admin/graphql', bearer(marketer), MERGE, { from: by('a'), into: by('b'), reason: 'x' })
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
})
