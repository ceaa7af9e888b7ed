import { expect, test } from 'vitest'
import { customers, orders } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'

// A wrong query says where, what was expected there and what was probably meant: every fault of it, not only the first.

type Fault = {
  readonly line: number
  readonly column: number
  readonly message: string
  readonly expected: string[]
  readonly suggestion: string | null
}
const PREVIEW = 'query ($query: String!) { previewSegment(query: $query) { customerCount } }'

const WRONG: readonly (readonly [query: string, at: string, suggestion: string | null, expected?: string])[] = [
  ['amount_spend > 5', '1:1', 'amount_spent', 'amount_spent'],
  ['AMOUNT_SPENT > 5', '1:1', 'amount_spent'],
  ['constructor = 5', '1:1', null],
  ['attributes. = 5', '1:1', null],
  ['number_of_orders = 1.0', '1:20', null, 'a whole number'],
  ["amount_spent = 'x'", '1:16', null, 'a number'],
  ['amount_spent > 1e5', '1:16', null],
  ['amount_spent = null', '1:16', null],
  ["customer_kind = 'enterprise'", '1:17', 'ENTERPRISE', 'INDIVIDUAL'],
  ['customer_tags CONTAINS vip', '1:24', "'vip'"],
  ['customer_tags CONTAINS "vip"', '1:24', "'vip'"],
  ["customer_tags CONTAINS 'vip", '1:24', "'vip'"],
  ["customer_tags = 'vip'", '1:15', 'CONTAINS', 'NOT CONTAINS'],
  ['amount_spent CONTAINS 5', '1:14', '=', 'BETWEEN'],
  ["customer_language < 'z'", '1:19', null, 'NOT IN'],
  ['certified_enterprise > true', '1:22', null, '!='],
  ["certified_enterprise = 'true'", '1:24', 'true', 'false'],
  ['number_of_orders == 5', '1:18', '='],
  ['number_of_orders <> 5', '1:18', '!='],
  ['number_of_orders IN ()', '1:22', null],
  ['number_of_orders IN (1,)', '1:24', null],
  ['number_of_orders BETWEEN 1', '1:27', null, 'AND'],
  ['last_order_date = 2025-02-29', '1:19', null, 'today'],
  ['last_order_date = 2025-06-01T24:00:00', '1:19', null],
  ['last_order_date > 5', '1:19', null, 'YYYY-MM-DD'],
  ['last_order_date > -99999999d', '1:19', null],
  ['amount_spent > 5 amount_spent < 3', '1:18', null, 'OR'],
  ['amount_spent > 5 AND', '1:21', null, 'NOT'],
  ['(amount_spent > 5', '1:18', null, ')'],
  ['amount_spent > 5)', '1:17', null],
  ['NOT', '1:4', null],
  ['()', '1:2', null],
  ['number_of_orders\n  >= x', '2:6', null, 'a whole number'],
  ['orders_placed MATCHES (cnt >= 1)', '1:24', 'count', 'sum_amount'],
  ['orders_placed MATCHES (count = 1, count = 2)', '1:35', null],
  ['orders_placed = 5', '1:15', null, 'MATCHES'],
  ['products_purchased MATCHES (quantity = 1.5)', '1:40', null, 'a whole number'],
  ["anniversary('x') = today", '1:13', "'metafields.facts.birth_date'"],
  ["customer_source = 'a\0'", '1:19', "'a\0'"],
  [`number_of_orders IN (${'1,'.repeat(500)}1)`, '1:1022', null],
  [`${'number_of_orders=1 OR '.repeat(100)}number_of_orders=1`, '1:2201', null],
]

test('a wrong query is told with its place', async () => {
  const shop = await openTestShop()
  for (const [query, at, suggestion, expected] of WRONG) {
    const answer = await shop.ask('/admin/graphql', bearer(shop.keys.owner), PREVIEW, { query })
    const { code, inputPath, faults } = (answer.errors[0]?.extensions ?? {}) as { code?: string; inputPath?: string[]; faults?: Fault[] }
    const [first] = faults ?? []
    expect([query, code, inputPath, `${first?.line}:${first?.column}`, first?.suggestion]).toEqual([
      query,
      'BAD_QUERY',
      ['query'],
      at,
      suggestion,
    ])
    expect(first?.message).toMatch(/^Line \d+ Column \d+: .+ is unexpected\./)
    if (expected !== undefined) expect(first?.expected).toContain(expected)
  }
})

test.each([
  'customer_account_status',
  'customer_within_distance',
  'product_subscription_status',
  'store_credit_accounts',
  'created_by_app_id',
])('%s means nothing here, and the answer says so', async (name) => {
  const shop = await openTestShop()
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), PREVIEW, { query: `${name} = 'x'` })
  expect(errors).toHaveLength(1)
  expect(errors[0]?.extensions.code).toBe('BAD_QUERY')
  expect(errors[0]?.message).toMatch(/NOT_SUPPORTED_HERE: \w+ .+\.$/)
})

