import { expect, test } from 'vitest'
import { settleChanges } from '../../src/segments/settling.service.ts'
import { customers, memberPrice, orders, products, publish, saveLadder } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { saveSegment } from './saving.ts'

const SAVE = 'mutation ($input: TagRuleInput!) { saveTagRule(input: $input) { tag query customerCount } }'
const saveRule = async (shop: TestShop, input: object) => (await shop.admin(SAVE, { input })).saveTagRule
const apply = async (shop: TestShop) => (await shop.admin('mutation { applyTagRules }')).applyTagRules
const problemOf = async (shop: TestShop, input: object) =>
  (await shop.ask('/admin/graphql', bearer(shop.keys.owner), SAVE, { input })).errors[0]
const tagsOf = async (shop: TestShop, externalId: string) =>
  (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { tags } }', { ref: { externalId } })).customer.tags
const tag = async (shop: TestShop, externalId: string, change: object) =>
  (
    await shop.admin(
      'mutation ($ref: CustomerRef!, $add: [String!], $remove: [String!]) { tagCustomers(customers: [$ref], add: $add, remove: $remove) }',
      {
        ref: { externalId },
        ...change,
      },
    )
  ).tagCustomers

test('a tag comes and goes with its rule, once the rule is saved and whenever a customer changes', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { city: 'Paris' }, b: { city: 'Rome' } })
  await saveRule(shop, { tag: 'Parisian', query: "customer_cities CONTAINS 'Paris'" })
  await settleChanges(shop.world())
  expect([await tagsOf(shop, 'a'), await tagsOf(shop, 'b')]).toEqual([['Parisian'], []])
  await customers(shop, { a: { city: 'Rome' }, b: { city: 'Paris' } })
  await settleChanges(shop.world())
  expect([await tagsOf(shop, 'a'), await tagsOf(shop, 'b')]).toEqual([[], ['Parisian']])
})

test('a tag by hand stays when the rule lets go, and is there once while both hold it', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { city: 'Paris', tags: ['parisian'] }, b: { city: 'Paris' } })
  await saveRule(shop, { tag: 'Parisian', query: "customer_cities CONTAINS 'Paris'" })
  expect(await apply(shop)).toBe(1)
  expect([await tagsOf(shop, 'a'), await tagsOf(shop, 'b')]).toEqual([['parisian'], ['parisian']])
  expect(await tag(shop, 'b', { add: ['Parisian'] })).toBe(0)
  await customers(shop, { a: { city: 'Rome' }, b: { city: 'Rome' } })
  expect(await apply(shop)).toBe(0)
  expect([await tagsOf(shop, 'a'), await tagsOf(shop, 'b')]).toEqual([['parisian'], ['parisian']])
  expect(await tag(shop, 'a', { remove: ['Parisian'] })).toBe(1)
  expect(await tagsOf(shop, 'a')).toEqual([])
})

test('a tag that a rule holds cannot be taken off by hand', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { city: 'Paris', tags: ['parisian'] } })
  await saveRule(shop, { tag: 'Parisian', query: "customer_cities CONTAINS 'Paris'" })
  await apply(shop)
  expect(await tag(shop, 'a', { remove: ['Parisian'] })).toBe(0)
  expect(await tagsOf(shop, 'a')).toEqual(['parisian'])
  await customers(shop, { a: { city: 'Rome' } })
  await apply(shop)
  expect(await tagsOf(shop, 'a')).toEqual([])
})

test('with a rule go its tags, but not those by hand', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['x'] }, b: null })
  await saveRule(shop, { tag: 'x', query: 'number_of_orders = 0' })
  await apply(shop)
  await shop.admin('mutation { deleteTagRule(tag: "X") }')
  expect([await tagsOf(shop, 'a'), await tagsOf(shop, 'b')]).toEqual([['x'], []])
})

test('who buys a product or a category regularly has its tag', async () => {
  const shop = await openTestShop()
  await products(shop, {
    "it's": { listPrice: 100, categoryPaths: [['parts', 'led']] },
    B: { listPrice: 100, categoryPaths: [['parts', 'led']] },
  })
  await customers(shop, { a: null, b: null })
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
  await orders(
    shop,
    ['a', "it's", 100, 1, day(1)],
    ['a', "it's", 100, 1, day(20)],
    ['b', "it's", 100, 1, day(2)],
    ['b', 'B', 100, 1, day(3)],
    ['b', 'B', 100, 1, day(60)],
  )
  expect(await saveRule(shop, { tag: 'regular', regularly: { sku: "it's", times: 2, days: 30 } })).toMatchObject({
    query: "products_purchased MATCHES (sku = 'it\\'s', date >= -30d, count >= 2)",
  })
  await saveRule(shop, { tag: 'led', regularly: { category: 'parts', times: 3 } })
  await apply(shop)
  expect([await tagsOf(shop, 'a'), await tagsOf(shop, 'b')]).toEqual([['regular'], ['led']])
})

test('a tag by rule is a tag: prices, segments and other rules follow it', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { a: { city: 'Paris' } })
  await saveSegment(shop, 'tagged', "customer_tags CONTAINS 'second'")
  await saveRule(shop, { tag: 'second', query: "customer_tags CONTAINS 'first'" })
  await saveRule(shop, { tag: 'first', query: "customer_cities CONTAINS 'Paris'" })
  await saveLadder(shop, { code: 'm', audience: "customer_tags CONTAINS 'second'", rungs: [{ adjustment: { percentOff: 10 } }] })
  await publish(shop, 'm')
  expect(await memberPrice(shop, 'a', 'A')).toBe(10_000)
  await settleChanges(shop.world())
  expect(await memberPrice(shop, 'a', 'A')).toBe(9_000)
  const { segment } = await shop.admin('{ segment(code: "tagged") { customerCount } }')
  expect(segment.customerCount).toBe(1)
})

