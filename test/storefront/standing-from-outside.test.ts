import { describe, expect, test } from 'vitest'
import { customers, orders, products, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()

const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId total status customerId } }'
const FIGURES =
  'query ($ref: CustomerRef!) { customer(ref: $ref) { statistics { numberOfOrders amountSpent averageOrderAmount largestOrderAmount firstOrderAt lastOrderAt } } }'

const figuresOf = async (shop: TestShop, externalId: string) => {
  const { statistics } = (await shop.admin(FIGURES, { ref: { externalId } })).customer
  return [statistics.numberOfOrders, statistics.amountSpent, statistics.averageOrderAmount, statistics.largestOrderAmount]
}
const companyFigures = async (shop: TestShop, externalId: string) => {
  const { company } = await shop.admin(
    'query ($externalId: String!) { company(externalId: $externalId) { statistics { numberOfOrders amountSpent } } }',
    { externalId },
  )
  return [company.statistics.numberOfOrders, company.statistics.amountSpent]
}
const one = (who: string | null, more: object, ...prices: number[]) => ({
  externalId: 'o1',
  ...(who === null ? {} : { customer: { externalId: who } }),
  placedAt: '2026-01-01T00:00:00Z',
  lines: prices.map((unitPrice) => ({ sku: 'A', quantity: 1, unitPrice })),
  ...more,
})

const NOTHING = [0, 0, null, null]

test('after each act the figures are what the orders come to', async () => {
  const shop = await openTestShop()
  await customers(shop, { ann: null, bob: null })
  const acts: [string, object, unknown[], unknown[]][] = [
    ['paid when nothing is said', one('ann', {}, 100, 201), [1, 301, 301, 301], NOTHING],
    ['the same again', one('ann', {}, 100, 201), [1, 301, 301, 301], NOTHING],
    ['corrected', one('ann', {}, 100), [1, 100, 100, 100], NOTHING],
    ['not paid yet', one('ann', { status: 'PLACED' }, 100), NOTHING, NOTHING],
    ['completed', one('ann', { status: 'COMPLETED' }, 100), [1, 100, 100, 100], NOTHING],
    ['called off', one('ann', { status: 'CANCELLED' }, 100), NOTHING, NOTHING],
    ["another's", one('bob', { status: 'PAID' }, 100), NOTHING, [1, 100, 100, 100]],
    [
      'of another total than its lines say',
      one('bob', { lines: [{ sku: 'A', quantity: 3, unitPrice: 33, total: 100 }] }),
      NOTHING,
      [1, 100, 100, 100],
    ],
    ['for nothing', one('bob', {}, 0), NOTHING, [1, 0, 0, 0]],
    ['one more', one('bob', { externalId: 'o2' }, 1), NOTHING, [2, 1, 1, 1]],
    ['one more', one('bob', { externalId: 'o3' }, 3), NOTHING, [3, 4, 1, 3]],
  ]
  for (const [what, order, ann, bob] of acts) {
    await shop.storefront(RECORD, { orders: [order] })
    expect([what, await figuresOf(shop, 'ann'), await figuresOf(shop, 'bob')]).toEqual([what, ann, bob])
  }
  await shop.admin('mutation { updateShop(input: { orderCountsWhen: COMPLETED }) { code } }')
  expect(await figuresOf(shop, 'bob')).toEqual(NOTHING)
  await shop.storefront(RECORD, { orders: [one('bob', { externalId: 'o3', status: 'COMPLETED' }, 3)] })
  expect(await figuresOf(shop, 'bob')).toEqual([1, 3, 3, 3])
  await shop.admin('mutation { updateShop(input: { orderCountsWhen: PAID }) { code } }')
  expect(await figuresOf(shop, 'bob')).toEqual([3, 4, 1, 3])
})

