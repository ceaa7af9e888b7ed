import { expect, inject, test } from 'vitest'
import { instant } from '../../src/kernel/clock.ts'
import { followOrders, settleScores } from '../../src/scores/score.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { transact } from '../../src/shell/world.ts'
import { customers, orders, products, tiers } from '../harness/acts.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()

/** Each spent so much, so many days ago, in as many orders of a day's distance. */
async function bought(
  shop: TestShop,
  all: Readonly<Record<string, readonly [amount: number, daysAgo: number, times?: number]>>,
): Promise<void> {
  await customers(shop, Object.fromEntries(Object.keys(all).map((one) => [one, null])))
  const made = Object.entries(all).flatMap(([customer, [amount, daysAgo, times = 1]]) =>
    Array.from({ length: times }, (_, i) => [customer, 'A', amount, 1, ago(daysAgo + i)] as const),
  )
  await orders(shop, ...made)
}

const evaluate = (shop: TestShop) => shop.admin('mutation { evaluateScores { customers rhythm { source medianDays p90Days } } }')
const held = async (shop: TestShop, query: string): Promise<string[]> =>
  (await shop.admin('query ($query: String!) { customers(query: $query, first: 250) { nodes { externalId } } }', { query })).customers.nodes
    .map(({ externalId }: { externalId: string }) => externalId)
    .sort()
const scoresOf = async (shop: TestShop, externalId: string, fields: string) =>
  (await shop.admin(`query ($id: String!) { customer(ref: { externalId: $id }) { scores { ${fields} } } }`, { id: externalId })).customer
    .scores

test('a shop of few buyers is scored anew with every order: who bought, and everybody beside them', async () => {
  const shop = await openTestShop()
  await bought(shop, { ann: [100, 5], bo: [200, 4], cy: [300, 3], di: [400, 2], ed: [500, 1] })
  const scores = async (one: string) =>
    (await shop.admin(`{ customer(ref: { externalId: "${one}" }) { statistics { recencyScore frequencyScore monetaryScore } } }`)).customer
      .statistics
  expect(await scores('ann')).toEqual({ recencyScore: 1, frequencyScore: 1, monetaryScore: 1 })
  expect(await scores('ed')).toEqual({ recencyScore: 5, frequencyScore: 1, monetaryScore: 5 })
  await orders(shop, ['ann', 'A', 350, 1, ago(0)])
  // 450 in all: three of five spent less, and four each ordered less and earlier.
  expect(await scores('ann')).toEqual({ recencyScore: 5, frequencyScore: 5, monetaryScore: 4 })
  expect(await scores('bo')).toEqual({ recencyScore: 1, frequencyScore: 1, monetaryScore: 1 })
})

test('customer queries ask for scores and groups', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await products(shop, { A: { costPrice: 10, categoryPaths: [['tea']] } })
  await customers(shop, { nobody: null })
  await bought(shop, { new1: [100, 1], risk: [100, 60], sleeps: [100, 200], lost: [100, 400], steady: [5_000, 0.5, 6] })
  await evaluate(shop)
  expect(await held(shop, "lifecycle = 'PROSPECT'")).toEqual(['nobody'])
  expect(await held(shop, "rfm_group = 'PROSPECTS'")).toEqual(['nobody'])
  expect(await held(shop, "lifecycle IN ('NEW', 'ACTIVE')")).toEqual(['new1', 'steady'])
  expect(await held(shop, "lifecycle = 'AT_RISK'")).toEqual(['risk'])
  expect(await held(shop, "lifecycle = 'DORMANT' OR lifecycle = 'CHURNED'")).toEqual(['lost', 'sleeps'])
  expect(await held(shop, "lifecycle != 'CHURNED'")).toEqual(['new1', 'nobody', 'risk', 'sleeps', 'steady'])
  expect(await held(shop, "rfm_group = 'CHAMPIONS'")).toEqual(['steady'])
  expect(await held(shop, 'rfm_monetary = 5 AND rfm_frequency >= 4 AND rfm_recency BETWEEN 4 AND 5')).toEqual(['steady'])
  expect(await held(shop, "abc_class = 'A' AND spend_percentile = 100")).toEqual(['steady'])
  expect(await held(shop, 'spend_percentile < 99.5')).toEqual(['lost', 'new1', 'risk', 'sleeps'])
  expect(await held(shop, 'abc_class IS NULL')).toEqual(['nobody'])
  expect(await held(shop, "predicted_spend_tier = 'HIGH'")).toEqual(['steady'])
  expect(await held(shop, 'margin_earned >= 299.40')).toEqual(['steady'])
  expect(await held(shop, 'purchase_interval_days BETWEEN 0.99 AND 1.01')).toEqual(['steady'])
  expect(await held(shop, 'next_order_expected_date < today')).toEqual(['lost', 'risk', 'sleeps'])
  expect(await held(shop, "buyer_kind = 'SINGLE_CATEGORY' AND NOT lifecycle IN ('NEW', 'AT_RISK', 'DORMANT', 'CHURNED')")).toEqual([
    'steady',
  ])
  expect(await held(shop, 'tier_since IS NOT NULL')).toEqual([])
  await shop.admin(
    'mutation { saveTier(input: { code: "gold", name: "Gold", rank: 1, qualification: "abc_class = \'A\'" }) { id } evaluateTiers { promoted } }',
  )
  expect(await held(shop, 'tier_since >= today')).toEqual(['steady'])
})

