import { expect, test } from 'vitest'
import { findCustomerIds } from '../../src/customers/customer.service.ts'
import { instant } from '../../src/kernel/clock.ts'
import type { Minor } from '../../src/kernel/money.ts'
import { recordOrders } from '../../src/orders/recording.service.ts'
import { statisticsOf } from '../../src/orders/statistics.service.ts'
import { forecastOf } from '../../src/scores/forecast.rules.ts'
import { boughtBy } from '../../src/scores/score.rules.ts'
import { evaluateScores, scoresOf, scoringOf } from '../../src/scores/score.service.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const NOW = instant(Date.UTC(2026, 5, 1))
const DAY = 86_400_000
const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId } }'

/** So many who came back, each as often as their number says, and half as many who did not. */
async function shopWith(cameBack: number): Promise<{ shop: TestShop; ids: string[] }> {
  const shop = await openTestShop()
  const names = Array.from({ length: cameBack + Math.ceil(cameBack / 2) }, (_, i) => `c${i}`)
  const times = (i: number) => (i < cameBack ? 2 + (i % 3) + (i % 10 === 0 ? 9 : 0) : 1)
  const orders = names.flatMap((name, i) =>
    Array.from({ length: times(i) }, (_, n) => ({
      externalId: `${name}-${n}`,
      customer: { externalId: name },
      placedAt: new Date(NOW - ((i * 37) % 700) * DAY - DAY + ((n * DAY * ((i * 37) % 700)) / 14) * ((i % 4) / 4)).toISOString(),
      lines: [{ sku: 'A', quantity: 1, unitPrice: 100 + ((i * 7_919 + n * 31) % 900) }],
    })),
  )
  for (let at = 0; at < names.length; at += 100)
    await customers(shop, Object.fromEntries(names.slice(at, at + 100).map((name) => [name, null])))
  for (let at = 0; at < orders.length; at += 400) await shop.storefront(RECORD, { orders: orders.slice(at, at + 400) })
  const found = await findCustomerIds(
    shop.world(),
    names.map((value) => ({ by: 'externalId', value })),
  )
  return { shop, ids: found.flatMap((id) => id ?? []) }
}

test('everybody is foreseen as the models say of one, and whoever orders again at once', async () => {
  const { shop, ids } = await shopWith(120)
  const world = shop.world(new Date(NOW))
  expect((await evaluateScores(world)).ok).toBe(true)
  const { scale } = await scoringOf(world)
  const model = scale?.forecast
  if (model == null) throw new Error('nothing was fitted')
  const isAsForeseen = async (now: typeof NOW, whose: readonly string[]) => {
    const [scores, statistics] = [await scoresOf(world, whose), await statisticsOf(world, whose)]
    for (const [i, bought] of statistics.entries()) {
      const { numberOfOrders: orders, amountSpent: amount, firstOrderAt, lastOrderAt } = bought
      if (firstOrderAt === null || lastOrderAt === null) throw new Error('no order')
      const buyer = { orders, amount, firstOrderAt, lastOrderAt, intervals: null, mainCategory: null, buyerKind: null }
      const said = forecastOf(boughtBy(buyer, now), model)
      const kept = scores[i]?.forecast
      expect(kept?.alive).toBeCloseTo(said.alive, 10)
      expect(kept?.orders).toBeCloseTo(said.orders, 8)
      expect(Math.abs((kept?.amount ?? Number.NaN) - said.amount)).toBeLessThanOrEqual(1)
    }
  }
  await isAsForeseen(NOW, ids)

  const line = { id: null, sku: 'A', quantity: 1, unitPrice: 9_000 as Minor, total: 9_000 as Minor }
  const again = { externalId: 'again', customer: { by: 'externalId', value: 'c3' }, status: 'PAID', channel: null, lines: [line] } as const
  expect((await recordOrders(world, [{ ...again, placedAt: instant(NOW - DAY / 2) }], async () => {})).ok).toBe(true)
  await isAsForeseen(NOW, ids)

  const found = await shop.admin(
    '{ customers(query: "predicted_orders > 0.5 AND predicted_amount >= 1 AND probability_alive BETWEEN 0 AND 1") { totalCount } }',
  )
  expect(found.customers.totalCount).toBeGreaterThan(0)
})

const foreseen = async (shop: TestShop, externalId: string) =>
  (await shop.admin(`{ customer(ref: { externalId: "${externalId}" }) { scores { predictedOrders predictedAmount probabilityAlive } } }`))
    .customer.scores

test('where fewer than a hundred came back nothing is foreseen, and queries know of nobody', async () => {
  const { shop } = await shopWith(99)
  const { evaluateScores: evaluation } = await shop.admin('mutation { evaluateScores { predictionsFittedAt } }')
  expect(evaluation.predictionsFittedAt).toBeNull()
  expect(await foreseen(shop, 'c0')).toEqual({ predictedOrders: null, predictedAmount: null, probabilityAlive: null })
  const found = await shop.admin('{ customers(query: "predicted_orders IS NULL AND number_of_orders > 1") { totalCount } }')
  expect(found.customers.totalCount).toBe(99)
})
