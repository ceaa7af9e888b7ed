import { expect, test } from 'vitest'
import { newId } from '../../src/shell/ids.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { bearer } from '../harness/client.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const UPSERT = 'mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id externalId tags } }'
const FILE = `query ($ref: CustomerRef!) { customer(ref: $ref) {
  id externalId name email emailVerified phone phoneVerified kind role industry purpose gender birthDate language country region city
  source registeredAt tags attributes company { externalId } identities { kind value verified } consents { channel granted at source } } }`

const upsert = async (shop: TestShop, ...customers: readonly object[]) => (await shop.storefront(UPSERT, { customers })).upsertCustomers
const fileOf = async (shop: TestShop, ref: object) => (await shop.admin(FILE, { ref })).customer
const refusal = async (shop: TestShop, ...customers: readonly object[]) => {
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), UPSERT, { customers })
  return errors.map(({ extensions: { code, inputPath } }) => ({ code, inputPath }))
}

const MEI = {
  externalId: 'mei',
  email: 'Mei@Example.com',
  emailVerified: true,
  phone: '+86 138-0000-0000',
  phoneVerified: true,
  identities: [{ kind: 'unionid', value: 'o-1' }],
  name: 'Mei',
  kind: 'ENTERPRISE',
  role: 'PURCHASER',
  companyExternalId: 'acme',
  industry: 'lighting',
  purpose: 'PRODUCTION',
  gender: 'FEMALE',
  birthDate: '1990-02-28',
  language: 'zh-CN',
  country: 'CN',
  region: '广东',
  city: '深圳',
  source: 'fair 2025',
  registeredAt: '2025-03-01T00:00:00.000Z',
  tags: ['VIP', 'vip', 'led'],
  consents: [{ channel: 'SMS', granted: true, at: '2025-03-01T00:00:00.000Z', source: 'form v1' }],
  attributes: { employees: 12, note: 'x' },
}

async function shopWithMei(): Promise<TestShop> {
  const shop = await openTestShop()
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await upsert(shop, MEI)
  return shop
}

test('a customer file is kept whole', async () => {
  const shop = await shopWithMei()
  const { identities, consents, tags, companyExternalId, ...facts } = MEI
  expect(await fileOf(shop, { externalId: 'mei' })).toEqual({
    ...facts,
    id: expect.any(String),
    tags: ['led', 'VIP'],
    consents,
    company: { externalId: companyExternalId },
    identities: [
      { kind: 'externalId', value: 'mei', verified: true },
      { kind: 'email', value: 'mei@example.com', verified: true },
      { kind: 'phone', value: '13800000000', verified: true },
      { ...identities[0], verified: false },
    ],
  })
})

test('what is left out or null stays, and the same again changes nothing', async () => {
  const shop = await shopWithMei()
  const before = await fileOf(shop, { externalId: 'mei' })
  await upsert(shop, { externalId: 'mei' })
  await upsert(shop, Object.fromEntries(Object.keys(MEI).map((field) => [field, field === 'externalId' ? 'mei' : null])))
  await upsert(shop, MEI)
  expect(await fileOf(shop, { externalId: 'mei' })).toEqual(before)
})

test('an empty text takes away what was there', async () => {
  const shop = await shopWithMei()
  await upsert(shop, { externalId: 'mei', city: '', email: ' ' })
  expect(await fileOf(shop, { externalId: 'mei' })).toMatchObject({ city: null, region: '广东', email: null, emailVerified: false })
  expect(await fileOf(shop, { email: 'mei@example.com' })).toBeNull()
})

test('attributes are merged name by name, and null takes one away', async () => {
  const shop = await shopWithMei()
  await upsert(shop, { externalId: 'mei', attributes: { employees: 13, note: null, nested: { a: [1] } } })
  expect((await fileOf(shop, { externalId: 'mei' })).attributes).toEqual({ employees: 13, nested: { a: [1] } })
})

test('customers come back in the order in which they were sent, a customer named twice as often', async () => {
  const shop = await openTestShop()
  const [a, b, again] = await upsert(
    shop,
    { externalId: 'a', name: 'one', city: 'x' },
    { externalId: 'b' },
    { externalId: 'a', name: 'two' },
  )
  expect([a.externalId, b.externalId, again.externalId]).toEqual(['a', 'b', 'a'])
  expect(again.id).toBe(a.id)
  expect(await fileOf(shop, { id: a.id })).toMatchObject({ name: 'two', city: 'x' })
  expect((await upsert(shop, { externalId: 'b' }))[0].id).toBe(b.id)
})

