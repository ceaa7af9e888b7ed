import { describe, expect, test } from 'vitest'
import { settleTiers } from '../../src/tiers/evaluation.service.ts'
import { customers, orders, pin, products } from '../harness/acts.ts'
import { commit, held, returnLines } from '../harness/checkout.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { ago, cancel, customerOf, evaluate, letPass, programme, tierOf } from './programme.ts'

/** Orders of a yuan's multiples, each days ago. */
const buys = (shop: TestShop, who: string, ...bought: readonly (readonly [number, number])[]) =>
  orders(shop, ...bought.map(([yuan, days]) => [who, 'A', yuan * 100, 1, ago(days)] as const))

async function open(...people: readonly string[]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, Object.fromEntries(people.map((name) => [name, null])))
  return shop
}

const YEARLY = (amount: number) => `orders_placed MATCHES (date >= -365d, sum_amount >= ${amount})`

describe('up', () => {
  test('an order that earns a tier gives it at once, over several ranks, and the price follows', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', 'amount_spent >= 100'], ['gold', 'amount_spent >= 500'])
    await buys(shop, 'mei', [600, 1])
    expect(await tierOf(shop, 'mei')).toBe('gold')
    expect(await evaluate(shop)).toEqual([0, 0, 1])
  })

  test('an order for somebody pinned changes nothing until the pin is gone and everybody is evaluated', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', 'amount_spent >= 100'], ['gold', 'amount_spent >= 500'])
    await pin(shop, 'mei', 'silver')
    await buys(shop, 'mei', [600, 1])
    expect(await tierOf(shop, 'mei')).toBe('silver')
    await shop.admin('mutation { unpinTier(customer: { externalId: "mei" }) { id } }')
    expect(await tierOf(shop, 'mei')).toBe(null)
    await evaluate(shop)
    expect(await tierOf(shop, 'mei')).toBe('gold')
  })

  test('a checkout raises a customer with its commit, and a return sets them failing', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', 'amount_spent >= 100', { graceDays: 3 }])
    await commit(shop, (await held(shop, { cart: { A: 2 }, as: 'mei' })).id, 'o1')
    expect(await tierOf(shop, 'mei')).toBe('silver')
    await returnLines(shop, 'o1', 'b1', { A: 2 })
    const { evaluatedTier } = await customerOf(shop, 'mei', 'evaluatedTier { tier { code } failingSince graceUntil }')
    expect(evaluatedTier.tier.code).toBe('silver')
    expect(Date.parse(evaluatedTier.graceUntil) - Date.parse(evaluatedTier.failingSince)).toBe(3 * 86_400_000)
  })

  test('a whole batch of orders raises each of its customers', async () => {
    const people = Array.from({ length: 60 }, (_, i) => `p${i}`)
    const shop = await open(...people)
    await programme(shop, ['silver', YEARLY(100)])
    await orders(shop, ...people.map((who, i) => [who, 'A', i % 2 === 0 ? 10_000 : 9_999, 1, ago(1)] as const))
    const { tiers } = await shop.admin('{ tiers { customerCount } }')
    expect(tiers).toEqual([{ customerCount: 30 }])
  })
})

describe('down', () => {
  test('retention keeps whom qualification would not let in', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', 'number_of_orders >= 1'], ['gold', 'amount_spent >= 500', { retention: 'amount_spent >= 300' }])
    await buys(shop, 'mei', [400, 3], [200, 2])
    const [, second] = (await customerOf(shop, 'mei', 'orders { nodes { externalId } }')).orders.nodes.toReversed()
    await cancel(shop, second.externalId)
    expect(await evaluate(shop)).toEqual([0, 0, 1])
    expect(await tierOf(shop, 'mei')).toBe('gold')
  })

  test('a return only begins the grace; when it is over an evaluation takes the tier, and not before', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', 'number_of_orders >= 1'], ['gold', 'amount_spent >= 500', { graceDays: 30 }])
    await buys(shop, 'mei', [400, 3], [200, 2])
    const { nodes } = (await customerOf(shop, 'mei', 'orders { nodes { externalId } }')).orders
    await cancel(shop, nodes[0].externalId)
    expect(await tierOf(shop, 'mei')).toBe('gold')
    await letPass(shop, 29)
    expect(await evaluate(shop)).toEqual([0, 0, 1])
    await letPass(shop, 1)
    expect(await evaluate(shop, true)).toEqual([0, 1, 0])
    expect(await tierOf(shop, 'mei')).toBe('gold')
    expect(await evaluate(shop)).toEqual([0, 1, 0])
    expect(await tierOf(shop, 'mei')).toBe('silver')
  })

  test('who recovers within the grace is as if nothing had been, and the next failing has a grace of its own', async () => {
    const shop = await open('mei')
    await programme(shop, ['gold', 'amount_spent >= 500', { graceDays: 30 }])
    await buys(shop, 'mei', [600, 3])
    const failing = async () => (await customerOf(shop, 'mei', 'evaluatedTier { failingSince }')).evaluatedTier.failingSince
    const { nodes } = (await customerOf(shop, 'mei', 'orders { nodes { externalId } }')).orders
    await cancel(shop, nodes[0].externalId)
    await letPass(shop, 20)
    expect(await failing()).not.toBe(null)
    await orders(shop, ['mei', 'A', 60_000, 1, ago(1)])
    expect(await failing()).toBe(null)
    await letPass(shop, 20)
    expect(await evaluate(shop)).toEqual([0, 0, 1])
  })

  test('orders leave the year: time alone takes a tier, by the daily evaluation', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', YEARLY(100)], ['gold', YEARLY(500)])
    await buys(shop, 'mei', [500, 364], [150, 10])
    expect(await tierOf(shop, 'mei')).toBe('gold')
    await settleTiers(shop.world(new Date(Date.now() + 3 * 86_400_000)))
    expect(await tierOf(shop, 'mei')).toBe('silver')
  })
})

