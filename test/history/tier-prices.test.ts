import { expect, test } from 'vitest'
import { products, publish, publishLadder, publishOffer, saveLadder, tiers } from '../harness/acts.ts'
import { productOffer } from '../harness/priced.ts'
import { refusal, retire } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

const HISTORY = `query ($sku: String!, $from: DateTime, $to: DateTime) { tierPriceHistory(sku: $sku, from: $from, to: $to) {
  since listPrice floorPrice costPrice bookVersion prices { tierCode price } } }`

async function history(shop: TestShop, more: object = {}): Promise<Answer[]> {
  return (await shop.admin(HISTORY, { sku: 'A', ...more })).tierPriceHistory
}
const said = ({ listPrice, prices }: Answer) => [listPrice, ...prices.map(({ price }: Answer) => price)]
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 5))

test('what each tier paid is told for every change that somebody felt, and no other', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: { listPrice: 10_000, costPrice: 4_000 } })
  const acts: readonly (() => Promise<unknown>)[] = [
    () => publishLadder(shop, 'members', { silver: 10, gold: 20 }),
    () => publishLadder(shop, 'others', { gold: 50 }, { scope: { skus: ['B'] } }),
    () => products(shop, { A: 8_000 }),
    () => products(shop, { A: { listPrice: 8_000, floorPrice: 7_000 } }),
    () =>
      publishOffer(
        shop,
        productOffer('gold', { amountOff: 500 }, { audience: "customer_tier = 'gold'", combination: 'STACKABLE', priority: -1 }),
      ),
    () => shop.admin('mutation { updateShop(input: { maxDiscount: 5 }) { code } }'),
    () => retire(shop, 'members'),
  ]
  for (const act of acts) {
    await aMoment()
    await act()
  }
  const points = await history(shop)
  expect(points.map(said)).toEqual([
    [10_000, 10_000, 10_000, 10_000],
    [10_000, 10_000, 9_000, 8_000],
    [8_000, 8_000, 7_200, 6_400],
    [8_000, 8_000, 7_200, 7_000],
    [8_000, 8_000, 7_600, 7_600],
    [8_000, 8_000, 8_000, 7_600],
  ])
  expect(points[0]).toMatchObject({
    costPrice: 4_000,
    floorPrice: null,
    prices: [{ tierCode: null }, { tierCode: 'silver' }, { tierCode: 'gold' }],
  })
  const instants = points.map(({ since }) => Date.parse(since))
  expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  expect((await history(shop, { from: points[2].since, to: points[3].since })).map(said)).toEqual(points.slice(2, 4).map(said))
})

test('a rule that ends by its own terms is a change as well', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  const validUntil = new Date(Date.now() + 2_000).toISOString()
  await saveLadder(shop, { code: 'l', validUntil, rungs: [{ adjustment: { percentOff: 10 } }] })
  await publish(shop, 'l')
  await new Promise((resolve) => setTimeout(resolve, Date.parse(validUntil) - Date.now() + 5))
  const points = await history(shop)
  expect(points.map(said)).toEqual([[10_000, 10_000], [10_000, 9_000], [10_000, 10_000]]) // biome-ignore format: short
  expect(points[2].since).toBe(validUntil)
})

test.each([
  ['UNKNOWN_SKU at sku', { sku: 'X' }],
  ['BAD_USER_INPUT at from', { sku: 'A', from: '2199-01-01T00:00:00Z' }],
  ['BAD_USER_INPUT at from', { sku: 'A', from: '2020-01-02T00:00:00Z', to: '2020-01-01T00:00:00Z' }],
])('%s: %j', async (problem, asked) => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  expect(await refusal(shop, HISTORY, asked)).toBe(problem)
})

test('before the product had a price there is nothing to tell', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  expect(await history(shop, { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })).toEqual([])
})