test("a company's figures are those of the people that it has", async () => {
  const shop = await openTestShop()
  await shop.storefront(
    'mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }, { externalId: "beta", name: "Beta" }]) }',
  )
  await customers(shop, { ann: { companyExternalId: 'acme' }, bob: { companyExternalId: 'acme' }, cy: null })
  await orders(
    shop,
    ['ann', 'A', 100, 1, '2026-01-01T00:00:00Z'],
    ['bob', 'A', 50, 1, '2026-01-02T00:00:00Z'],
    ['cy', 'A', 7, 1, '2026-01-03T00:00:00Z'],
  )
  expect([await companyFigures(shop, 'acme'), await companyFigures(shop, 'beta')]).toEqual([
    [2, 150],
    [0, 0],
  ])
  await customers(shop, { bob: { companyExternalId: 'beta' }, cy: { companyExternalId: 'acme' } })
  expect([await companyFigures(shop, 'acme'), await companyFigures(shop, 'beta')]).toEqual([
    [2, 107],
    [1, 50],
  ])
})

test('a qualification lets in whom it holds at the cent, and a dry run changes nothing', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 100 })
  await customers(shop, { ann: null, bob: null, cy: null })
  await orders(shop, ['ann', 'A', 1_000, 1, ago(3)], ['bob', 'A', 999, 1, ago(3)])
  const save = 'mutation ($input: TierInput!) { saveTier(input: $input) { id } }'
  await shop.admin(save, { input: { code: 'silver', name: 'Silver', rank: 1, qualification: 'number_of_orders >= 1' } })
  await shop.admin(save, { input: { code: 'gold', name: 'Gold', rank: 2, qualification: 'amount_spent >= 10' } })
  const evaluate = async (dryRun: boolean) =>
    Object.values(
      (await shop.admin('mutation ($dryRun: Boolean) { evaluateTiers(dryRun: $dryRun) { promoted demoted unchanged } }', { dryRun }))
        .evaluateTiers,
    )
  const standing = async () =>
    (await shop.admin('{ customers { nodes { externalId tier { code } } } }')).customers.nodes.map(
      (node: { tier: { code: string } | null }) => node.tier?.code ?? null,
    )
  expect(await evaluate(true)).toEqual([2, 0, 1])
  expect(await standing()).toEqual([null, null, null])
  expect(await evaluate(false)).toEqual([2, 0, 1])
  expect(await standing()).toEqual(['gold', 'silver', null])
  await shop.storefront(RECORD, { orders: [one('ann', { externalId: 'o9' }, 1), one('bob', { externalId: 'o10' }, 1)] })
  // Up at once, with the order; down by an evaluation.
  expect(await standing()).toEqual(['gold', 'gold', null])
  expect(await evaluate(false)).toEqual([0, 0, 3])
  await shop.storefront(RECORD, { orders: [one('bob', { externalId: 'o10', status: 'CANCELLED' }, 1)] })
  expect(await evaluate(false)).toEqual([0, 1, 2])
  expect(await standing()).toEqual(['gold', 'silver', null])
})

test('a tier that says nothing of how one gets in, or blanks, or null, is given by hand only', async () => {
  const shop = await openTestShop()
  await customers(shop, { ann: null })
  const save = 'mutation ($input: TierInput!) { saveTier(input: $input) { qualification retention graceDays } }'
  for (const more of [{}, { qualification: '', retention: ' ' }, { qualification: null, retention: null, graceDays: null }]) {
    const { saveTier } = await shop.admin(save, { input: { code: 'gold', name: 'Gold', rank: 1, ...more } })
    expect(saveTier).toEqual({ qualification: null, retention: null, graceDays: 0 })
    expect((await shop.admin('mutation { evaluateTiers { promoted } }')).evaluateTiers).toEqual({ promoted: 0 })
  }
})