test('a customer tells whose rhythm their life cycle goes by, and the shop may set its own', async () => {
  const shop = await openTestShop()
  await bought(shop, { often: [100, 20, 6], once: [100, 20] })
  await customers(shop, { nobody: null })
  const fields = 'lifecycle rhythm { source medianDays p90Days } expectedNextOrderAt'
  expect(await scoresOf(shop, 'often', fields)).toMatchObject({
    lifecycle: 'CHURNED',
    rhythm: { source: 'OWN', medianDays: 1, p90Days: 1.5 },
  })
  expect(await scoresOf(shop, 'once', fields)).toMatchObject({
    lifecycle: 'NEW',
    rhythm: { source: 'DEFAULT', medianDays: 30, p90Days: 90 },
  })
  expect(await scoresOf(shop, 'nobody', fields)).toEqual({ lifecycle: 'PROSPECT', rhythm: null, expectedNextOrderAt: null })
  await shop.admin('mutation { saveRhythm(medianDays: 10, p90Days: 15) { medianDays } }')
  expect(await scoresOf(shop, 'often', fields)).toMatchObject({ lifecycle: 'AT_RISK', rhythm: { source: 'SETTING' } })
  expect(await scoresOf(shop, 'once', fields)).toMatchObject({ lifecycle: 'AT_RISK', rhythm: { source: 'SETTING' } })
  await shop.admin('mutation { clearRhythm }')
  expect(await scoresOf(shop, 'once', fields)).toMatchObject({ lifecycle: 'NEW' })
})

test('a shop may have a map of its own, and its versions count up', async () => {
  const shop = await openTestShop()
  await bought(shop, { small: [100, 9], large: [900, 1, 3] })
  const map = async (input: object) =>
    (await shop.admin('mutation ($input: RfmMapInput!) { saveRfmMap(input: $input) { version } }', { input })).saveRfmMap
  expect(await map({ name: '八类', kind: 'EIGHT_CLASSES' })).toEqual({ version: 1 })
  expect(await held(shop, "rfm_group = '重要价值'")).toEqual(['large'])
  expect(await held(shop, "rfm_group = '一般挽留'")).toEqual(['small'])
  const row = ['LOYAL', 'LOYAL', 'LOYAL', 'LOYAL', 'LOYAL']
  expect(await map({ name: 'All are loyal', kind: 'GRID', rows: [row, row, row, row, row] })).toEqual({ version: 2 })
  expect(await held(shop, "rfm_group = 'LOYAL'")).toEqual(['large', 'small'])
  expect((await shop.admin('{ scoring { rfmMap { version name savedAt } } }')).scoring.rfmMap).toMatchObject({
    version: 2,
    name: 'All are loyal',
  })
  const refused = await shop.ask(
    '/admin/graphql',
    { authorization: `Bearer ${shop.keys.owner}` },
    'mutation ($input: RfmMapInput!) { saveRfmMap(input: $input) { version } }',
    { input: { name: 'x', kind: 'GRID', rows: [row, row, row, row, ['LOYAL', 'LOYAL', 'WHO', 'LOYAL', 'LOYAL']] } },
  )
  expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['input', 'rows', 4, 2] } }])
})

test('an alarm is raised when a share passes its target, and cleared when it is back', async () => {
  const shop = await openTestShop()
  await bought(shop, { a: [100, 1], b: [100, 1], c: [100, 400], d: [100, 400] })
  const target = (share: number) =>
    shop.admin(`mutation { setGroupTarget(kind: LIFECYCLE, group: "CHURNED", targetShare: ${share}, direction: AT_MOST) { targetShare } }`)
  const alarms = async (onlyOpen: boolean) =>
    (
      await shop.admin(
        `{ alarms(onlyOpen: ${onlyOpen}) { totalCount nodes { kind group targetShare direction percent raisedAt clearedAt } } }`,
      )
    ).alarms
  await target(50)
  expect((await alarms(true)).totalCount).toBe(0)
  await customers(shop, { e: null })
  await orders(shop, ['e', 'A', 5, 1, ago(500)])
  await evaluate(shop)
  expect((await alarms(true)).nodes).toEqual([
    {
      kind: 'LIFECYCLE',
      group: 'CHURNED',
      targetShare: 50,
      direction: 'AT_MOST',
      percent: 60,
      raisedAt: expect.any(String),
      clearedAt: null,
    },
  ])
  await evaluate(shop)
  expect((await alarms(false)).totalCount).toBe(1)
  await orders(shop, ['e', 'A', 5, 1, ago(0)])
  await evaluate(shop)
  expect((await alarms(true)).totalCount).toBe(0)
  expect((await alarms(false)).nodes).toMatchObject([{ group: 'CHURNED', clearedAt: expect.any(String) }])
})

