import { expect, test } from 'vitest'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const UPSERT = 'mutation ($companies: [CompanyInput!]!) { upsertCompanies(companies: $companies) }'
const upsert = async (shop: TestShop, ...companies: readonly object[]) => (await shop.storefront(UPSERT, { companies })).upsertCompanies
const companyOf = async (shop: TestShop, externalId: string) =>
  (await shop.admin('query ($id: String!) { company(externalId: $id) { externalId name industry certified } }', { id: externalId })).company

test('a company is created once and updated after; what is left out stays', async () => {
  const shop = await openTestShop()
  const acme = { externalId: 'acme', name: 'Acme', industry: 'lighting', certified: true }
  expect(await upsert(shop, acme, { externalId: 'bolt', name: 'Bolt' })).toBe(2)
  expect(await companyOf(shop, 'acme')).toEqual(acme)
  expect(await companyOf(shop, 'bolt')).toEqual({ externalId: 'bolt', name: 'Bolt', industry: null, certified: false })
  expect(await upsert(shop, { externalId: 'acme', name: 'Acme Ltd', industry: null })).toBe(1)
  expect(await companyOf(shop, 'acme')).toEqual({ ...acme, name: 'Acme Ltd' })
  await upsert(shop, { externalId: 'acme', name: 'Acme Ltd', industry: '', certified: false })
  expect(await companyOf(shop, 'acme')).toEqual({ ...acme, name: 'Acme Ltd', industry: null, certified: false })
})

test('a company named twice in a call is as the later words say', async () => {
  const shop = await openTestShop()
  expect(await upsert(shop, { externalId: 'acme', name: 'A', industry: 'x' }, { externalId: 'acme', name: 'B' })).toBe(1)
  expect(await companyOf(shop, 'acme')).toMatchObject({ name: 'B', industry: 'x' })
})

test('two calls at once make each company once', async () => {
  const shop = await openTestShop()
  const call = (...ids: readonly string[]) => upsert(shop, ...ids.map((externalId) => ({ externalId, name: externalId })))
  await Promise.all([call('a', 'b', 'c'), call('c', 'b', 'a'), call('b', 'a', 'c')])
  expect((await shop.admin('{ companies { totalCount nodes { externalId } } }')).companies.totalCount).toBe(3)
})

test('companies are listed page by page, each with a page of its people', async () => {
  const shop = await openTestShop()
  await upsert(shop, { externalId: 'acme', name: 'Acme' }, { externalId: 'bolt', name: 'Bolt' })
  await shop.storefront('mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id } }', {
    customers: ['a', 'b', 'c'].map((externalId) => ({ externalId, companyExternalId: 'acme' })),
  })
  const page =
    'query ($after: String) { companies(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { externalId people(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { externalId } } } } }'
  const first = (await shop.admin(page)).companies
  const [acme] = first.nodes
  expect(first).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } })
  expect(acme.people).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true }, nodes: [{ externalId: 'a' }, { externalId: 'b' }] })
  const second = (await shop.admin(page, { after: first.pageInfo.endCursor })).companies
  expect(second).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ externalId: 'bolt', people: { totalCount: 0, nodes: [] } }] })
  const rest = 'query ($after: String) { company(externalId: "acme") { people(first: 2, after: $after) { nodes { externalId } } } }'
  expect((await shop.admin(rest, { after: acme.people.pageInfo.endCursor })).company.people.nodes).toEqual([{ externalId: 'c' }])
})

test.each([
  ['a blank name', { externalId: 'x', name: ' ' }, ['companies', 1, 'name']],
  ['a blank external id', { externalId: '', name: 'X' }, ['companies', 1, 'externalId']],
])('%s is refused with its place, and nothing of the call is kept', async (_, fault, inputPath) => {
  const shop = await openTestShop()
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), UPSERT, {
    companies: [{ externalId: 'ok', name: 'OK' }, fault],
  })
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath })
  expect(await companyOf(shop, 'ok')).toBeNull()
})

test('501 companies are too many for a call', async () => {
  const shop = await openTestShop()
  const companies = Array.from({ length: 501 }, (_, i) => ({ externalId: `c${i}`, name: 'x' }))
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), UPSERT, { companies })
  expect(errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_ITEMS', inputPath: ['companies'] })
  expect(await upsert(shop, ...companies.slice(1))).toBe(500)
})

test('a browser does not write companies', async () => {
  const shop = await openTestShop()
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), UPSERT, { companies: [] })
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
})