test('every fault is told, wherever a query is given', async () => {
  const shop = await openTestShop()
  const query = "amount_spend > 5 AND\nnumbr_of_orders = 1 OR customer_kind = 'X'"
  const adjustment = { percentOff: 1 }
  const doors: [string, object, string[]][] = [
    [PREVIEW, { query }, ['query']],
    ['query ($query: String!) { customers(query: $query) { totalCount } }', { query }, ['query']],
    [
      'mutation ($input: TierInput!) { saveTier(input: $input) { id } }',
      { input: { code: 'g', name: 'g', rank: 1, qualification: query } },
      ['input', 'qualification'],
    ],
    [
      'mutation ($input: TierInput!) { saveTier(input: $input) { id } }',
      { input: { code: 'g', name: 'g', rank: 1, retention: query } },
      ['input', 'retention'],
    ],
    [
      'mutation ($input: LadderInput!) { saveLadder(input: $input) { id } }',
      { input: { code: 'l', name: 'l', audience: query, rungs: [{ adjustment }] } },
      ['input', 'audience'],
    ],
    [
      'mutation ($input: OfferInput!) { saveOffer(input: $input) { id } }',
      { input: { code: 'o', name: 'o', level: 'PRODUCT', audience: query, product: { adjustment } } },
      ['input', 'audience'],
    ],
  ]
  for (const [operation, variables, inputPath] of doors) {
    const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), operation, variables)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_QUERY', inputPath })
    expect(((errors[0]?.extensions.faults ?? []) as Fault[]).map(({ line, column, suggestion }) => [line, column, suggestion])).toEqual([
      [1, 1, 'amount_spent'],
      [2, 1, 'number_of_orders'],
      [2, 40, null],
    ])
  }
})

test.each(['qualification', 'retention'])("a tier's %s may not name customer_tier", async (field) => {
  const shop = await openTestShop()
  const input = { code: 'g', name: 'g', rank: 1, [field]: "customer_tier = 'g'" }
  const { errors } = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation ($input: TierInput!) { saveTier(input: $input) { id } }',
    { input },
  )
  expect(errors.map(({ extensions }) => [extensions.code, extensions.inputPath])).toEqual([['BAD_QUERY', ['input', field]]])
})

test('a query may be 5,000 characters long, of 100 clauses, with lists of 500 values', async () => {
  const shop = await openTestShop()
  const code = async (query: string) =>
    (await shop.ask('/admin/graphql', bearer(shop.keys.owner), PREVIEW, { query })).errors[0]?.extensions.code
  const text = (length: number) => `customer_source = '${'x'.repeat(length - 20)}'`
  expect(await code(text(5_000))).toBeUndefined()
  expect(await code(`  ${text(5_000)}\n`)).toBeUndefined()
  expect(await code(text(5_001))).toBe('BAD_QUERY')
  expect(await code(`${'number_of_orders=1 OR '.repeat(99)}number_of_orders=1`)).toBeUndefined()
  expect(await code(`number_of_orders IN (${'1,'.repeat(499)}1)`)).toBeUndefined()
  expect(await code(`${'('.repeat(2_400)}number_of_orders = 1${')'.repeat(2_400)}`)).toBeUndefined()
})

// Days are as long as the zone makes them, and begin when it says.
test.each([
  ['America/New_York', '2025-03-09T04:59:59.999Z', '2025-03-08'],
  ['America/New_York', '2025-03-09T05:00:00Z', '2025-03-09'],
  ['America/New_York', '2025-03-10T03:59:59.999Z', '2025-03-09'],
  ['America/New_York', '2025-11-03T04:59:59.999Z', '2025-11-02'],
  ['America/Sao_Paulo', '2018-11-04T02:59:59.999Z', '2018-11-03'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04'],
  ['Asia/Kathmandu', '2025-05-31T18:15:00Z', '2025-06-01'],
  ['Pacific/Kiritimati', '2025-12-31T10:00:00Z', '2026-01-01'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
  ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29'],
])('in %s, %s is on %s', async (timeZone, placedAt, date) => {
  const shop = await openTestShop({ timeZone })
  await customers(shop, { ann: null })
  await orders(shop, ['ann', 'A', 1, 1, placedAt])
  const counts = async (clause: string) =>
    (await shop.admin(PREVIEW, { query: clause })).previewSegment.customerCount +
    10 * (await shop.admin(PREVIEW, { query: `orders_placed MATCHES (${clause.replace('last_order_', '')})` })).previewSegment.customerCount
  for (const comparison of ['=', '<=', '>='])
    expect([comparison, await counts(`last_order_date ${comparison} ${date}`)]).toEqual([comparison, 11])
  for (const comparison of ['!=', '<', '>'])
    expect([comparison, await counts(`last_order_date ${comparison} ${date}`)]).toEqual([comparison, 0])
})

test.each([
  ['JPY', 1_000, '1000', 0],
  ['CNY', 1_005, '10.05', 0],
  ['KWD', 1_005, '1.005', 0],
  ['JPY', 1_000, '999.5', 1],
  ['CNY', 1_005, '10.049', 1],
  ['KWD', 1_005, '1.0050001', -1],
])('in %s %d minor units against %s', async (currency, amount, figure, order) => {
  const shop = await openTestShop({ currency })
  await customers(shop, { ann: null })
  await orders(shop, ['ann', 'A', amount, 1, '2026-01-01T00:00:00Z'])
  for (const clause of [
    'amount_spent # ?',
    'average_order_amount # ?',
    'largest_order_amount # ?',
    'orders_placed MATCHES (amount # ?)',
    'orders_placed MATCHES (sum_amount # ?)',
  ])
    for (const [comparison, holds] of [
      ['=', order === 0],
      ['!=', order !== 0],
      ['<', order < 0],
      ['<=', order <= 0],
      ['>', order > 0],
      ['>=', order >= 0],
    ] as const) {
      const query = clause.replace('#', comparison).replace('?', figure)
      expect([query, (await shop.admin(PREVIEW, { query })).previewSegment.customerCount]).toEqual([query, holds ? 1 : 0])
    }
})