describe('a company', () => {
  const companyTier = async (shop: TestShop) =>
    (await shop.admin('{ company(externalId: "acme") { tier { code } } }')).company.tier?.code ?? null

  test('has by rule what its people earn together, and each of them has the better', async () => {
    const shop = await openTestShop()
    await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
    await customers(shop, { ann: { companyExternalId: 'acme' }, bob: { companyExternalId: 'acme' }, cy: null })
    await programme(shop, ['silver', 'amount_spent >= 100'], ['gold', YEARLY(500)])
    await buys(shop, 'ann', [300, 5])
    expect([await companyTier(shop), await tierOf(shop, 'ann'), await tierOf(shop, 'bob')]).toEqual(['silver', 'silver', 'silver'])
    await buys(shop, 'bob', [200, 5])
    await buys(shop, 'cy', [499, 5])
    expect([await companyTier(shop), await tierOf(shop, 'ann'), await tierOf(shop, 'cy')]).toEqual(['gold', 'gold', 'silver'])
    const { tierHistory } = (
      await shop.admin(
        '{ company(externalId: "acme") { tierHistory { nodes { tier { code } held { conditions { attribute has needs met } } } } } }',
      )
    ).company
    expect(tierHistory.nodes[0]).toEqual({
      tier: { code: 'gold' },
      held: { conditions: [{ attribute: 'orders_placed.sum_amount', has: 500, needs: 500, met: true }] },
    })
  })

  test('neither gets nor loses by rule what only a person can have', async () => {
    const shop = await openTestShop()
    await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
    await customers(shop, { ann: { companyExternalId: 'acme', tags: ['early'] } })
    await programme(shop, ['silver', "amount_spent >= 100 AND customer_tags CONTAINS 'early'"])
    await buys(shop, 'ann', [300, 5])
    expect([await tierOf(shop, 'ann'), await companyTier(shop)]).toEqual(['silver', null])
    const { companies } = (await shop.admin('mutation { evaluateTiers { companies { promoted demoted unchanged } } }')).evaluateTiers
    expect(companies).toEqual({ promoted: 0, demoted: 0, unchanged: 1 })
  })
})

describe('the history of a customer', () => {
  const ENTRY =
    'tierHistory(first: 10) { totalCount nodes { tier { code } how until held { query conditions { attribute has needs met } } failed { query conditions { attribute has needs met } } } }'

  test('says what held and what failed, with the figures of then', async () => {
    const shop = await open('mei')
    await programme(
      shop,
      ['silver', 'number_of_orders >= 1'],
      ['gold', `${YEARLY(500)} AND number_of_orders >= 2`, { retention: 'amount_spent >= 450' }],
    )
    await buys(shop, 'mei', [400, 3], [150, 2])
    const { nodes: bought } = (await customerOf(shop, 'mei', 'orders { nodes { externalId } }')).orders
    await cancel(shop, bought[0].externalId)
    await evaluate(shop)
    const { nodes, totalCount } = (await customerOf(shop, 'mei', ENTRY)).tierHistory
    expect(totalCount).toBe(2)
    expect(nodes[0]).toEqual({
      tier: { code: 'silver' },
      how: 'EVALUATED',
      until: null,
      held: { query: 'number_of_orders >= 1', conditions: [{ attribute: 'number_of_orders', has: 1, needs: 1, met: true }] },
      failed: { query: 'amount_spent >= 450', conditions: [{ attribute: 'amount_spent', has: 400, needs: 450, met: false }] },
    })
    expect(nodes[1]).toMatchObject({ tier: { code: 'gold' }, how: 'EVALUATED', failed: null })
    expect(nodes[1].held.conditions).toEqual([
      { attribute: 'orders_placed.sum_amount', has: 550, needs: 500, met: true },
      { attribute: 'number_of_orders', has: 2, needs: 2, met: true },
    ])
    expect(nodes[1].until).not.toBe(null)
  })

  test('tells a pin that is over from one that was taken away, page by page', async () => {
    const shop = await open('mei')
    await programme(shop, ['silver', 'number_of_orders >= 1'], ['gold', null])
    await buys(shop, 'mei', [100, 3])
    await pin(shop, 'mei', 'gold')
    await shop.admin('mutation { unpinTier(customer: { externalId: "mei" }) { id } }')
    await pin(shop, 'mei', 'gold', new Date(Date.now() + 300).toISOString())
    await new Promise((wait) => setTimeout(wait, 350))
    const page = (after: string | null) =>
      shop.admin(
        'query ($after: String) { customer(ref: { externalId: "mei" }) { tierHistory(first: 2, after: $after) { totalCount nodes { tier { code } how } pageInfo { endCursor hasNextPage } } } }',
        { after },
      )
    const one = (await page(null)).customer.tierHistory
    const two = (await page(one.pageInfo.endCursor)).customer.tierHistory
    const three = (await page(two.pageInfo.endCursor)).customer.tierHistory
    expect([...one.nodes, ...two.nodes, ...three.nodes]).toEqual([
      { tier: { code: 'silver' }, how: 'PIN_ENDED' },
      { tier: { code: 'gold' }, how: 'PINNED' },
      { tier: { code: 'silver' }, how: 'UNPINNED' },
      { tier: { code: 'gold' }, how: 'PINNED' },
      { tier: { code: 'silver' }, how: 'EVALUATED' },
    ])
    expect([one.totalCount, three.pageInfo.hasNextPage]).toEqual([5, false])
  })
})

