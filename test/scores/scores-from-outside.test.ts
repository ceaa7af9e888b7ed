import { expect, test } from 'vitest'
import { settleScores } from '../../src/scores/score.service.ts'
import { customers, products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Scores, groups and life cycles worked out by hand from their definitions, and read as shop people read them: in customer queries.

const DAY = 86_400_000
const NOW = Date.parse('2026-05-20T04:00:00Z')
const ago = (days: number) => new Date(NOW - Math.round(days * DAY)).toISOString()

type Given = {
  readonly id?: string
  readonly who: string
  readonly daysAgo: number
  readonly amount?: number
  readonly sku?: string
  readonly skus?: readonly string[]
  readonly status?: string
}

async function record(shop: TestShop, given: readonly Given[]): Promise<void> {
  const names = [...new Set(given.map(({ who }) => who))]
  await customers(shop, Object.fromEntries(names.map((who) => [who, null])))
  for (let i = 0; i < given.length; i += 500)
    await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
      orders: given.slice(i, i + 500).map(({ id, who, daysAgo, amount = 100, sku = 'A', skus = [sku], status = 'PAID' }, n) => ({
        externalId: id ?? `o${i + n}-${who}`,
        customer: { externalId: who },
        placedAt: ago(daysAgo),
        status,
        lines: skus.map((one, j) => ({ sku: one, quantity: 1, unitPrice: j === 0 ? amount : 0 })),
      })),
    })
}

const evaluate = (shop: TestShop, at = NOW) => settleScores(shop.world(new Date(at)))

async function held(shop: TestShop, query: string): Promise<string[]> {
  const { customers: found } = await shop.admin(
    'query ($query: String!) { customers(query: $query, first: 250) { nodes { externalId } } }',
    { query },
  )
  return found.nodes.map(({ externalId }: { externalId: string }) => externalId).sort()
}

/** Who has which value of an attribute, as queries tell. */
async function told(shop: TestShop, attribute: string, values: readonly string[]): Promise<Record<string, string>> {
  const by: Record<string, string> = {}
  for (const value of values)
    for (const one of await held(shop, `${attribute} = ${value}`)) by[one] = (by[one] ?? '') + value.replaceAll("'", '')
  return by
}

const scoresTold = (shop: TestShop, which: string) => told(shop, which, ['1', '2', '3', '4', '5'])
const LIFECYCLES = ["'PROSPECT'", "'NEW'", "'ACTIVE'", "'AT_RISK'", "'DORMANT'", "'CHURNED'"]
const lifecycles = (shop: TestShop) => told(shop, 'lifecycle', LIFECYCLES)

const GROUPS = [
  'CHAMPIONS',
  'LOYAL',
  'ACTIVE',
  'NEW',
  'PROMISING',
  'NEEDS_ATTENTION',
  'AT_RISK',
  'ALMOST_LOST',
  'PREVIOUSLY_LOYAL',
  'DORMANT',
  'PROSPECTS',
]
const MAP: Readonly<Record<number, readonly string[]>> = {
  5: ['NEW', 'NEW', 'ACTIVE', 'LOYAL', 'CHAMPIONS'],
  4: ['PROMISING', 'PROMISING', 'ACTIVE', 'LOYAL', 'LOYAL'],
  3: ['PROMISING', 'NEEDS_ATTENTION', 'NEEDS_ATTENTION', 'LOYAL', 'LOYAL'],
  2: ['ALMOST_LOST', 'ALMOST_LOST', 'AT_RISK', 'AT_RISK', 'AT_RISK'],
  1: ['DORMANT', 'DORMANT', 'DORMANT', 'PREVIOUSLY_LOYAL', 'PREVIOUSLY_LOYAL'],
}