test('a shopper is told what is missing for the next tier', async () => {
  const shop = await openTestShop()
  const save = 'mutation ($input: TierInput!) { saveTier(input: $input) { id } }'
  await shop.admin(save, {
    input: { code: 'silver', name: 'Silver', rank: 1, qualification: 'amount_spent >= 2000 AND number_of_orders >= 3' },
  })
  await shop.admin(save, {
    input: { code: 'gold', name: 'Gold', rank: 2, qualification: 'orders_placed MATCHES (date >= -365d, sum_amount >= 5000, count >= 3)' },
  })
  await customers(shop, { ann: null })
  await orders(shop, ['ann', 'A', 60_000, 1, ago(3)], ['ann', 'A', 60_050, 1, ago(400)])
  const next = async () =>
    (
      await shop.storefront(
        '{ shopper(customer: { externalId: "ann" }) { nextTier { tier { code } conditions { attribute has needs met } } } }',
      )
    ).shopper.nextTier
  expect(await next()).toEqual({
    tier: { code: 'silver' },
    conditions: [
      { attribute: 'amount_spent', has: 1200.5, needs: 2000, met: false },
      { attribute: 'number_of_orders', has: 2, needs: 3, met: false },
    ],
  })
  await shop.admin('mutation { pinTier(customer: { externalId: "ann" }, tierCode: "silver", reason: "x") { id } }')
  const gold = await next()
  expect(gold.tier).toEqual({ code: 'gold' })
  // What counts within a year, whichever comes first.
  expect(gold.conditions).toHaveLength(2)
  expect(gold.conditions).toContainEqual({ attribute: 'orders_placed.sum_amount', has: 600, needs: 5000, met: false })
  expect(gold.conditions).toContainEqual({ attribute: 'orders_placed.count', has: 1, needs: 3, met: false })
  await shop.admin('mutation { pinTier(customer: { externalId: "ann" }, tierCode: "gold", reason: "x") { id } }')
  expect(await next()).toBeNull()
})

describe('pages', () => {
  test.each(['customers', 'orders', 'products', 'companies', 'tags', 'auditLog', 'ladders', 'offers'])(
    '%s come in parts that make the whole',
    async (list) => {
      const shop = await openTestShop()
      await shop.storefront(
        'mutation { upsertCompanies(companies: [{ externalId: "a", name: "A" }, { externalId: "b", name: "B" }, { externalId: "c", name: "C" }]) }',
      )
      await customers(shop, { ann: { tags: ['one'] }, bob: { tags: ['two'] }, cy: { tags: ['three'] } })
      await products(shop, { A: 1, B: 1, C: 1 })
      await tiers(shop, 'silver', 'gold')
      await orders(shop, ...['ann', 'bob', 'cy'].map((who) => [who, 'A', 1, 1, '2026-01-01T00:00:00Z'] as const))
      for (const code of ['x', 'y', 'z']) {
        await shop.admin(
          'mutation ($code: String!) { saveLadder(input: { code: $code, name: "L", rungs: [{ adjustment: { percentOff: 1 } }] }) { id } }',
          { code: `l${code}` },
        )
        await shop.admin(
          'mutation ($code: String!) { saveOffer(input: { code: $code, name: "O", level: PRODUCT, product: { adjustment: { percentOff: 1 } } }) { id } }',
          { code: `o${code}` },
        )
      }
      const named = { products: 'sku', tags: 'name' }[list] ?? 'id'
      const query = `query ($first: Int, $after: String) { ${list}(first: $first, after: $after) { totalCount nodes { name: ${named} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
      const ask = async (first: number | null, after: string | null = null) => (await shop.admin(query, { first, after }))[list]
      const whole = await ask(250)
      const total = whole.nodes.length
      expect(total).toBeGreaterThanOrEqual(3)
      expect({ total: whole.totalCount, next: whole.pageInfo.hasNextPage, previous: whole.pageInfo.hasPreviousPage }).toEqual({
        total,
        next: false,
        previous: false,
      })
      expect((await ask(null)).nodes).toEqual(whole.nodes)
      expect(await ask(0)).toMatchObject({
        totalCount: total,
        nodes: [],
        pageInfo: { hasNextPage: true, startCursor: null, endCursor: null },
      })
      const found: unknown[] = []
      for (let after: string | null = null, more = true; more; ) {
        const part = await ask(2, after)
        expect(part.totalCount).toBe(total)
        expect(part.pageInfo.hasPreviousPage).toBe(after !== null)
        found.push(...part.nodes)
        more = part.pageInfo.hasNextPage
        after = part.pageInfo.endCursor
      }
      expect(found).toEqual(whole.nodes)
      const codes = async (variables: object) =>
        (await shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)).errors.map(({ extensions }) => [
          extensions.code,
          extensions.inputPath,
        ])
      for (const first of [-1, 251]) expect(await codes({ first })).toEqual([['BAD_USER_INPUT', ['first']]])
      for (const after of ['', 'x', '!!', whole.pageInfo.endCursor.slice(0, -2)])
        expect(await codes({ after })).toEqual([['BAD_USER_INPUT', ['after']]])
    },
  )
})