test('the sizes of groups are kept day by day, as the last evaluation of a day found them', async () => {
  const shop = await openTestShop({ timeZone: 'Asia/Shanghai' })
  await customers(shop, { nobody: null })
  await bought(shop, { a: [100, 10], b: [100, 10] })
  // 16:00 UTC is midnight in Shanghai.
  for (const at of ['2030-01-01T15:59:00Z', '2030-01-01T16:01:00Z']) await settleScores(shop.world(new Date(at)))
  await customers(shop, { another: null })
  await settleScores(shop.world(new Date('2030-01-01T20:00:00Z')))
  await shop.admin('mutation { setGroupTarget(kind: LIFECYCLE, group: "PROSPECT", targetShare: 10, direction: AT_MOST) { group } }')
  const { groupSizes } = await shop.admin(
    '{ groupSizes(kind: LIFECYCLE, from: "2030-01-01", to: "2030-01-02") { day group customers percent targetPercent } }',
  )
  expect(groupSizes).toEqual([
    { day: '2030-01-01', group: 'CHURNED', customers: 2, percent: expect.closeTo(66.67, 1), targetPercent: null },
    { day: '2030-01-01', group: 'PROSPECT', customers: 1, percent: expect.closeTo(33.33, 1), targetPercent: 10 },
    { day: '2030-01-02', group: 'CHURNED', customers: 2, percent: 50, targetPercent: null },
    { day: '2030-01-02', group: 'PROSPECT', customers: 2, percent: 50, targetPercent: 10 },
  ])
})

test('what a query may ask is listed with its words, and what is wrong with one is told in Chinese', async () => {
  const shop = await openTestShop()
  const { segmentAttributes } = await shop.admin(
    '{ segmentAttributes { kind name label labelZh type operators values { value labelZh } parameters { name type labelZh } } }',
  )
  const named = (name: string) => segmentAttributes.find((one: { name: string }) => one.name === name)
  expect(named('lifecycle')).toMatchObject({
    labelZh: '生命周期',
    type: 'ENUM',
    values: expect.arrayContaining([{ value: 'CHURNED', labelZh: '流失' }]),
  })
  expect(named('amount_spent')).toMatchObject({
    kind: 'ATTRIBUTE',
    type: 'AMOUNT',
    operators: expect.arrayContaining(['BETWEEN']),
    values: [],
  })
  expect(named('products_purchased')).toMatchObject({
    kind: 'FUNCTION',
    parameters: expect.arrayContaining([{ name: 'sum_quantity', type: 'WHOLE_NUMBER', labelZh: '数量合计' }]),
  })
  const { errors } = await shop.ask(
    '/admin/graphql',
    { authorization: `Bearer ${shop.keys.owner}` },
    '{ previewSegment(query: "lifecycle = \'LOST\'") { customerCount } }',
  )
  expect(errors[0]?.extensions).toMatchObject({
    code: 'BAD_QUERY',
    faults: [{ line: 1, column: 13, messageZh: expect.stringMatching(/^第 1 行第 13 列：不应出现 'LOST'。.+可选：PROSPECT、NEW/) }],
  })
})

test.skipIf(inject('template') === null)(
  'orders and evaluations at once wait for each other and leave nobody by a scale that is over',
  async () => {
    const shop = await openTestShop()
    const nodes = [shop, shop.at(closeAfterwards(await anotherNode()))]
    const people = Array.from({ length: 20 }, (_, i) => `p${i}`)
    await customers(shop, Object.fromEntries(people.map((one) => [one, null])))
    const at = instant(Date.now())
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const node = nodes[i % 2] ?? shop
        if (i % 6 === 5) return settleScores(node.world(new Date(at)))
        return orders(node, [people[(i * 7) % 20] ?? 'p0', 'A', 100 + i, 1, ago(i)], [people[(i * 3) % 20] ?? 'p0', 'B', 50, 1, ago(i + 1)])
      }),
    )
    const { em, shopId } = shop.world()
    // The world of each act has an instant of its own, by which alone life cycles may differ.
    const scores = () =>
      rowsOf(
        em,
        sql`select to_jsonb(x) - 'lifecycle' - 'predicted_spend_tier' as score from customer_score x where shop_id = ${shopId} order by customer_id`,
      )
    const left = await scores()
    const buyers = await rowsOf<{ id: string }>(em, sql`select customer_id as id from customer_statistics where shop_id = ${shopId}`)
    expect(left).toHaveLength(buyers.length)
    await transact(shop.world(new Date(at)), async (tx) => {
      await followOrders(
        tx,
        buyers.map(({ id }) => id),
      )
      return { ok: true, value: null }
    })
    expect(await scores()).toEqual(left)
  },
)