test('every combination of three scores is in its cell of the map', async () => {
  const shop = await openTestShop()
  const given: Given[] = []
  const due: Record<string, string> = {}
  for (let r = 1; r <= 5; r++)
    for (let f = 1; f <= 5; f++)
      for (let m = 1; m <= 5; m++) {
        const who = `${r}${f}${m}`
        // The first order carries the amount; the others are free of charge, and so the three values are independent.
        for (let i = 0; i < f; i++) given.push({ who, daysAgo: 10 * (6 - r) + i, amount: i === 0 ? 1000 * m : 0 })
        due[who] = MAP[r]?.[Math.floor((f + m + 1) / 2) - 1] ?? ''
      }
  await record(shop, given)
  await customers(shop, { nobody: null, cancelled: null, unpaid: null })
  await record(shop, [
    { who: 'cancelled', daysAgo: 1, status: 'CANCELLED', amount: 99_999 },
    { who: 'unpaid', daysAgo: 1, status: 'PLACED', amount: 99_999 },
    { who: 'back', daysAgo: 1, id: 'back', amount: 99_999 },
  ])
  await shop.storefront(
    'mutation { returnLines(input: { returnExternalId: "r1", orderExternalId: "back", lines: [{ id: "0", quantity: 1 }] }) { __typename } }',
  )
  await evaluate(shop)
  const none = ['back', 'cancelled', 'nobody', 'unpaid']
  expect(
    await told(
      shop,
      'rfm_group',
      GROUPS.map((group) => `'${group}'`),
    ),
  ).toEqual({
    ...due,
    ...Object.fromEntries(none.map((one) => [one, 'PROSPECTS'])),
  })
  expect(await scoresTold(shop, 'rfm_recency')).toEqual(Object.fromEntries(Object.keys(due).map((who) => [who, who[0]])))
  expect(await scoresTold(shop, 'rfm_frequency')).toEqual(Object.fromEntries(Object.keys(due).map((who) => [who, who[1]])))
  expect(await scoresTold(shop, 'rfm_monetary')).toEqual(Object.fromEntries(Object.keys(due).map((who) => [who, who[2]])))
  expect(await held(shop, 'rfm_recency IS NULL')).toEqual(none)
  expect(await held(shop, "lifecycle = 'PROSPECT'")).toEqual(none)
  expect(await held(shop, 'abc_class IS NULL AND spend_percentile IS NULL AND predicted_spend_tier IS NULL')).toEqual(none)
})

test.each([
  [[7]],
  [[5, 5, 5, 5]],
  [[1, 2]],
  [[1, 1, 2, 2, 2, 3, 9]],
  [[1, 1, 1, 1, 9]],
  [[1, 9, 9, 9, 9]],
  [[1, 2, 3, 4, 5, 6]],
  [[0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 8]],
])('of the amounts %j each scores by who has strictly less', async (amounts) => {
  const shop = await openTestShop()
  await record(
    shop,
    amounts.map((amount, i) => ({ who: `c${i}`, daysAgo: 50 - amount, amount })),
  )
  await evaluate(shop)
  const score = (amount: number) => Math.min(5, 1 + Math.floor((5 * amounts.filter((other) => other < amount).length) / amounts.length))
  const due = Object.fromEntries(amounts.map((amount, i) => [`c${i}`, String(score(amount))]))
  expect(await scoresTold(shop, 'rfm_monetary')).toEqual(due)
  expect(await scoresTold(shop, 'rfm_recency')).toEqual(due)
  expect(await held(shop, 'rfm_frequency = 1')).toHaveLength(amounts.length)
})

const STAGES = (m: number, q: number) => [m - 1e-6, m, m + 1e-6, q, q + 1e-6, 2 * q, 2 * q + 1e-6, 4 * q, 4 * q + 1e-6]