test.each([{ externalId: 'mei' }, { email: ' MEI@example.COM ' }, { phone: '13800000000' }, { phone: '0086 138 0000 0000' }])(
  'a customer is found by each verified name, however it is written: %j',
  async (ref) => {
    const shop = await shopWithMei()
    expect((await fileOf(shop, ref))?.externalId).toBe('mei')
  },
)

test('an email or phone that was not verified names nobody', async () => {
  const shop = await openTestShop()
  await upsert(shop, { externalId: 'a', email: 'a@example.com', phone: '13800000000' })
  expect(await fileOf(shop, { externalId: 'a' })).toMatchObject({ email: 'a@example.com', emailVerified: false, phone: '13800000000' })
  expect(await fileOf(shop, { email: 'a@example.com' })).toBeNull()
  expect(await fileOf(shop, { phone: '13800000000' })).toBeNull()
})

test.each(['138****0000', '13800000000-1234', '13800000000转1234'])(
  'a masked or relay number is kept and names nobody: %s',
  async (phone) => {
    const shop = await openTestShop()
    await upsert(shop, { externalId: 'a', phone, phoneVerified: true }, { externalId: 'b', phone, phoneVerified: true })
    expect(await fileOf(shop, { externalId: 'a' })).toMatchObject({ phone, phoneVerified: false })
    expect(await fileOf(shop, { phone })).toBeNull()
    expect(await fileOf(shop, { externalId: 'b' })).toMatchObject({ phone })
  },
)

test('a verified email that names one customer never makes another one with them', async () => {
  const shop = await openTestShop()
  const [a, b] = await upsert(
    shop,
    { externalId: 'a', email: 'shared@example.com', emailVerified: true },
    { externalId: 'b', email: 'Shared@example.com', emailVerified: true },
  )
  expect(b.id).not.toBe(a.id)
  expect(await fileOf(shop, { email: 'shared@example.com' })).toMatchObject({ id: a.id, emailVerified: true })
  expect(await fileOf(shop, { id: b.id })).toMatchObject({ email: 'Shared@example.com', emailVerified: false })
})

test('an email sent again without its verification stays verified', async () => {
  const shop = await shopWithMei()
  await upsert(shop, { externalId: 'mei', email: 'mei@example.com', name: 'Mei Li' })
  expect(await fileOf(shop, { email: 'mei@example.com' })).toMatchObject({ name: 'Mei Li', emailVerified: true })
})

test('an email that is there already can be verified by itself', async () => {
  const shop = await openTestShop()
  await upsert(shop, { externalId: 'a', email: 'a@example.com' })
  await upsert(shop, { externalId: 'a', emailVerified: true })
  expect((await fileOf(shop, { email: 'a@example.com' })).externalId).toBe('a')
})

test('whoever changes their email is named by the old one no more, and another may have it', async () => {
  const shop = await openTestShop()
  await upsert(shop, { externalId: 'a', email: 'old@example.com', emailVerified: true })
  await upsert(shop, { externalId: 'a', email: 'new@example.com' }, { externalId: 'b', email: 'old@example.com', emailVerified: true })
  expect(await fileOf(shop, { externalId: 'a' })).toMatchObject({ email: 'new@example.com', emailVerified: false })
  expect((await fileOf(shop, { email: 'old@example.com' })).externalId).toBe('b')
  expect(await fileOf(shop, { email: 'new@example.com' })).toBeNull()
})

test('the storefront knows a customer by a new name at once, and by an old one no more', async () => {
  const shop = await openTestShop()
  const who = 'query ($ref: CustomerRef) { shopper(customer: $ref) { externalId } }'
  const byEmail = (email: string) => shop.ask('/storefront/graphql', bearer(shop.keys.plugin), who, { ref: { email } })
  expect((await byEmail('a@example.com')).errors[0]?.extensions.code).toBe('UNKNOWN_CUSTOMER')
  await upsert(shop, { externalId: 'a', email: 'a@example.com', emailVerified: true })
  expect((await byEmail('a@example.com')).data).toEqual({ shopper: { externalId: 'a' } })
  await upsert(shop, { externalId: 'a', email: 'b@example.com', emailVerified: true })
  expect((await byEmail('a@example.com')).errors[0]?.extensions.code).toBe('UNKNOWN_CUSTOMER')
})

