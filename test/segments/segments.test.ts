import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { customers, memberPrice, orders, products, publish, publishOffer, saveLadder, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { deleteSegment, externalIds, saveSegment } from './saving.ts'

const problemOf = async (shop: TestShop, query: string, variables: object = {}) =>
  (await shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)).errors[0]
const SAVE = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }'
const refusal = (shop: TestShop, code: string, query: string, name = code) => problemOf(shop, SAVE, { input: { code, name, query } })

test('a saved segment counts and lists who is in it at the moment it is asked', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['vip'] }, b: { tags: ['vip'] }, c: null })
  const saved = await saveSegment(shop, 'vip', "customer_tags CONTAINS 'vip'", 'Our best')
  expect(saved).toMatchObject({ code: 'vip', name: 'Our best', query: "customer_tags CONTAINS 'vip'", customerCount: 2 })
  await shop.admin('mutation { tagCustomers(customers: [{ externalId: "c" }], add: ["VIP"]) }')
  const page =
    'query ($after: String) { segment(code: "vip") { customerCount members(first: 2, after: $after) { totalCount nodes { externalId } pageInfo { hasNextPage endCursor } } } }'
  const first = (await shop.admin(page)).segment
  expect(first).toMatchObject({ customerCount: 3, members: { totalCount: 3, pageInfo: { hasNextPage: true } } })
  const second = (await shop.admin(page, { after: first.members.pageInfo.endCursor })).segment
  expect([...first.members.nodes, ...second.members.nodes].map(({ externalId }: { externalId: string }) => externalId).sort()).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('segments are listed page by page in the order of their codes', async () => {
  const shop = await openTestShop()
  for (const code of ['c', 'a', 'b']) await saveSegment(shop, code, 'number_of_orders = 0')
  const page =
    'query ($after: String) { segments(first: 2, after: $after) { totalCount nodes { code customerCount } pageInfo { hasNextPage endCursor } } }'
  const first = (await shop.admin(page)).segments
  expect(first).toMatchObject({ totalCount: 3, nodes: [{ code: 'a' }, { code: 'b' }], pageInfo: { hasNextPage: true } })
  expect((await shop.admin(page, { after: first.pageInfo.endCursor })).segments).toMatchObject({
    nodes: [{ code: 'c' }],
    pageInfo: { hasNextPage: false },
  })
})

test('saving again replaces it whole and keeps its id', async () => {
  const shop = await openTestShop()
  const first = await saveSegment(shop, 'x', 'number_of_orders = 0', 'Nobody yet')
  const second = await saveSegment(shop, 'x', 'number_of_orders > 0', 'Buyers')
  expect(second).toMatchObject({ id: first.id, name: 'Buyers', query: 'number_of_orders > 0' })
})

test.each([
  ['a code with a blank', 'v p', 'Name', 'number_of_orders = 0', 'BAD_USER_INPUT', 'code'],
  ['no name', 'vip', ' ', 'number_of_orders = 0', 'BAD_USER_INPUT', 'name'],
  ['no query', 'vip', 'Name', ' ', 'BAD_USER_INPUT', 'query'],
  ['a wrong query', 'vip', 'Name', 'number_of_order = 0', 'BAD_QUERY', 'query'],
])('%s is refused', async (_, code, name, query, problem, field) => {
  const shop = await openTestShop()
  expect((await refusal(shop, code, query, name))?.extensions).toMatchObject({ code: problem, inputPath: ['input', field] })
})

test('a query may name segments, and they may name others', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['vip'] }, b: { tags: ['led'] }, c: { tags: ['vip', 'led'] }, d: null })
  await saveSegment(shop, 'vip', "customer_tags CONTAINS 'vip'")
  await saveSegment(shop, 'led', "customer_tags CONTAINS 'led'")
  await saveSegment(shop, 'either', "in_segment IN ('vip', 'led')")
  expect(await externalIds(shop, "in_segment = 'vip' AND NOT in_segment = 'led'")).toEqual(['a'])
  expect(await externalIds(shop, "in_segment != 'either'")).toEqual(['d'])
  expect(await externalIds(shop, "in_segment NOT IN ('vip')")).toEqual(['b', 'd'])
})

test('an unknown segment is told with the nearest that there is', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 'regulars', 'number_of_orders > 3')
  const problem = await problemOf(shop, '{ previewSegment(query: "number_of_orders > 1 AND in_segment = \'regular\'") { customerCount } }')
  expect(problem?.extensions).toMatchObject({
    code: 'BAD_QUERY',
    faults: [
      {
        line: 1,
        column: 39,
        suggestion: "'regulars'",
        message: "Line 1 Column 39: 'regular' is unexpected. There is no segment 'regular'.",
      },
    ],
  })
})

test('segments that name each other in a circle are refused', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 'a', 'number_of_orders > 3')
  await saveSegment(shop, 'b', "in_segment = 'a'")
  expect((await refusal(shop, 'a', "in_segment = 'b'"))?.message).toContain('b -> a -> b')
  const itself = await refusal(shop, 'c', "number_of_orders = 1 OR in_segment = 'c'")
  expect(itself?.extensions.code).toBe('BAD_QUERY')
  expect(itself?.message).toContain('c -> c')
})

