import { expect, test } from 'vitest'
import { settleChanges } from '../../src/segments/settling.service.ts'
import { customers, orders, products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { saveSegment } from './saving.ts'

const REFRESH = 'mutation ($code: String!) { refreshSegment(code: $code) { refreshedAt customerCount } }'
const refresh = async (shop: TestShop, code: string) => (await shop.admin(REFRESH, { code })).refreshSegment
const historyOf = async (shop: TestShop, code: string) =>
  (
    await shop.admin('query ($code: String!) { segment(code: $code) { history { totalCount nodes { kind customer { externalId } } } } }', {
      code,
    })
  ).segment.history.nodes.map(({ kind, customer }: { kind: string; customer: { externalId: string } }) => `${kind} ${customer.externalId}`)
const segmentsOf = async (shop: TestShop, externalId: string) =>
  (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { segments { code since } } }', { ref: { externalId } })).customer
    .segments
const tag = (shop: TestShop, externalId: string, change: object) =>
  shop.admin(
    'mutation ($ref: CustomerRef!, $add: [String!], $remove: [String!]) { tagCustomers(customers: [$ref], add: $add, remove: $remove) }',
    {
      ref: { externalId },
      ...change,
    },
  )

test('history says who entered and who left, not who was there at first', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['vip'] }, b: null })
  await saveSegment(shop, 'vip', "customer_tags CONTAINS 'vip'")
  await refresh(shop, 'vip')
  expect(await historyOf(shop, 'vip')).toEqual([])
  await tag(shop, 'b', { add: ['vip'] })
  await refresh(shop, 'vip')
  await tag(shop, 'a', { remove: ['vip'] })
  await refresh(shop, 'vip')
  expect(await historyOf(shop, 'vip')).toEqual(['LEFT a', 'ENTERED b'])
  expect(await segmentsOf(shop, 'a')).toEqual([])
  expect(await segmentsOf(shop, 'b')).toMatchObject([{ code: 'vip' }])
})

test('a segment that means something else has no history of who did not move', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['x'] }, b: { tags: ['y'] } })
  await saveSegment(shop, 'inner', "customer_tags CONTAINS 'x'")
  await saveSegment(shop, 'outer', "in_segment = 'inner'")
  await settleChanges(shop.world())
  await saveSegment(shop, 'inner', "customer_tags CONTAINS 'y'")
  await settleChanges(shop.world())
  expect([await historyOf(shop, 'inner'), await historyOf(shop, 'outer')]).toEqual([[], []])
  expect(await segmentsOf(shop, 'b')).toMatchObject([{ code: 'inner' }, { code: 'outer' }])
  expect(await segmentsOf(shop, 'a')).toEqual([])
})

test('whoever changes is looked at: by tags, orders, facts, and the company they buy for', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 100 })
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await customers(shop, { a: null, b: null, c: { companyExternalId: 'acme' } })
  await saveSegment(shop, 'buyers', "number_of_orders > 0 OR customer_cities CONTAINS 'Paris' OR companies = 'Acme Ltd'")
  await settleChanges(shop.world())
  await orders(shop, ['a', 'A', 100, 1, '2026-01-05T03:00:00Z'])
  await settleChanges(shop.world())
  expect(await historyOf(shop, 'buyers')).toEqual(['ENTERED a'])
  await customers(shop, { b: { city: 'Paris' } })
  await settleChanges(shop.world())
  expect(await historyOf(shop, 'buyers')).toEqual(['ENTERED b', 'ENTERED a'])
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme Ltd" }]) }')
  await settleChanges(shop.world())
  expect(await historyOf(shop, 'buyers')).toEqual(['ENTERED c', 'ENTERED b', 'ENTERED a'])
})

test('a change that is undone is not followed, and one that was followed is not followed again', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  await saveSegment(shop, 'vip', "customer_tags CONTAINS 'vip'")
  await settleChanges(shop.world())
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation { tagCustomers(customers: [{ externalId: "a" }, { externalId: "nobody" }], add: ["vip"]) }',
  )
  expect(errors).toHaveLength(1)
  await settleChanges(shop.world())
  expect(await historyOf(shop, 'vip')).toEqual([])
  await tag(shop, 'a', { add: ['vip'] })
  await Promise.all([settleChanges(shop.world()), settleChanges(shop.world())])
  expect(await historyOf(shop, 'vip')).toEqual(['ENTERED a'])
})

test('whoever is merged into another leaves, and comes back when that is undone', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { city: 'Paris' }, b: null })
  await saveSegment(shop, 'paris', "customer_cities CONTAINS 'Paris'")
  await settleChanges(shop.world())
  await shop.admin('mutation { mergeCustomers(from: { externalId: "a" }, into: { externalId: "b" }, reason: "same") { id } }')
  await settleChanges(shop.world())
  expect((await historyOf(shop, 'paris')).sort()).toEqual(['ENTERED b', 'LEFT a'])
})

test('history is read page by page', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 'all', 'number_of_orders = 0')
  await settleChanges(shop.world())
  await customers(shop, { a: null, b: null, c: null })
  await settleChanges(shop.world())
  const page =
    'query ($after: String) { segment(code: "all") { history(first: 2, after: $after) { totalCount nodes { at } pageInfo { hasNextPage endCursor } } } }'
  const first = (await shop.admin(page)).segment.history
  expect(first).toMatchObject({ totalCount: 3, nodes: [{}, {}], pageInfo: { hasNextPage: true } })
  const second = (await shop.admin(page, { after: first.pageInfo.endCursor })).segment.history
  expect(second).toMatchObject({ nodes: [{}], pageInfo: { hasNextPage: false } })
})
