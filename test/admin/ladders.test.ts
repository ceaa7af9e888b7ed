import { describe, expect, test } from 'vitest'
import { tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { asInput, ladder, publish, refusal, SAVE_LADDER, saveLadder } from '../harness/rules.ts'
import { openTestShop } from '../harness/shop.ts'

const RUNGS = [{ adjustment: { percentOff: 10 } }]
const SMALL = { code: 'members', name: 'Members', rungs: RUNGS }

const LARGE = {
  code: 'Summer-夏',
  name: 'Summer 夏季',
  priority: -7,
  audience: "customer_tags CONTAINS 'vip' AND number_of_orders > 3",
  scope: {
    skus: ['A', 'a'],
    categories: ['passives/resistors', 'active'],
    brands: ['Omron'],
    productTags: ['New', 'new'],
    excludedSkus: ['B'],
    excludedCategories: ['passives/resistors/old'],
    excludedBrands: ['None'],
    excludedProductTags: ['Clearance'],
    launchedWithinDays: 30,
  },
  schedule: { daysOfMonth: [1, 15, 31], daysOfWeek: [6, 7], fromTime: '00:00', untilTime: '24:00' },
  validFrom: '2026-06-01T00:00:00.000Z',
  validUntil: '2026-09-01T00:00:00.000Z',
  rungs: [
    { tierCode: 'gold', minQuantity: 10, adjustment: { percentOff: 12.5 } },
    { tierCode: null, minQuantity: 1, adjustment: { amountOff: 1 } },
    { tierCode: null, minQuantity: 1, adjustment: { fixedPrice: 0 } },
    { tierCode: 'silver', minQuantity: 1_000_000, adjustment: { percentOff: 0.01 } },
  ],
}

test('a ladder is loaded as it was saved, and what was loaded can be saved', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  const saved = await saveLadder(shop, LARGE)
  expect(await ladder(shop, 'SUMMER-夏')).toEqual(saved)
  expect(asInput(saved)).toEqual(LARGE)
  const again = await saveLadder(shop, asInput(saved), saved.draft.version)
  expect(again).toEqual({ ...saved, draft: { ...saved.draft, version: 2 } })
  await publish(shop, LARGE.code)
  expect(asInput(await ladder(shop, LARGE.code))).toEqual(LARGE)
})

test('what a ladder leaves out, or gives as null, has its default', async () => {
  const shop = await openTestShop()
  const nothing = { priority: null, audience: null, scope: null, schedule: null, validFrom: null, validUntil: null }
  const first = await saveLadder(shop, SMALL)
  const second = await saveLadder(shop, { ...SMALL, ...nothing, rungs: [{ ...RUNGS[0], tierCode: null, minQuantity: null }] })
  expect(asInput(first)).toEqual({ ...SMALL, ...nothing, priority: 0, rungs: [{ ...RUNGS[0], tierCode: null, minQuantity: 1 }] })
  expect(asInput(second)).toEqual(asInput(first))
  expect(first).toMatchObject({ status: 'DRAFT', published: null, draft: { version: 1, publishedAt: null } })
})

test('a blank audience is everyone, and a scope or schedule that says nothing is none', async () => {
  const shop = await openTestShop()
  const { draft } = await saveLadder(shop, { ...SMALL, audience: ' \n ', scope: { skus: null }, schedule: {} })
  expect(draft).toMatchObject({ audience: null, scope: null, schedule: null })
})

test('an audience that is no query is refused with every fault in it', async () => {
  const shop = await openTestShop()
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), SAVE_LADDER, {
    input: { ...SMALL, audience: "number_of_order > 3 AND customer_tags = 'vip'" },
  })
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_QUERY', inputPath: ['input', 'audience'] })
  expect(errors[0]?.extensions.faults).toMatchObject([
    { line: 1, column: 1, suggestion: 'number_of_orders' },
    { line: 1, column: expect.any(Number), message: expect.any(String), expected: expect.any(Array) },
  ])
})

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)

