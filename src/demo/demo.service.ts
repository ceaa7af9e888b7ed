import { listAudit, trace } from '../audit/audit.service.ts'
import { restoreReturned } from '../checkout/restoring.service.ts'
import { numberOfCompanies, upsertCompanies } from '../companies/company.service.ts'
import { upsertCustomers } from '../customers/customer-file.service.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { saveLadder } from '../ladders/ladder.service.ts'
import { saveOffer } from '../offers/offer.service.ts'
import { countOrders } from '../orders/order.service.ts'
import { recordOrders } from '../orders/recording.service.ts'
import { numberOfRules, publish } from '../pricebook/rule.service.ts'
import { countProducts, upsertProducts } from '../products/product.service.ts'
import { evaluateScores } from '../scores/score.service.ts'
import { countCustomers } from '../segments/customer-query.service.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop, updateShop } from '../shops/shop.service.ts'
import { evaluateTiers } from '../tiers/evaluation.service.ts'
import { currentTiers, saveTier } from '../tiers/tier.service.ts'
import { type DemoShop, makeDemoShop } from './demo-shop.rules.ts'
import { LADDERS, OFFERS, TIERS } from './programme.model.ts'

const SEED = 'regulars'
const NAME = '电子元件演示店 Demo electronics'
/** Its amounts are in this currency, and its days are those of this zone. */
const HOME = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
/** Under which the audit tells that the demo was loaded: by this it is known again. */
const TARGET = 'demo'
const BATCH = 500

/** What a shop is to the demo: a place for it, the demo already, or somebody's own. */
export type Standing = 'EMPTY' | 'DEMO' | 'TAKEN'

export async function standingOf(world: World): Promise<Standing> {
  if ((await listAudit(world, TARGET, { first: 1, after: null })).nodes.length > 0) return 'DEMO'
  const { currency, timeZone } = await readShop(world)
  const isHome = currency === HOME.currency && timeZone === HOME.timeZone
  return isHome && (await isEmpty(world)) ? 'EMPTY' : 'TAKEN'
}

export type DemoSize = { readonly customers: number; readonly products: number; readonly orders: number; readonly loadedAt: Instant }

/** What is in the demo now, and when it was loaded. */
export async function sizeOfDemo(world: World): Promise<DemoSize> {
  const [loaded] = (await listAudit(world, TARGET, { first: 1, after: null })).nodes
  if (loaded === undefined) throw new Error('the demo is not loaded')
  return { customers: await everybody(world), products: await countProducts(world), orders: await countOrders(world), loadedAt: loaded.at }
}

async function everybody(world: World): Promise<number> {
  const counted = await countCustomers(world, null)
  if (!counted.ok) throw new Error(counted.problem.message)
  return counted.value
}

async function isEmpty(world: World): Promise<boolean> {
  const counts = [
    await everybody(world),
    await numberOfCompanies(world),
    await countProducts(world),
    await countOrders(world),
    (await currentTiers(world)).length,
    await numberOfRules(world, 'LADDER', null),
    await numberOfRules(world, 'OFFER', null),
  ]
  return counts.every((count) => count === 0)
}

/** Fills an empty shop as its plugin and its staff would, up to the world's instant: all of it or, when it is broken off, nothing. */
export function loadDemo(world: World): Promise<Result<DemoShop, Problem>> {
  const demo = makeDemoShop(SEED, world.now, HOME.timeZone)
  return transact(world, async (tx) => {
    for (const act of acts(demo)) {
      const done = await act(tx)
      if (!done.ok) return done
    }
    await trace(tx, {
      action: 'loadDemo',
      target: TARGET,
      after: { seed: SEED, customers: demo.customers.length, orders: demo.orders.length, products: demo.products.length },
    })
    return accept(demo)
  })
}

type Act = (world: World) => Promise<Result<unknown, Problem>>

/** In the order in which one can lean on the other. */
const acts = (demo: DemoShop): readonly Act[] => [
  // A name changes nothing of how orders count.
  (world) => updateShop(world, { name: NAME }, async () => {}),
  ...batches(demo.products).map(
    (some): Act =>
      (world) =>
        upsertProducts(world, some),
  ),
  // Nothing can be remembered yet of people whom nobody knew.
  ...batches(demo.companies).map(
    (some): Act =>
      (world) =>
        upsertCompanies(world, some, async () => {}),
  ),
  ...batches(demo.customers).map(
    (some): Act =>
      (world) =>
        upsertCustomers(world, some),
  ),
  ...batches(demo.orders).map(
    (some): Act =>
      (world) =>
        recordOrders(world, some, restoreReturned),
  ),
  ...TIERS.map(
    (tier): Act =>
      (world) =>
        saveTier(world, tier),
  ),
  (world) => evaluateScores(world),
  (world) => evaluateTiers(world, false),
  ...LADDERS.map(
    (ladder): Act =>
      (world) =>
        saveLadder(world, ladder, null),
  ),
  ...OFFERS.map(
    (offer): Act =>
      (world) =>
        saveOffer(world, offer, null),
  ),
  (world) =>
    publish(
      world,
      [...LADDERS, ...OFFERS].map((rule) => rule.code),
    ),
]

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH))
}
