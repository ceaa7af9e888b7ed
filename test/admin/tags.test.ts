import { expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const TAG =
  'mutation ($customers: [CustomerRef!]!, $add: [String!], $remove: [String!]) { tagCustomers(customers: $customers, add: $add, remove: $remove) }'
const by = (...externalIds: readonly string[]) => externalIds.map((externalId) => ({ externalId }))
const tag = async (shop: TestShop, refs: readonly object[], add: readonly string[] | null, remove: readonly string[] | null = null) =>
  (await shop.admin(TAG, { customers: refs, add, remove })).tagCustomers
const tagsOf = async (shop: TestShop, externalId: string) =>
  (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { tags } }', { ref: { externalId } })).customer.tags

test('tags are put on customers and taken off, and those who have others now are counted', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['VIP'] }, b: null, c: null })
  expect(await tag(shop, by('a', 'b', 'a'), ['vip', 'led'])).toBe(2)
  expect(await tag(shop, by('a', 'b'), ['Led'])).toBe(0)
  expect(await tag(shop, by('a', 'c'), null, ['VIP'])).toBe(1)
  expect(await Promise.all(['a', 'b', 'c'].map((id) => tagsOf(shop, id)))).toEqual([['led'], ['led', 'VIP'], []])
})

test('one unknown customer, and nobody is tagged', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), TAG, { customers: by('a', 'nobody'), add: ['x'] })
  expect(errors[0]?.extensions).toMatchObject({ code: 'UNKNOWN_CUSTOMER', inputPath: ['customers', 1] })
  expect(await tagsOf(shop, 'a')).toEqual([])
})

test.each<[string, object, (string | number)[]]>([
  ['no tag at all', {}, ['add']],
  ['a blank tag', { add: ['x', ' '] }, ['add', 1]],
  ['a tag that is too long', { remove: ['x'.repeat(101)] }, ['remove', 0]],
  ['a tag both ways', { add: ['VIP'], remove: ['vip'] }, ['remove']],
])('%s is refused', async (_, tags, inputPath) => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), TAG, { customers: by('a'), ...tags })
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath })
})

test('a list of more than 500 customers is refused', async () => {
  const shop = await openTestShop()
  const refs = by(...Array.from({ length: 501 }, (_, i) => `c${i}`))
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), TAG, { customers: refs, add: ['x'] })
  expect(errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_ITEMS', inputPath: ['customers'] })
})

test('tagging many takes no more statements than tagging one', async () => {
  const shop = await openTestShop()
  const ids = Array.from({ length: 100 }, (_, i) => `c${i}`)
  await customers(shop, Object.fromEntries(ids.map((id) => [id, null])))
  await tag(shop, by('c0'), ['warm'])
  const one = await statementsIn(() => tag(shop, by('c0'), ['one'], ['x']))
  // What is fresh for less than a second may be read again between the two: a few more, never one a row.
  expect(await statementsIn(() => tag(shop, by(...ids), ['many'], ['one']))).toBeLessThan(one + 10)
})

test('the tags in use are listed page by page with how many wear them', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['VIP', 'led'] }, b: { tags: ['vip'] }, c: { tags: ['new'] } })
  const page =
    'query ($after: String) { tags(first: 2, after: $after) { totalCount nodes { name customerCount } pageInfo { hasNextPage endCursor } } }'
  const first = (await shop.admin(page)).tags
  expect(first).toMatchObject({
    totalCount: 3,
    nodes: [
      { name: 'led', customerCount: 1 },
      { name: 'new', customerCount: 1 },
    ],
    pageInfo: { hasNextPage: true },
  })
  const second = (await shop.admin(page, { after: first.pageInfo.endCursor })).tags
  expect(second).toMatchObject({ nodes: [{ name: 'VIP', customerCount: 2 }], pageInfo: { hasNextPage: false } })
  expect((await (await openTestShop()).admin('{ tags { totalCount nodes { name } } }')).tags).toEqual({ totalCount: 0, nodes: [] })
})

test('whoever may only read tags nobody', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  const analyst = await shop.key('ADMIN', 'ANALYST')
  const { errors } = await shop.ask('/admin/graphql', bearer(analyst), TAG, { customers: by('a'), add: ['x'] })
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
})

test('who tagged whom can be read in the audit log', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  await tag(shop, by('a'), ['x'])
  const { customer } = await shop.admin('{ customer(ref: { externalId: "a" }) { id } }')
  const { auditLog } = await shop.admin('query ($target: String) { auditLog(target: $target) { nodes { action } } }', {
    target: `customer/${customer.id}`,
  })
  expect(auditLog.nodes).toEqual([{ action: 'tagCustomers' }])
})