describe('a preview', () => {
  const PREVIEW = `query ($programme: [TierInput!], $first: Int, $after: String) { previewEvaluation(programme: $programme) {
    evaluation { promoted demoted unchanged } sizes { tier { code } before after }
    moves(first: $first, after: $after) { totalCount nodes { customer { externalId } from { code } to { code } held { query conditions { has needs } } failed { query } } pageInfo { endCursor hasNextPage } } } }`

  test('of another programme says who would move and why, and changes nothing', async () => {
    const shop = await open('ann', 'bob', 'cy')
    await programme(shop, ['silver', 'amount_spent >= 100'], ['gold', 'amount_spent >= 500'])
    await buys(shop, 'ann', [600, 3])
    await buys(shop, 'bob', [300, 3])
    const wanted = [
      { code: 'silver', name: 'S', rank: 1, qualification: 'amount_spent >= 300' },
      { code: 'gold', name: 'G', rank: 2, qualification: 'amount_spent >= 1000' },
      { code: 'starter', name: 'New', rank: 0, qualification: 'number_of_orders = 0' },
    ]
    const { previewEvaluation } = await shop.admin(PREVIEW, { programme: wanted })
    expect(previewEvaluation.evaluation).toEqual({ promoted: 1, demoted: 1, unchanged: 1 })
    expect(previewEvaluation.sizes).toEqual([
      { tier: null, before: 1, after: 0 },
      { tier: { code: 'starter' }, before: 0, after: 1 },
      { tier: { code: 'silver' }, before: 1, after: 2 },
      { tier: { code: 'gold' }, before: 1, after: 0 },
    ])
    expect(previewEvaluation.moves.nodes).toEqual([
      {
        customer: { externalId: 'ann' },
        from: { code: 'gold' },
        to: { code: 'silver' },
        held: { query: 'amount_spent >= 300', conditions: [{ has: 600, needs: 300 }] },
        failed: { query: 'amount_spent >= 1000' },
      },
      {
        customer: { externalId: 'cy' },
        from: null,
        to: { code: 'starter' },
        held: { query: 'number_of_orders = 0', conditions: [] },
        failed: null,
      },
    ])
    expect([await tierOf(shop, 'ann'), await tierOf(shop, 'cy')]).toEqual(['gold', null])
    const part = (await shop.admin(PREVIEW, { programme: wanted, first: 1 })).previewEvaluation.moves
    expect([part.totalCount, part.nodes.length, part.pageInfo.hasNextPage]).toEqual([2, 1, true])
    const rest = (await shop.admin(PREVIEW, { programme: wanted, first: 1, after: part.pageInfo.endCursor })).previewEvaluation.moves
    expect(rest.nodes.map(({ customer }: { customer: { externalId: string } }) => customer.externalId)).toEqual(['cy'])
  })

  test.each([
    [
      'two tiers of one rank',
      [
        { code: 'a', name: 'A', rank: 1 },
        { code: 'b', name: 'B', rank: 1 },
      ],
      'CONFLICT',
      ['programme', 1, 'rank'],
    ],
    [
      'a tier twice',
      [
        { code: 'a', name: 'A', rank: 1 },
        { code: 'a', name: 'A', rank: 2 },
      ],
      'BAD_USER_INPUT',
      ['programme', 1, 'code'],
    ],
    ['a query that does not parse', [{ code: 'a', name: 'A', rank: 1, retention: 'x >' }], 'BAD_QUERY', ['programme', 0, 'retention']],
  ])('of %s is refused', async (_, wanted, code, inputPath) => {
    const shop = await openTestShop()
    const answer = await shop.ask('/admin/graphql', { authorization: `Bearer ${shop.keys.owner}` }, PREVIEW, { programme: wanted })
    expect(answer.errors[0]?.extensions).toMatchObject({ code, inputPath })
  })
})
