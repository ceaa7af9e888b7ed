import { expect, test } from 'vitest'
import { customers, orders, pin, products, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const EVALUATE = 'mutation ($dryRun: Boolean) { evaluateTiers(dryRun: $dryRun) { promoted demoted unchanged } }'
const tierOf = async (shop: TestShop, externalId: string) =>
  (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { tier { code } } }', { ref: { externalId } })).customer.tier?.code ??
  null

async function shopWithPurchases(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { none: null, low: null, high: null })
  await orders(
    shop,
    ['low', 'A', 10_000, 1, '2026-01-05T03:00:00Z'],
    ['high', 'A', 10_000, 4, '2026-01-05T03:00:00Z'],
    ['high', 'A', 10_000, 1, '2026-02-05T03:00:00Z'],
  )
  for (const [code, rank, qualification] of [
    ['silver', 1, 'amount_spent >= 100'],
    ['gold', 2, 'amount_spent >= 500 AND number_of_orders >= 2'],
  ])
    await shop.admin('mutation ($input: TierInput!) { saveTier(input: $input) { id } }', {
      input: { code, name: code, rank, qualification },
    })
  return shop
}

test('evaluation gives each customer the highest tier that lets them in', async () => {
  const shop = await shopWithPurchases()
  expect(await shop.admin(EVALUATE, { dryRun: true })).toEqual({ evaluateTiers: { promoted: 2, demoted: 0, unchanged: 1 } })
  expect(await tierOf(shop, 'high')).toBe(null)
  expect(await shop.admin(EVALUATE)).toEqual({ evaluateTiers: { promoted: 2, demoted: 0, unchanged: 1 } })
  expect(await Promise.all(['none', 'low', 'high'].map((who) => tierOf(shop, who)))).toEqual([null, 'silver', 'gold'])
  expect((await shop.admin('{ tiers { code customerCount } }')).tiers).toEqual([
    { code: 'silver', customerCount: 1 },
    { code: 'gold', customerCount: 1 },
  ])
  expect(await shop.admin(EVALUATE)).toEqual({ evaluateTiers: { promoted: 0, demoted: 0, unchanged: 3 } })
})

test('whoever no longer qualifies goes down, and a pin is left alone', async () => {
  const shop = await shopWithPurchases()
  await shop.admin(EVALUATE)
  await pin(shop, 'low', 'gold')
  await shop.admin('mutation { saveTier(input: { code: "gold", name: "gold", rank: 2, qualification: "amount_spent >= 10000" }) { id } }')
  expect(await shop.admin(EVALUATE)).toEqual({ evaluateTiers: { promoted: 0, demoted: 1, unchanged: 2 } })
  expect(await tierOf(shop, 'high')).toBe('silver')
  expect(await tierOf(shop, 'low')).toBe('gold')
  await shop.admin('mutation { unpinTier(customer: { externalId: "low" }) { id } }')
  expect(await tierOf(shop, 'low')).toBe('silver')
})

test('a pin shows until when and why, and ends by itself', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await customers(shop, { mei: null })
  const until = new Date(Date.now() + 1_500).toISOString()
  await pin(shop, 'mei', 'gold', until)
  const read = async () =>
    (await shop.admin('{ customer(ref: { externalId: "mei" }) { tier { code } pin { tier { code } until reason } } }')).customer
  expect(await read()).toEqual({ tier: { code: 'gold' }, pin: { tier: { code: 'gold' }, until, reason: 'test' } })
  await new Promise((wait) => setTimeout(wait, 1_700))
  expect(await read()).toEqual({ tier: null, pin: null })
})

test.each([
  ['a rank that another tier has', { code: 'b', name: 'B', rank: 1 }, 'CONFLICT', ['input', 'rank']],
  [
    'a qualification that does not parse',
    { code: 'b', name: 'B', rank: 2, qualification: 'amount_spend > 5' },
    'BAD_QUERY',
    ['input', 'qualification'],
  ],
  [
    'a qualification by tier',
    { code: 'b', name: 'B', rank: 2, qualification: "customer_tier = 'a'" },
    'BAD_QUERY',
    ['input', 'qualification'],
  ],
  ['a code with blanks', { code: 'b c', name: 'B', rank: 2 }, 'BAD_USER_INPUT', ['input', 'code']],
])('%s is refused', async (_, input, code, inputPath) => {
  const shop = await openTestShop()
  await tiers(shop, 'a')
  const answer = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation ($input: TierInput!) { saveTier(input: $input) { id } }',
    { input },
  )
  expect(answer.errors[0]?.extensions).toMatchObject({ code, inputPath })
})

test('a tier that somebody is in cannot be deleted', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await customers(shop, { mei: 'gold' })
  const remove = () => shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation { deleteTier(code: "gold") }')
  expect((await remove()).errors[0]?.extensions.code).toBe('IN_USE')
  await shop.admin('mutation { unpinTier(customer: { externalId: "mei" }) { id } }')
  expect((await remove()).data).toEqual({ deleteTier: true })
})