test('rules that wait for their own tag, around whichever corner, are refused', async () => {
  const shop = await openTestShop()
  expect((await problemOf(shop, { tag: 'x', query: "customer_tags NOT CONTAINS 'X'" }))?.extensions.code).toBe('CONFLICT')
  expect((await problemOf(shop, { tag: 'x', query: 'customer_tags IS NULL' }))?.extensions.code).toBe('CONFLICT')
  await saveSegment(shop, 's', "customer_tags CONTAINS 'a'")
  await saveRule(shop, { tag: 'b', query: "in_segment = 's'" })
  expect((await problemOf(shop, { tag: 'a', query: "number_of_orders > 1 AND customer_tags CONTAINS 'b'" }))?.extensions.code).toBe(
    'CONFLICT',
  )
  await saveRule(shop, { tag: 'a', query: 'number_of_orders > 1' })
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation { saveSegment(input: { code: "s", name: "S", query: "customer_tags CONTAINS \'b\'" }) { id } }',
  )
  expect(errors[0]?.extensions.code).toBe('CONFLICT')
})

test.each([
  ['a blank tag', { tag: ' ', query: 'number_of_orders = 0' }, 'BAD_USER_INPUT', ['input', 'tag']],
  ['neither form', { tag: 'x' }, 'BAD_USER_INPUT', ['input', 'query']],
  ['both forms', { tag: 'x', query: 'number_of_orders = 0', regularly: { sku: 'A' } }, 'BAD_USER_INPUT', ['input', 'query']],
  ['no product and no category', { tag: 'x', regularly: {} }, 'BAD_USER_INPUT', ['input', 'regularly']],
  ['no times', { tag: 'x', regularly: { sku: 'A', times: 0 } }, 'BAD_USER_INPUT', ['input', 'regularly', 'times']],
  ['too many days', { tag: 'x', regularly: { sku: 'A', days: 4000 } }, 'BAD_USER_INPUT', ['input', 'regularly', 'days']],
  ['a wrong query', { tag: 'x', query: 'nothing' }, 'BAD_QUERY', ['input', 'query']],
])('a rule with %s is refused', async (_, input, code, inputPath) => {
  expect((await problemOf(await openTestShop(), input))?.extensions).toMatchObject({ code, inputPath })
})

test('a tag by rule is not taken along by a merge', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { city: 'Paris', tags: ['mine'] }, b: { city: 'Rome' } })
  await saveRule(shop, { tag: 'Parisian', query: "customer_cities CONTAINS 'Paris'" })
  await apply(shop)
  await shop.admin('mutation { mergeCustomers(from: { externalId: "a" }, into: { externalId: "b" }, reason: "same") { id } }')
  await settleChanges(shop.world())
  expect(await tagsOf(shop, 'b')).toEqual(['mine'])
})

test('rules are listed in the order of the alphabet, with how many wear their tag by them', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['z'] }, b: null })
  await saveRule(shop, { tag: 'Z', query: 'number_of_orders = 0' })
  await saveRule(shop, { tag: 'a', query: 'number_of_orders > 0' })
  await apply(shop)
  expect((await shop.admin('{ tagRules { totalCount nodes { tag customerCount appliedAt } } }')).tagRules).toMatchObject({
    totalCount: 2,
    nodes: [
      { tag: 'a', customerCount: 0 },
      { tag: 'Z', customerCount: 2, appliedAt: expect.any(String) },
    ],
  })
})

test('a tier and a rule for a tag that wait for each other are refused, whichever comes last, by way of a segment too', async () => {
  const shop = await openTestShop()
  const SAVE_TIER = `mutation ($query: String) { saveTier(input: { code: "gold", name: "Gold", rank: 1, qualification: $query }) { code } }`
  const ask = async (document: string, variables: object) => {
    const [fault] = (await shop.ask('/admin/graphql', bearer(shop.keys.owner), document, variables)).errors
    return fault === undefined ? null : [fault.extensions.code, fault.extensions.inputPath?.join('.'), fault.message.includes('"seen"')]
  }
  await saveRule(shop, { tag: 'far', query: "customer_cities CONTAINS 'Rome'" })
  await saveRule(shop, { tag: 'seen', query: "customer_tier = 'gold'" })
  await saveRule(shop, { tag: 'around', query: "customer_tags CONTAINS 'Seen'" })
  expect(await ask(SAVE_TIER, { query: "customer_tags CONTAINS 'far'" })).toBeNull()
  expect(await ask(SAVE_TIER, { query: "customer_tags CONTAINS 'around'" })).toEqual(['CONFLICT', 'input.qualification', true])
  expect(await ask(SAVE_TIER, { query: 'customer_tags IS NULL' })).toEqual(['CONFLICT', 'input.qualification', true])

  await saveSegment(shop, 'those', "customer_cities CONTAINS 'Rome'")
  expect(await ask(SAVE_TIER, { query: "in_segment = 'those'" })).toBeNull()
  const SAVE_SEGMENT = `mutation ($query: String!) { saveSegment(input: { code: "those", name: "those", query: $query }) { code } }`
  expect(await ask(SAVE_SEGMENT, { query: "customer_tags CONTAINS 'around'" })).toEqual(['CONFLICT', 'input.query', true])
  expect(await ask(SAVE_TIER, { query: "customer_tags CONTAINS 'far'" })).toBeNull()
  expect((await problemOf(shop, { tag: 'far', query: "customer_tags CONTAINS 'around'" }))?.extensions.code).toBe('CONFLICT')
})
