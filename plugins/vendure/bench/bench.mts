/**
 * What the plugin costs: listing 20 products and adding to a cart, for a signed-in gold customer, with it and without, in one run.
 * Two servers on one database take turns, round by round, so that whatever else the machine does hits both.
 */
import { loadavg } from 'node:os'
import { start } from '../test/shop/open.mts'
import { dropDatabases, openShop } from '../test/shop/shop.mts'
import { type Storefront, storefront } from '../test/shop/storefront.mts'

const ROUNDS = Number(process.env.ROUNDS ?? 20)
const EACH = 15
const LISTING = '{ products(options: { take: 20 }) { totalItems items { id name slug variants { id sku name price priceWithTax } } } }'
const ADD =
  'mutation ($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1) { ... on Order { code totalWithTax lines { id quantity linePriceWithTax } } ... on ErrorResult { message } } }'

const run = `regulars_vendure_bench_${process.pid}`
const all = await start(run)
const bare = await openShop({ databaseUrl: all.shop.databaseUrl, regulars: null })
try {
  const other = await all.gold()
  const without = storefront(bare.visitor())
  await without.signIn(other.email)
  const sides = [
    { name: 'with', session: (await all.gold()) as Storefront },
    { name: 'without', session: without },
  ]
  const acts = [
    { name: 'listing 20 products', once: (session: Storefront) => session.ask(LISTING), before: async () => {} },
    {
      name: 'add to cart',
      once: (session: Storefront, i: number) => session.ask(ADD, { id: String(1 + (i % 5)) }),
      before: (session: Storefront) => session.ask('mutation { removeAllOrderLines { __typename } }'),
    },
  ]
  const times = new Map<string, number[]>()
  for (let round = -2; round < ROUNDS; round++) {
    for (const act of acts) {
      for (const { name, session } of round % 2 === 0 ? sides : sides.toReversed()) {
        const taken = times.get(`${act.name}, ${name}`) ?? []
        for (let i = 0; i < EACH; i++) {
          if (i % 5 === 0) await act.before(session)
          const before = performance.now()
          await act.once(session, i)
          if (round >= 0) taken.push(performance.now() - before)
        }
        times.set(`${act.name}, ${name}`, taken)
      }
    }
  }
  console.log(`${ROUNDS * EACH} of each, load of the machine ${loadavg()[0]?.toFixed(1)}`)
  for (const [name, taken] of times) {
    const sorted = taken.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1)
    console.log(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  }
} finally {
  await bare.stop()
  await all.shop.stop()
  await all.wire.cut()
  await all.engine.close()
  await dropDatabases(run)
}