test('names in other systems are added, tell nobody apart and are never taken from another', async () => {
  const shop = await openTestShop()
  const nick = { kind: 'taobao_nick', value: '小梅' }
  await upsert(shop, { externalId: 'a', identities: [nick] }, { externalId: 'b', identities: [nick, nick] })
  await upsert(shop, { externalId: 'a', identities: [nick, { kind: 'unionid', value: 'o-1' }] })
  const names = async (externalId: string) => (await fileOf(shop, { externalId })).identities.slice(1)
  expect(await names('a')).toEqual([
    { ...nick, verified: false },
    { kind: 'unionid', value: 'o-1', verified: false },
  ])
  expect(await names('b')).toEqual([{ ...nick, verified: false }])
})

test('the newest consent of a channel holds, whenever it is told', async () => {
  const shop = await openTestShop()
  const sms = (granted: boolean, at: string, source: string) => ({ channel: 'SMS', granted, at, source })
  await upsert(shop, { externalId: 'a', consents: [sms(false, '2026-02-01T00:00:00.000Z', 'call')] })
  await upsert(shop, { externalId: 'a', consents: [sms(true, '2026-01-01T00:00:00.000Z', 'form')] })
  expect((await fileOf(shop, { externalId: 'a' })).consents).toEqual([sms(false, '2026-02-01T00:00:00.000Z', 'call')])
  await upsert(shop, { externalId: 'a', consents: [sms(true, '2026-03-01T00:00:00.000Z', 'form'), { channel: 'EMAIL', granted: true }] })
  expect((await fileOf(shop, { externalId: 'a' })).consents).toEqual([
    { channel: 'EMAIL', granted: true, at: expect.any(String), source: null },
    sms(true, '2026-03-01T00:00:00.000Z', 'form'),
  ])
})

test('the same consent again adds nothing to what was said', async () => {
  const shop = await openTestShop()
  const spoken = async () => (await shop.admin('query { exportCustomer(ref: { externalId: "a" }) }')).exportCustomer.consents.length
  const said = [
    { channel: 'SMS', granted: true, at: '2026-01-01T00:00:00Z', source: 'form' },
    { channel: 'EMAIL', granted: true },
  ]
  await upsert(shop, { externalId: 'a', consents: said })
  await upsert(shop, { externalId: 'a', consents: [...said, ...said] })
  expect(await spoken()).toBe(2)
  await upsert(shop, { externalId: 'a', consents: [{ channel: 'EMAIL', granted: false }] })
  expect(await spoken()).toBe(3)
})

test('every consent that was ever given or taken back can be read', async () => {
  const shop = await openTestShop()
  await upsert(shop, {
    externalId: 'a',
    consents: [
      { channel: 'SMS', granted: false, at: '2026-02-01T00:00:00Z' },
      { channel: 'SMS', granted: true, at: '2026-01-01T00:00:00Z' },
    ],
  })
  const { customer } = await shop.admin('{ customer(ref: { externalId: "a" }) { consents { granted } consentHistory { granted } } }')
  expect(customer).toEqual({ consents: [{ granted: false }], consentHistory: [{ granted: false }, { granted: true }] })
})

test('a tag is one word whatever its case, as the shop first wrote it', async () => {
  const shop = await openTestShop()
  await upsert(shop, { externalId: 'a', tags: ['VIP', ' vip '] })
  const [a, b] = await upsert(shop, { externalId: 'a', tags: ['Vip', 'new'] }, { externalId: 'b', tags: ['vip'] })
  expect(a.tags).toEqual(['new', 'VIP'])
  expect(b.tags).toEqual(['VIP'])
})

test('an unknown company is refused with its place, and nothing of the call is kept', async () => {
  const shop = await openTestShop()
  expect(await refusal(shop, { externalId: 'a' }, { externalId: 'b', companyExternalId: 'nobody' })).toEqual([
    { code: 'UNKNOWN_COMPANY', inputPath: ['customers', 1, 'companyExternalId'] },
  ])
  expect(await fileOf(shop, { externalId: 'a' })).toBeNull()
})

test.each<[string, object, (string | number)[]]>([
  ['a blank external id', { externalId: ' ' }, ['externalId']],
  ['a long name', { name: 'x'.repeat(201) }, ['name']],
  ['a text that no database holds', { city: 'a\u0000b' }, ['city']],
  ['half a character', { city: '\ud800' }, ['city']],
  ['a birthday ahead', { birthDate: '2999-01-01' }, ['birthDate']],
  ['a blank tag', { tags: ['a', ''] }, ['tags', 1]],
  ['an identity that has a field of its own', { identities: [{ kind: 'Email', value: 'x@example.com' }] }, ['identities', 0, 'kind']],
  ['attributes that are a list', { attributes: [1] }, ['attributes']],
  ['attributes with a text that no database holds', { attributes: { a: ['\u0000'] } }, ['attributes']],
  ['attributes without an end', { attributes: { a: 'x'.repeat(20_000) } }, ['attributes']],
  ['a time of no calendar', { registeredAt: '9999-01-01T00:00:00Z' }, ['registeredAt']],
])('%s is refused with its place', async (_, fault, path) => {
  const shop = await openTestShop()
  expect(await refusal(shop, { externalId: 'a' }, { externalId: 'b', ...fault })).toEqual([
    { code: 'BAD_USER_INPUT', inputPath: ['customers', 1, ...path] },
  ])
})