test('segments name segments at most five deep', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 's0', 'number_of_orders > 3')
  for (let i = 1; i <= 5; i++) await saveSegment(shop, `s${i}`, `in_segment = 's${i - 1}'`)
  expect((await refusal(shop, 's6', "in_segment = 's5'"))?.message).toContain('more than 5 deep')
})

test('a query has at most 500 clauses with those of its segments', async () => {
  const shop = await openTestShop()
  const many = Array.from({ length: 60 }, (_, i) => `number_of_orders = ${i}`).join(' OR ')
  for (let i = 0; i < 9; i++) await saveSegment(shop, `s${i}`, many)
  const naming = (count: number) => Array.from({ length: count }, (_, i) => `in_segment = 's${i}'`).join(' OR ')
  await saveSegment(shop, 'eight', naming(8))
  expect((await refusal(shop, 'nine', naming(9)))?.message).toContain('500 clauses')
  expect((await refusal(shop, 's0', `${many} OR ${'number_of_orders = 1 OR '.repeat(39)} number_of_orders = 2`))?.extensions.code).toBe(
    'CONFLICT',
  )
})

test('a price for a segment follows when the segment changes', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { a: { tags: ['vip'] }, b: { tags: ['new'] } })
  await saveSegment(shop, 'ours', "customer_tags CONTAINS 'vip'")
  await saveLadder(shop, { code: 'members', rungs: [{ adjustment: { percentOff: 10 } }], audience: "in_segment = 'ours'" })
  await publish(shop, 'members')
  const prices = async () => [await memberPrice(shop, 'a', 'A'), await memberPrice(shop, 'b', 'A')]
  expect(await prices()).toEqual([9_000, 10_000])
  await saveSegment(shop, 'ours', "customer_tags CONTAINS 'new'")
  expect(await prices()).toEqual([10_000, 9_000])
})

test('a rule cannot be saved for a segment that is not there', async () => {
  const shop = await openTestShop()
  const problem = await problemOf(
    shop,
    'mutation { saveLadder(input: { code: "x", name: "X", audience: "in_segment = \'none\'", rungs: [{ adjustment: { percentOff: 1 } }] }) { id } }',
  )
  expect(problem?.extensions).toMatchObject({ code: 'BAD_QUERY', inputPath: ['input', 'audience'] })
})

test('what names a segment keeps it from being deleted', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 'vip', 'number_of_orders > 3')
  await saveSegment(shop, 'other', "in_segment = 'vip'")
  const remove = 'mutation ($code: String!) { deleteSegment(code: $code) }'
  const inUse = async () => await problemOf(shop, remove, { code: 'vip' })
  expect(await inUse()).toMatchObject({ message: expect.stringContaining('segment "other"'), extensions: { code: 'IN_USE' } })
  await deleteSegment(shop, 'other')
  await shop.admin('mutation { saveTier(input: { code: "gold", name: "Gold", rank: 1, qualification: "in_segment = \'vip\'" }) { id } }')
  expect((await inUse())?.message).toContain('tier "gold"')
  await shop.admin('mutation { saveTier(input: { code: "gold", name: "Gold", rank: 1 }) { id } }')
  await shop.admin(
    'mutation { saveLadder(input: { code: "x", name: "X", audience: "in_segment = \'vip\'", rungs: [{ adjustment: { percentOff: 1 } }] }) { id } }',
  )
  expect((await inUse())?.message).toContain('ladder "x"')
  await shop.admin('mutation { deleteDraft(code: "x") }')
  await shop.admin('mutation { saveTagRule(input: { tag: "best", query: "in_segment = \'vip\'" }) { tag } }')
  expect((await inUse())?.message).toContain('tag rule "best"')
  await shop.admin('mutation { deleteTagRule(tag: "BEST") }')
  await deleteSegment(shop, 'vip')
  expect((await problemOf(shop, remove, { code: 'vip' }))?.extensions.code).toBe('NOT_FOUND')
})

