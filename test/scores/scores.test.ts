import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Instant, instant } from '../../src/kernel/clock.ts'
import type { Minor } from '../../src/kernel/money.ts'
import { recordOrders } from '../../src/orders/recording.service.ts'
import type { Score } from '../../src/scores/score.model.ts'
import { lifecycleOf, rfmGroupOf, rhythmOf, scoreOf, spendTierOf } from '../../src/scores/score.rules.ts'
import { evaluateScores, scoresOf, scoringOf } from '../../src/scores/score.service.ts'
import { customers, products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { type PlainOrder, plainBuyers, plainClass, plainPercentile, plainScale, plainScore } from './plainly.ts'

const NOW = instant(Date.UTC(2026, 5, 1))
const CATALOGUE: Readonly<Record<string, readonly string[]>> = { A: ['tea/green'], B: ['tea/black', 'gifts'], C: ['cups'], D: [] }
const PEOPLE = Array.from({ length: 12 }, (_, i) => `p${i}`)
const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId } }'

type Bought = {
  readonly customer: string
  readonly minutesAgo: number
  readonly lines: readonly { readonly sku: string; readonly total: number }[]
}

const bought = fc.record({
  customer: fc.nat({ max: 143 }).map((n) => PEOPLE[Math.floor(Math.sqrt(n))] ?? 'p0'),
  minutesAgo: fc.oneof(fc.constantFrom(0, 1_440, 14_400, 43_200), fc.nat({ max: 400_000 })),
  lines: fc.array(fc.record({ sku: fc.constantFrom(...Object.keys(CATALOGUE)), total: fc.constantFrom(0, 100, 250, 999, 5_000, 77_777) }), {
    minLength: 1,
    maxLength: 3,
  }),
})

const record = (shop: TestShop, orders: readonly Bought[], from = 0) =>
  shop.storefront(RECORD, {
    orders: orders.map(({ customer, minutesAgo, lines }, i) => ({
      externalId: `o${from + i}`,
      customer: { externalId: customer },
      placedAt: new Date(NOW - minutesAgo * 60_000).toISOString(),
      lines: lines.map(({ sku, total }) => ({ sku, quantity: 1, unitPrice: 1, total })),
    })),
  })

/** The same by itself, as a checkout does: nobody else is looked at. */
async function recordAlone(shop: TestShop, orders: readonly Bought[], from: number): Promise<void> {
  const given = orders.map(({ customer, minutesAgo, lines }, i) => ({
    externalId: `o${from + i}`,
    customer: { by: 'externalId', value: customer } as const,
    placedAt: instant(NOW - minutesAgo * 60_000),
    status: 'PAID' as const,
    channel: null,
    lines: lines.map(({ sku, total }) => ({ id: null, sku, quantity: 1, unitPrice: 1 as Minor, total: total as Minor })),
  }))
  expect((await recordOrders(shop.world(), given, async () => {})).ok).toBe(true)
}

const plain = (orders: readonly Bought[]): PlainOrder[] =>
  orders.map(({ customer, minutesAgo, lines }) => ({
    customer,
    at: (NOW - minutesAgo * 60_000) as Instant,
    total: lines.reduce((sum, { total }) => sum + total, 0),
    categories: lines.map(({ sku }) => [...new Set((CATALOGUE[sku] ?? []).map((path) => path.split('/')[0] ?? ''))]),
  }))

/** A score from nothing but the definitions, beside `others`; with the rhythms of a shop. */
function plainly(orders: readonly PlainOrder[], others: readonly PlainOrder[]): Map<string, Score> {
  const among = [...plainBuyers(others).values()]
  const scale = plainScale(others, NOW)
  return new Map(
    [...plainBuyers(orders)].map(([customer, buyer]) => {
      const recency = plainScore(
        buyer.lastOrderAt,
        among.map((one) => one.lastOrderAt),
      )
      const frequency = plainScore(
        buyer.orders,
        among.map((one) => one.orders),
      )
      const amounts = among.map(({ amount }) => amount)
      const monetary = plainScore(buyer.amount, amounts)
      const rhythm = rhythmOf(buyer, scale)
      const lifecycle = lifecycleOf(buyer.orders, (NOW - buyer.lastOrderAt) / 86_400_000, rhythm)
      const score: Score = {
        recency,
        frequency,
        monetary,
        rfmGroup: rfmGroupOf([recency, frequency, monetary], scale),
        lifecycle,
        rhythm,
        expectedOrderAt: instant(buyer.lastOrderAt + Math.floor(rhythm.medianDays * 86_400_000)),
        abcClass: plainClass(buyer.amount, amounts),
        spendPercentile: plainPercentile(buyer.amount, amounts),
        predictedSpendTier: spendTierOf(monetary, lifecycle),
        forecast: null,
        mainCategory: buyer.mainCategory,
        buyerKind: buyer.buyerKind,
      }
      return [customer, score]
    }),
  )
}

async function idsOf(shop: TestShop): Promise<ReadonlyMap<string, string>> {
  const { customers: found } = await shop.admin('{ customers(first: 250) { nodes { id externalId } } }')
  return new Map(found.nodes.map((node: { id: string; externalId: string }) => [node.externalId, node.id]))
}

async function keptScores(shop: TestShop): Promise<Map<string, Score>> {
  const ids = await idsOf(shop)
  const scores = await scoresOf(shop.world(new Date(NOW)), [...ids.values()])
  return new Map([...ids.keys()].flatMap((customer, i) => (scores[i] ? [[customer, scores[i]] as const] : [])))
}

async function furnished(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(
    shop,
    Object.fromEntries(Object.entries(CATALOGUE).map(([sku, paths]) => [sku, { categoryPaths: paths.map((path) => path.split('/')) }])),
  )
  await customers(shop, Object.fromEntries(PEOPLE.map((one) => [one, null])))
  return shop
}

test('an evaluation gives everybody what the definitions say, and whoever orders then what they say beside the others of then', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.array(bought, { minLength: 1, maxLength: 12 }), fc.array(bought, { minLength: 70, maxLength: 140 })),
      fc.array(bought, { maxLength: 6 }),
      async (before, since) => {
        const shop = await furnished()
        const at = shop.world(new Date(NOW))
        await record(shop, before)
        expect((await evaluateScores(at)).ok).toBe(true)
        const then = plain(before)
        expect(await keptScores(shop)).toEqual(plainly(then, then))

        if (since.length === 0) return
        await recordAlone(shop, since, before.length)
        const { scale } = await scoringOf(at)
        if (scale === null) throw new Error('no scale')
        const all = plain([...before, ...since])
        const moved = new Set(since.map(({ customer }) => customer))
        const [kept, buyers, beside] = [await keptScores(shop), plainBuyers(all), plainly(all, then)]
        for (const customer of moved) {
          // Lifecycle goes by the instant of the act itself, which is not the test's to choose.
          const { lifecycle, predictedSpendTier, rfmGroup, ...figures } = beside.get(customer) ?? ({} as Score)
          expect(kept.get(customer)).toMatchObject({ ...figures, rfmGroup })
          const buyer = buyers.get(customer)
          if (buyer !== undefined) expect(scoreOf(buyer, scale, NOW)).toEqual({ ...figures, rfmGroup, lifecycle, predictedSpendTier })
        }
        for (const [customer, score] of plainly(then, then)) if (!moved.has(customer)) expect(kept.get(customer)).toEqual(score)
      },
    ),
    { numRuns: 12 },
  )
})