test('without 50 intervals in the shop m is 30 days and q 90, to the millisecond', async () => {
  const shop = await openTestShop()
  const days = STAGES(30, 90)
  await record(shop, [
    ...days.map((daysAgo, i) => ({ who: `one${i}`, daysAgo })),
    ...days.flatMap((daysAgo, i) => [
      { who: `two${i}`, daysAgo },
      { who: `two${i}`, daysAgo: daysAgo + 5 },
    ]),
  ])
  await evaluate(shop)
  const named = (prefix: string, stages: readonly string[]) => Object.fromEntries(stages.map((stage, i) => [`${prefix}${i}`, stage]))
  expect(await lifecycles(shop)).toEqual({
    ...named('one', ['NEW', 'NEW', 'AT_RISK', 'AT_RISK', 'AT_RISK', 'AT_RISK', 'DORMANT', 'DORMANT', 'CHURNED']),
    ...named('two', ['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'AT_RISK', 'AT_RISK', 'DORMANT', 'DORMANT', 'CHURNED']),
  })
})

/** Orders the given days apart, the last one so many days ago. */
function rhythm(who: string, lastDaysAgo: number, gaps: readonly number[], sku = 'A'): Given[] {
  let at = lastDaysAgo
  const all = [{ who, daysAgo: at, sku }]
  for (const gap of gaps) {
    at += gap
    all.push({ who, daysAgo: at, sku })
  }
  return all
}

const rhythmOf = async (shop: TestShop, externalId: string) =>
  (
    await shop.admin(
      'query ($id: String!) { customer(ref: { externalId: $id }) { scores { lifecycle rhythm { source medianDays p90Days } expectedNextOrderAt } } }',
      { id: externalId },
    )
  ).customer.scores

test('four intervals of their own make a rhythm of their own, three do not', async () => {
  const shop = await openTestShop()
  // Median of 4, 6, 10, 20 is 8; the 90th percentile lies 0.7 of the way from 10 to 20.
  const own = STAGES(8, 17)
  await record(shop, [
    ...own.flatMap((daysAgo, i) => rhythm(`own${i}`, daysAgo, [10, 4, 20, 6])),
    ...rhythm('three', 40, [10, 4, 20]),
    ...rhythm('quick', 1.4, [0.1, 0.2, 0.1, 0.3]),
    ...rhythm('even', 13, [9, 9, 9, 9]),
  ])
  await evaluate(shop)
  // 50 intervals and more in the shop: nine times 4, 6, 10, 20 and some others.
  expect(await rhythmOf(shop, 'own0')).toMatchObject({ rhythm: { source: 'OWN', medianDays: 8, p90Days: 17 } })
  expect((await rhythmOf(shop, 'three')).rhythm.source).not.toBe('OWN')
  expect(await rhythmOf(shop, 'quick')).toMatchObject({ lifecycle: 'ACTIVE', rhythm: { source: 'OWN', medianDays: 1, p90Days: 1.5 } })
  expect(await rhythmOf(shop, 'even')).toMatchObject({ lifecycle: 'ACTIVE', rhythm: { source: 'OWN', medianDays: 9, p90Days: 13.5 } })
  const found = await lifecycles(shop)
  expect(own.map((_, i) => found[`own${i}`])).toEqual([
    'ACTIVE',
    'ACTIVE',
    'ACTIVE',
    'ACTIVE',
    'AT_RISK',
    'AT_RISK',
    'DORMANT',
    'DORMANT',
    'CHURNED',
  ])
  expect(new Date((await rhythmOf(shop, 'own1')).expectedNextOrderAt).getTime()).toBe(NOW)
  expect(await held(shop, 'purchase_interval_days = 8')).toEqual(own.map((_, i) => `own${i}`))
  expect(await held(shop, 'purchase_interval_days = 10')).toEqual(['three'])
  expect(await held(shop, 'purchase_interval_days BETWEEN 0.149 AND 0.151')).toEqual(['quick'])
})

test.each([
  [49, 'DEFAULT', 30, 90],
  [50, 'SHOP', 12, 18],
] as const)('of %i intervals in the shop the rhythm is the %s one', async (count, source, medianDays, p90Days) => {
  const shop = await openTestShop()
  await record(shop, Array.from({ length: count }, (_, i) => rhythm(`p${i}`, 3, [12])).flat())
  await record(shop, [{ id: 'x', who: 'once', daysAgo: 12 }])
  await evaluate(shop)
  expect(await rhythmOf(shop, 'once')).toMatchObject({ lifecycle: 'NEW', rhythm: { source, medianDays, p90Days } })
  expect(await rhythmOf(shop, 'p0')).toMatchObject({ lifecycle: 'ACTIVE', rhythm: { source, medianDays, p90Days } })
})

test.each([
  [49, 'SHOP'],
  [50, 'CATEGORY'],
] as const)('of %i intervals within a category its own buyers go by the %s rhythm', async (count, source) => {
  const shop = await openTestShop()
  await products(shop, { tea: { categoryPaths: [['tea', 'green']] }, pots: { categoryPaths: [['pots']] } })
  const given = [
    // Those who buy tea do so every 10 days, and pots in between that are no tea.
    ...Array.from({ length: count }, (_, i) => [
      { who: `t${i}`, daysAgo: 1, sku: 'tea' },
      { who: `t${i}`, daysAgo: 6, sku: 'pots' },
      { who: `t${i}`, daysAgo: 11, sku: 'tea' },
    ]).flat(),
    { who: 'drinker', daysAgo: 15.5, skus: ['pots', 'tea', 'tea'] },
    { who: 'potter', daysAgo: 15.5, skus: ['pots', 'pots', 'tea'] },
  ]
  await record(shop, given)
  await evaluate(shop)
  const category = { source: 'CATEGORY', medianDays: 10, p90Days: 15 }
  const whole = { source: 'SHOP', medianDays: 5, p90Days: 7.5 }
  expect(await rhythmOf(shop, 'drinker')).toMatchObject({
    lifecycle: source === 'SHOP' ? 'DORMANT' : 'AT_RISK',
    rhythm: source === 'SHOP' ? whole : category,
  })
  expect(await rhythmOf(shop, 't0')).toMatchObject({ rhythm: source === 'SHOP' ? whole : category })
  expect(await rhythmOf(shop, 'potter')).toMatchObject({ lifecycle: 'DORMANT', rhythm: whole })
})

test('m is never below a day and q never below one and a half times m, whosever they are', async () => {
  const shop = await openTestShop()
  await products(shop, { tea: { categoryPaths: [['tea']] } })
  await record(shop, [
    ...Array.from({ length: 50 }, (_, i) => rhythm(`s${i}`, 1.5, [0.25], 'tea')).flat(),
    { who: 'once', daysAgo: 1, sku: 'B' },
    { who: 'cup', daysAgo: 1.01, sku: 'tea' },
  ])
  await evaluate(shop)
  expect(await rhythmOf(shop, 'once')).toMatchObject({ lifecycle: 'NEW', rhythm: { source: 'SHOP', medianDays: 1, p90Days: 1.5 } })
  expect(await rhythmOf(shop, 'cup')).toMatchObject({ lifecycle: 'AT_RISK', rhythm: { source: 'CATEGORY', medianDays: 1, p90Days: 1.5 } })
  expect(await rhythmOf(shop, 's0')).toMatchObject({ lifecycle: 'ACTIVE' })
})

test('a shop sets its own m and q', async () => {
  const shop = await openTestShop()
  await record(shop, [...STAGES(10, 20).map((daysAgo, i) => ({ who: `one${i}`, daysAgo })), ...rhythm('own', 15, [2, 2, 2, 2, 2])])
  await shop.admin('mutation { saveRhythm(medianDays: 10, p90Days: 20) { medianDays p90Days } }')
  await evaluate(shop)
  const found = await lifecycles(shop)
  expect(STAGES(10, 20).map((_, i) => found[`one${i}`])).toEqual([
    'NEW',
    'NEW',
    'AT_RISK',
    'AT_RISK',
    'AT_RISK',
    'AT_RISK',
    'DORMANT',
    'DORMANT',
    'CHURNED',
  ])
  expect(
    (
      await shop.ask(
        '/admin/graphql',
        { authorization: `Bearer ${shop.keys.owner}` },
        'mutation { saveRhythm(medianDays: 10, p90Days: 14) { medianDays } }',
      )
    ).errors.length,
  ).toBe(1)
  expect(
    (
      await shop.ask(
        '/admin/graphql',
        { authorization: `Bearer ${shop.keys.owner}` },
        'mutation { saveRhythm(medianDays: 0.5, p90Days: 14) { medianDays } }',
      )
    ).errors.length,
  ).toBe(1)
})

test('the class is by the share of revenue before one, the percentile by who spent less', async () => {
  const shop = await openTestShop()
  // 70, 10, 10, 5, 3, 2: after the first two 80 % are reached, after four 95 %.
  await record(
    shop,
    [70, 10.01, 9.99, 5, 3, 2].map((amount, i) => ({ who: `c${i}`, daysAgo: 5, amount: Math.round(amount * 100) })),
  )
  await evaluate(shop)
  expect(await told(shop, 'abc_class', ["'A'", "'B'", "'C'"])).toEqual({ c0: 'A', c1: 'A', c2: 'B', c3: 'B', c4: 'C', c5: 'C' })
  expect(await held(shop, 'spend_percentile = 100')).toEqual(['c0'])
  expect(await held(shop, 'spend_percentile = 0')).toEqual(['c5'])
  expect(await held(shop, 'spend_percentile = 80')).toEqual(['c1'])
  expect(await held(shop, 'spend_percentile >= 40 AND spend_percentile < 80')).toEqual(['c2', 'c3'])
})

test('who buys of one category, and who of several', async () => {
  const shop = await openTestShop()
  await products(shop, {
    tea: { categoryPaths: [['food', 'tea']] },
    jam: { categoryPaths: [['food', 'jam']] },
    pots: { categoryPaths: [['kitchen']] },
    both: { categoryPaths: [['food'], ['kitchen']] },
    none: 100,
  })
  await record(shop, [
    { who: 'one', daysAgo: 3, skus: ['tea', 'tea'] },
    { who: 'within', daysAgo: 3, skus: ['tea', 'jam'] },
    { who: 'cross', daysAgo: 3, skus: ['tea', 'pots'] },
    { who: 'later', daysAgo: 5, sku: 'tea' },
    { who: 'later', daysAgo: 3, sku: 'pots' },
    { who: 'unknown', daysAgo: 3, skus: ['none', 'never-told'] },
    { who: 'mixed', daysAgo: 3, skus: ['none', 'tea'] },
  ])
  await evaluate(shop)
  expect(await told(shop, 'buyer_kind', ["'SINGLE_CATEGORY'", "'CROSS_CATEGORY'"])).toEqual({
    one: 'SINGLE_CATEGORY',
    within: 'SINGLE_CATEGORY',
    cross: 'CROSS_CATEGORY',
    later: 'CROSS_CATEGORY',
    mixed: 'SINGLE_CATEGORY',
  })
})

test.each([
  ['JPY', 1000, '1000', '400'],
  ['KWD', 1_000_123, '1000.123', '600.123'],
])('in %s margins and amounts are in major units', async (currency, price, amount, margin) => {
  const shop = await openTestShop({ currency })
  const cost = currency === 'JPY' ? 600 : 400_000
  await products(shop, { A: { listPrice: price, costPrice: cost }, B: { listPrice: price } })
  await record(shop, [
    { who: 'ann', daysAgo: 3, amount: price },
    { who: 'bob', daysAgo: 3, amount: price + 1 },
    { who: 'cy', daysAgo: 3, amount: 10, sku: 'B' },
    { who: 'loss', daysAgo: 3, amount: 0 },
  ])
  await evaluate(shop)
  expect(await held(shop, `amount_spent = ${amount}`)).toEqual(['ann'])
  expect(await held(shop, `average_order_amount > ${amount} AND largest_order_amount > ${amount}`)).toEqual(['bob'])
  expect(await held(shop, `margin_earned = ${margin}`)).toEqual(['ann'])
  expect(await held(shop, `margin_earned > ${margin}`)).toEqual(['bob'])
  expect(await held(shop, 'margin_earned < 0')).toEqual(['loss'])
  expect(await held(shop, 'margin_earned IS NULL')).toEqual(['cy'])
  expect(await held(shop, `orders_placed MATCHES (amount = ${amount})`)).toEqual(['ann'])
  expect(await held(shop, `orders_placed MATCHES (sum_amount > ${amount})`)).toEqual(['bob'])
  expect(await held(shop, `amount_spent = ${amount}${amount.includes('.') ? '' : '.'}0001`)).toEqual([])
  expect(await held(shop, `amount_spent BETWEEN ${amount} AND ${amount}${amount.includes('.') ? '' : '.'}9999`)).toEqual(['ann'])
})