// biome-ignore format: a table
const REFUSED: readonly (readonly [string, object, string])[] = [
  ['an empty code', { code: '' }, 'BAD_USER_INPUT at input.code'],
  ['a code with a blank at its end', { code: 'summer ' }, 'BAD_USER_INPUT at input.code'],
  ['a code with a line break', { code: 'sum\nmer' }, 'BAD_USER_INPUT at input.code'],
  ['a code with a character of no width', { code: 'sum\u200bmer' }, 'BAD_USER_INPUT at input.code'],
  ['a code with half a character', { code: 'sum\ud83d' }, 'BAD_USER_INPUT at input.code'],
  ['a code of 101 characters', { code: 'x'.repeat(101) }, 'BAD_USER_INPUT at input.code'],
  ['a blank name', { name: '  ' }, 'BAD_USER_INPUT at input.name'],
  ['a name of 201 characters', { name: 'x'.repeat(201) }, 'BAD_USER_INPUT at input.name'],
  ['a name with a zero byte', { name: 'a\0b' }, 'BAD_USER_INPUT at input.name'],
  ['an audience with a zero byte', { audience: "customer_tags CONTAINS 'a\0b'" }, 'BAD_QUERY at input.audience'],
  ['an unknown attribute', { audience: 'shoe_size > 3' }, 'BAD_QUERY at input.audience'],
  ...['skus', 'categories', 'brands', 'productTags', 'excludedSkus', 'excludedCategories', 'excludedBrands', 'excludedProductTags'].map(
    (list) => [`an empty list of ${list}`, { scope: { [list]: [] } }, `BAD_USER_INPUT at input.scope.${list}`] as const,
  ),
  ['a blank sku', { scope: { skus: ['A', ' '] } }, 'BAD_USER_INPUT at input.scope.skus.1'],
  ['too long a brand', { scope: { excludedBrands: ['x'.repeat(201)] } }, 'BAD_USER_INPUT at input.scope.excludedBrands.0'],
  ['too many skus', { scope: { skus: many(10_001, 'A') } }, 'TOO_MANY_ITEMS at input.scope.skus'],
  ['a category that begins with /', { scope: { categories: ['/passives'] } }, 'BAD_USER_INPUT at input.scope.categories.0'],
  ['a category that ends with /', { scope: { excludedCategories: ['a', 'passives/'] } }, 'BAD_USER_INPUT at input.scope.excludedCategories.1'],
  ['a category with an empty part', { scope: { categories: ['a//b'] } }, 'BAD_USER_INPUT at input.scope.categories.0'],
  ['launched within no days', { scope: { launchedWithinDays: 0 } }, 'BAD_USER_INPUT at input.scope.launchedWithinDays'],
  ['day 32', { schedule: { daysOfMonth: [1, 32] } }, 'BAD_USER_INPUT at input.schedule.daysOfMonth.1'],
  ['day 0', { schedule: { daysOfMonth: [0] } }, 'BAD_USER_INPUT at input.schedule.daysOfMonth.0'],
  ['weekday 8', { schedule: { daysOfWeek: [8] } }, 'BAD_USER_INPUT at input.schedule.daysOfWeek.0'],
  ['weekday 0', { schedule: { daysOfWeek: [7, 0] } }, 'BAD_USER_INPUT at input.schedule.daysOfWeek.1'],
  ['no days of the month', { schedule: { daysOfMonth: [] } }, 'BAD_USER_INPUT at input.schedule.daysOfMonth'],
  ['no days of the week', { schedule: { daysOfWeek: [] } }, 'BAD_USER_INPUT at input.schedule.daysOfWeek'],
  ['a time that is none', { schedule: { fromTime: '9:00' } }, 'BAD_USER_INPUT at input.schedule.fromTime'],
  ['a start at 24:00', { schedule: { fromTime: '24:00' } }, 'BAD_USER_INPUT at input.schedule.fromTime'],
  ['minute 60', { schedule: { untilTime: '12:60' } }, 'BAD_USER_INPUT at input.schedule.untilTime'],
  ['hours past midnight', { schedule: { fromTime: '22:00', untilTime: '06:00' } }, 'BAD_USER_INPUT at input.schedule.untilTime'],
  ['hours of no length', { schedule: { fromTime: '09:00', untilTime: '09:00' } }, 'BAD_USER_INPUT at input.schedule.untilTime'],
  ['until the first minute', { schedule: { untilTime: '00:00' } }, 'BAD_USER_INPUT at input.schedule.untilTime'],
  ['an end before the start', { validFrom: '2026-06-02T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }, 'BAD_USER_INPUT at input.validUntil'],
  ['an end at the start', { validFrom: '2026-06-01T00:00:00Z', validUntil: '2026-06-01T08:00:00+08:00' }, 'BAD_USER_INPUT at input.validUntil'],
  ['no rungs', { rungs: [] }, 'BAD_USER_INPUT at input.rungs'],
  ['101 rungs', { rungs: many(101, RUNGS[0]) }, 'TOO_MANY_ITEMS at input.rungs'],
  ['an unknown tier', { rungs: [...RUNGS, { ...RUNGS[0], tierCode: 'Gold' }] }, 'UNKNOWN_TIER at input.rungs.1.tierCode'],
  ['a quantity of 0', { rungs: [{ ...RUNGS[0], minQuantity: 0 }] }, 'BAD_USER_INPUT at input.rungs.0.minQuantity'],
  ['a quantity of 1,000,001', { rungs: [{ ...RUNGS[0], minQuantity: 1_000_001 }] }, 'BAD_USER_INPUT at input.rungs.0.minQuantity'],
  ['nothing off', { rungs: [...RUNGS, { adjustment: { amountOff: 0 } }] }, 'BAD_USER_INPUT at input.rungs.1.adjustment.amountOff'],
  ['no adjustment', { rungs: [{ adjustment: {} }] }, 'BAD_USER_INPUT at input.rungs.0.adjustment'],
  ['two adjustments', { rungs: [{ adjustment: { percentOff: 10, amountOff: 5 } }] }, 'BAD_USER_INPUT at input.rungs.0.adjustment'],
  ['101 percent', { rungs: [{ adjustment: { percentOff: 101 } }] }, 'BAD_USER_INPUT at input.rungs.0.adjustment.percentOff'],
  ['0 percent', { rungs: [{ adjustment: { percentOff: 0 } }] }, 'BAD_USER_INPUT at input.rungs.0.adjustment.percentOff'],
  ['a price below 0', { rungs: [{ adjustment: { fixedPrice: -1 } }] }, 'BAD_USER_INPUT at input.rungs.0.adjustment.fixedPrice'],
]

describe('a ladder is refused with', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  test.each(REFUSED)('%s', async (_, change, expected) => {
    expect(await refusal(shop, SAVE_LADDER, { input: { ...SMALL, ...change } })).toBe(expected)
  })
})

test('a ladder takes what is just within the bounds', async () => {
  const shop = await openTestShop()
  const edge = {
    code: `${'优'.repeat(50)} ${'x'.repeat(49)}`,
    name: 'x'.repeat(200),
    scope: { skus: ['x'.repeat(200)], launchedWithinDays: 1 },
    schedule: { fromTime: '23:59', untilTime: '24:00' },
    rungs: many(100, { minQuantity: 1_000_000, adjustment: { percentOff: 100 } }),
  }
  expect((await saveLadder(shop, edge)).draft.rungs).toHaveLength(100)
})

test('a word that comes twice in a list is kept once', async () => {
  const shop = await openTestShop()
  const { draft } = await saveLadder(shop, { ...SMALL, scope: { skus: ['B', 'A', 'B'] }, schedule: { daysOfWeek: [7, 1, 7] } })
  expect(draft).toMatchObject({ scope: { skus: ['B', 'A'] }, schedule: { daysOfWeek: [7, 1] } })
})

test('ladders come in the order of their codes, page by page, narrowed by their status', async () => {
  const shop = await openTestShop()
  for (const code of ['b', 'A', 'Z', 'é', 'c']) await saveLadder(shop, { ...SMALL, code })
  await publish(shop, 'a', 'c')
  const list = (args: string) =>
    shop.admin(`{ ladders${args} { nodes { code } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`)
  const codes = (page: { ladders: { nodes: { code: string }[] } }) => page.ladders.nodes.map((node) => node.code)
  const first = await list('(first: 2)')
  expect(codes(first)).toEqual(['A', 'b'])
  expect(first.ladders).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } })
  const second = await list(`(first: 3, after: "${first.ladders.pageInfo.endCursor}")`)
  expect(codes(second)).toEqual(['c', 'Z', 'é'])
  expect(second.ladders.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  expect(codes(await list('(status: PUBLISHED)'))).toEqual(['A', 'c'])
  expect(await list('(status: DRAFT, first: 1)')).toMatchObject({ ladders: { nodes: [{ code: 'b' }], totalCount: 3 } })
  expect(codes(await list('(status: RETIRED)'))).toEqual([])
  expect(await refusal(shop, '{ ladders(after: "AA") { totalCount } }', {})).toBe('BAD_USER_INPUT at after')
  expect(await refusal(shop, '{ ladders(first: 251) { totalCount } }', {})).toBe('BAD_USER_INPUT at first')
})

test('a ladder of another shop, or of a code that nobody could have, is not there', async () => {
  const [mine, theirs] = [await openTestShop(), await openTestShop()]
  await saveLadder(theirs, SMALL)
  expect(await ladder(mine, SMALL.code)).toBeNull()
  expect(await ladder(mine, 'a\0b')).toBeNull()
  expect(await mine.admin('{ ladders { nodes { code } totalCount } }')).toEqual({ ladders: { nodes: [], totalCount: 0 } })
})

test('whoever may only read rules saves none', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, SMALL)
  const analyst = bearer(await shop.key('ADMIN', 'ANALYST'))
  const read = await shop.ask('/admin/graphql', analyst, '{ ladder(code: "members") { code } ladders { totalCount } }')
  expect(read.data).toEqual({ ladder: { code: 'members' }, ladders: { totalCount: 1 } })
  const write = await shop.ask('/admin/graphql', analyst, SAVE_LADDER, { input: SMALL })
  expect(write.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'rules:write' })
})
