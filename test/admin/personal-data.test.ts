import { expect, test } from 'vitest'
import { customers, orders, pin, products, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const EXPORT = 'query ($ref: CustomerRef!) { exportCustomer(ref: $ref) }'
const ERASE = 'mutation ($ref: CustomerRef!) { eraseCustomer(ref: $ref, reason: "asked to be forgotten") }'
const exported = async (shop: TestShop, ref: object) => (await shop.admin(EXPORT, { ref })).exportCustomer

const MEI = {
  name: 'Mei Li',
  email: 'mei@example.com',
  emailVerified: true,
  phone: '13800000000',
  phoneVerified: true,
  birthDate: '1990-02-28',
  city: '深圳',
  tags: ['VIP'],
  attributes: { shoe: 36 },
  identities: [{ kind: 'unionid', value: 'o-secret' }],
  consents: [
    { channel: 'SMS', granted: true, at: '2025-01-01T00:00:00Z', source: 'form' },
    { channel: 'SMS', granted: false, at: '2025-02-01T00:00:00Z', source: 'call' },
    { channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z', source: 'form' },
  ],
}

async function shopWithMei(): Promise<TestShop> {
  const shop = await openTestShop()
  await tiers(shop, 'silver')
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: MEI, other: { name: 'Mei Zwei', email: 'mei2@example.com', emailVerified: true } })
  await orders(shop, ['mei', 'A', 10_000, 2, '2026-01-05T03:00:00Z'], ['other', 'A', 10_000, 1, '2026-01-06T03:00:00Z'])
  await pin(shop, 'mei', 'silver')
  await shop.admin('mutation { mergeCustomers(from: { externalId: "other" }, into: { externalId: "mei" }, reason: "same Mei") { id } }')
  return shop
}

test('a customer is told all that is kept about them, of those merged into them too', async () => {
  const shop = await shopWithMei()
  const told = await exported(shop, { email: 'mei@example.com' })
  expect(told).toMatchObject({
    customer: { externalId: 'mei', name: 'Mei Li', birthDate: '1990-02-28', attributes: { shoe: 36 }, pin: { reason: 'test' } },
    mergedCustomers: [{ externalId: 'other', name: 'Mei Zwei' }],
    merges: [{ reason: 'same Mei' }],
    orders: [
      { externalId: expect.stringContaining('mei'), total: 20_000, lines: [{ sku: 'A', quantity: 2, unitPrice: 10_000 }] },
      { externalId: expect.stringContaining('other'), total: 10_000 },
    ],
  })
  expect(told.tags.map(({ tag }: { tag: string }) => tag)).toEqual(['VIP'])
  expect(told.consents.map(({ channel, granted }: { channel: string; granted: boolean }) => [channel, granted])).toEqual([
    ['SMS', true],
    ['EMAIL', true],
    ['SMS', false],
  ])
  expect(told.identities.map(({ value }: { value: string }) => value)).toEqual([
    'mei2@example.com',
    'mei@example.com',
    '13800000000',
    'o-secret',
  ])
  expect(told.changes.map(({ action }: { action: string }) => action)).toEqual(['pinTier', 'mergeCustomers', 'mergeCustomers'])
})

test('a customer who was erased is nobody, wherever one looks', async () => {
  const shop = await shopWithMei()
  const { id } = (await exported(shop, { externalId: 'mei' })).customer
  expect(await shop.admin(ERASE, { ref: { externalId: 'mei' } })).toEqual({ eraseCustomer: true })
  for (const ref of [
    { externalId: 'mei' },
    { externalId: 'other' },
    { email: 'mei@example.com' },
    { email: 'mei2@example.com' },
    { phone: '13800000000' },
  ])
    expect(await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { id } }', { ref })).toEqual({ customer: null })
  const left = JSON.stringify(await exported(shop, { id }))
  for (const secret of ['Mei', 'mei@', 'mei2@', '13800000000', 'o-secret', '1990', '深圳', 'VIP', 'shoe', 'same Mei'])
    expect(left).not.toContain(secret)
})

test('orders, figures and objections of an erased customer stay', async () => {
  const shop = await shopWithMei()
  const { id } = (await exported(shop, { externalId: 'mei' })).customer
  await shop.admin(ERASE, { ref: { id } })
  const { customer } = await shop.admin(
    'query ($id: ID!) { customer(ref: { id: $id }) { name tier { code } consents { channel granted } statistics { numberOfOrders amountSpent } orders { totalCount } } }',
    { id },
  )
  expect(customer).toEqual({
    name: null,
    tier: { code: 'silver' },
    consents: [{ channel: 'SMS', granted: false }],
    statistics: { numberOfOrders: 2, amountSpent: 30_000 },
    orders: { totalCount: 2 },
  })
})

test('a merge cannot be undone once the customer was erased', async () => {
  const shop = await shopWithMei()
  const [other] = (await exported(shop, { externalId: 'mei' })).mergedCustomers
  await shop.admin(ERASE, { ref: { externalId: 'mei' } })
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation ($from: ID!) { unmergeCustomer(from: $from) { id } }',
    {
      from: other.id,
    },
  )
  expect(errors[0]?.extensions.code).toBe('CONFLICT')
})

test('the external id of an erased customer is somebody new', async () => {
  const shop = await shopWithMei()
  const { id } = (await exported(shop, { externalId: 'mei' })).customer
  await shop.admin(ERASE, { ref: { id } })
  await customers(shop, { mei: { email: 'mei@example.com', emailVerified: true } })
  const { customer } = await shop.admin('{ customer(ref: { email: "mei@example.com" }) { id tags orders { totalCount } } }')
  expect(customer).toMatchObject({ tags: [], orders: { totalCount: 0 } })
  expect(customer.id).not.toBe(id)
})

test('another customer is untouched when one is erased', async () => {
  const shop = await shopWithMei()
  await customers(shop, { third: { ...MEI, email: 'third@example.com', phone: '13900000000' } })
  const before = await exported(shop, { externalId: 'third' })
  await shop.admin(ERASE, { ref: { externalId: 'mei' } })
  expect({ ...(await exported(shop, { externalId: 'third' })), exportedAt: before.exportedAt }).toEqual(before)
})

test.each(['MARKETER', 'SERVICE', 'ANALYST'] as const)('%s neither reads nor erases personal data in bulk', async (role) => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  const key = await shop.key('ADMIN', role)
  for (const operation of [EXPORT, ERASE]) {
    const { errors } = await shop.ask('/admin/graphql', bearer(key), operation, { ref: { externalId: 'a' } })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  }
})

test('nobody is neither told nor forgotten', async () => {
  const shop = await openTestShop()
  for (const operation of [EXPORT, ERASE]) {
    const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), operation, { ref: { externalId: 'nobody' } })
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNKNOWN_CUSTOMER', inputPath: ['ref'] })
  }
})