test('a tier may ask for a segment, but for none that asks for tiers', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver')
  await products(shop, { A: 10_000 })
  await customers(shop, { a: null, b: 'silver' })
  await orders(shop, ['a', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  await saveSegment(shop, 'buyers', 'number_of_orders > 0')
  const gold = 'mutation { saveTier(input: { code: "gold", name: "Gold", rank: 9, qualification: "in_segment = \'buyers\'" }) { id } }'
  await shop.admin(gold)
  await shop.admin('mutation { evaluateTiers { promoted } }')
  expect(await externalIds(shop, "customer_tier = 'gold'")).toEqual(['a'])
  expect((await refusal(shop, 'buyers', "customer_tier = 'silver'"))?.extensions.code).toBe('CONFLICT')
  await saveSegment(shop, 'silver', "customer_tier = 'silver'")
  const problem = await problemOf(shop, gold.replace('buyers', 'silver'))
  expect(problem).toMatchObject({
    message: expect.stringContaining('customer_tier'),
    extensions: { code: 'BAD_QUERY', inputPath: ['input', 'qualification'] },
  })
})

test('a preview tells whom each part of a query would hold', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['vip'], city: 'Paris' }, b: { tags: ['vip'] }, c: { city: 'Paris' }, d: null })
  await saveSegment(shop, 'paris', "customer_cities CONTAINS 'Paris'")
  const { previewSegment } = await shop.admin(
    'query ($query: String!) { previewSegment(query: $query) { customerCount percent clauses { text customerCount } } }',
    { query: "customer_tags CONTAINS 'vip' AND (in_segment = 'paris' OR number_of_orders > 0)" },
  )
  expect(previewSegment).toEqual({
    customerCount: 1,
    percent: 25,
    clauses: [
      { text: "customer_tags CONTAINS 'vip'", customerCount: 2 },
      { text: "(in_segment = 'paris') OR (number_of_orders > 0)".replace(/[()]/g, ''), customerCount: 2 },
      { text: "in_segment = 'paris'", customerCount: 2 },
      { text: 'number_of_orders > 0', customerCount: 0 },
    ],
  })
})

test('a page of segments with members, sizes and history takes no statement for each', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null, b: null })
  const ask = async (first: number) =>
    (
      await shop.admin(
        'query ($first: Int) { segments(first: $first) { nodes { code customerCount members(first: 1) { totalCount nodes { externalId segments { code } } } history(first: 1) { totalCount nodes { kind } } } } }',
        { first },
      )
    ).segments.nodes
  for (let i = 0; i < 10; i++) await saveSegment(shop, `s${i}`, 'number_of_orders = 0')
  const one = await statementsIn(() => ask(1))
  expect(await ask(10)).toHaveLength(10)
  // What is fresh for less than a second may be read again between the two: a few more, never one a row.
  expect(await statementsIn(() => ask(10))).toBeLessThan(one + 5)
})

test('what a segment gave in the past is what it said then', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { a: { tags: ['vip'] } })
  await saveSegment(shop, 'ours', "customer_tags CONTAINS 'vip'")
  await saveLadder(shop, { code: 'members', rungs: [{ adjustment: { percentOff: 10 } }], audience: "in_segment = 'ours'" })
  await publish(shop, 'members')
  await sleep(5)
  const then = new Date().toISOString()
  await sleep(5)
  await saveSegment(shop, 'ours', "customer_tags CONTAINS 'other'")
  const total = async (at?: string) =>
    (
      await shop.admin(
        'query ($at: DateTime) { previewQuote(cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: { externalId: "a" }, at: $at) { total } }',
        { at },
      )
    ).previewQuote.total
  expect([await total(then), await total()]).toEqual([9_000, 10_000])
})

test('coupons are issued to a segment, and a link may be for one', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { a: { tags: ['vip'] }, b: null })
  await saveSegment(shop, 'vip', "customer_tags CONTAINS 'vip'")
  await publishOffer(shop, {
    code: 'thanks',
    name: 'Thanks',
    level: 'PRODUCT',
    trigger: 'CODE',
    coupons: {},
    product: { adjustment: { amountOff: 100 } },
  })
  expect(await shop.admin('mutation { issueCoupons(offerCode: "thanks", query: "in_segment = \'vip\'") }')).toEqual({ issueCoupons: 1 })
  const link = (code: string) =>
    `mutation { createPrivateLink(input: { name: "For us", audience: "in_segment = '${code}'", items: [{ sku: "A", adjustment: { percentOff: 20 } }] }) { link { id } token } }`
  expect((await problemOf(shop, link('none')))?.extensions).toMatchObject({ code: 'BAD_QUERY', inputPath: ['input', 'audience'] })
  const { createPrivateLink } = await shop.admin(link('vip'))
  const eligible = async (externalId: string) =>
    (
      await shop.storefront(
        'query ($token: String!, $customer: CustomerRef) { privateLink(token: $token, customer: $customer) { eligible } }',
        {
          token: createPrivateLink.token,
          customer: { externalId },
        },
      )
    ).privateLink.eligible
  expect([await eligible('a'), await eligible('b')]).toEqual([true, false])
  expect((await problemOf(shop, 'mutation { deleteSegment(code: "vip") }'))?.message).toContain('private link "For us"')
  await shop.admin('mutation ($id: ID!) { revokePrivateLink(id: $id) { id } }', { id: createPrivateLink.link.id })
  await deleteSegment(shop, 'vip')
})

test('what is looked at before publishing, and replayed, knows segments', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { a: { tags: ['vip'] } })
  await orders(shop, ['a', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  await saveSegment(shop, 'empty', "customer_tags CONTAINS 'nobody has it'")
  await saveLadder(shop, { code: 'members', rungs: [{ adjustment: { percentOff: 10 } }], audience: "in_segment = 'empty'" })
  const { publish: published } = await shop.admin('mutation { publish(codes: ["members"]) { warnings { kind } } }')
  expect(published.warnings).toContainEqual({ kind: 'NEVER_APPLIES' })
})