test('attributes that grow too large over several calls are refused', async () => {
  const shop = await openTestShop()
  await upsert(shop, { externalId: 'a', attributes: { a: 'x'.repeat(15_000) } })
  expect(await refusal(shop, { externalId: 'a', attributes: { b: 'x'.repeat(15_000) } })).toEqual([
    { code: 'BAD_USER_INPUT', inputPath: ['customers', 0, 'attributes'] },
  ])
})

test('501 customers are too many for a call, 500 are not', async () => {
  const shop = await openTestShop()
  const many = Array.from({ length: 501 }, (_, i) => ({
    externalId: `c${i}`,
    tags: ['x'],
    email: `c${i}@example.com`,
    emailVerified: true,
  }))
  expect(await refusal(shop, ...many)).toEqual([{ code: 'TOO_MANY_ITEMS', inputPath: ['customers'] }])
  expect(await upsert(shop, ...many.slice(1))).toHaveLength(500)
  expect((await fileOf(shop, { email: 'c500@example.com' })).externalId).toBe('c500')
})

test('many customers take no more statements than a few', async () => {
  const shop = await openTestShop()
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  const calls = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ ...MEI, externalId: `${count}-${i}`, email: `m${count}-${i}@example.com`, tags: [`t${i}`] }))
  const [warm, few, many] = [calls(1), calls(2), calls(200)]
  await upsert(shop, ...warm)
  const statements = await statementsIn(() => upsert(shop, ...few))
  // What is fresh for less than a second may be read again between the two: a few more, never one a row.
  expect(await statementsIn(() => upsert(shop, ...many))).toBeLessThan(statements + 10)
})

test('two calls at once about the same new customers make each of them once', async () => {
  const shop = await openTestShop()
  const call = (order: readonly string[]) =>
    upsert(shop, ...order.map((externalId) => ({ externalId, email: `${externalId}@example.com`, emailVerified: true, tags: ['x'] })))
  const [forth, back] = await Promise.all([call(['a', 'b', 'c']), call(['c', 'b', 'a'])])
  expect(back.toReversed()).toEqual(forth)
})

test('a customer whom somebody else makes at the same moment is the same customer', async () => {
  const shop = await openTestShop()
  const { shopId, em } = shop.world()
  let call: Promise<{ id: string }[]> = Promise.resolve([])
  const id = newId()
  // An import writes customers in statements of its own; here one that is not yet committed.
  await em.transactional(async (tx) => {
    await rowsOf(
      tx as typeof em,
      sql`insert into customer (shop_id, id, external_id, registered_at, created_at) values (${shopId}, ${id}, 'a', now(), now())`,
    )
    call = upsert(shop, { externalId: 'a', name: 'Mei' })
    await new Promise((resolve) => setTimeout(resolve, 200))
  })
  expect((await call)[0]?.id).toBe(id)
  expect(await fileOf(shop, { externalId: 'a' })).toMatchObject({ id, name: 'Mei' })
})

test('two customers at once claim one email, and one of them has it', async () => {
  const shop = await openTestShop()
  const claims = Array.from({ length: 6 }, (_, i) => upsert(shop, { externalId: `c${i}`, email: 'one@example.com', emailVerified: true }))
  await Promise.all(claims)
  const files = await Promise.all(claims.map((_, i) => fileOf(shop, { externalId: `c${i}` })))
  expect(files.filter(({ emailVerified }) => emailVerified).map(({ externalId }) => externalId)).toEqual([
    (await fileOf(shop, { email: 'one@example.com' })).externalId,
  ])
})

test('another shop knows nothing of these customers', async () => {
  const shop = await shopWithMei()
  const other = await openTestShop()
  expect(await fileOf(other, { email: 'mei@example.com' })).toBeNull()
  const [mei] = await upsert(shop, { externalId: 'mei' })
  expect(await fileOf(other, { id: mei.id })).toBeNull()
})
