/**
 * What the plugin costs: listing 20 products and adding to the cart, as one gold customer after the other asks, in a shop
 * with the plugin, in the same without it, and in one with a price list of Medusa's own for gold customers. Three servers
 * beside each other, rounds in turn, one request at a time.
 */
import { startEngine } from '../../engine.ts'
import { dropDatabase } from '../test/harness/databases.ts'
import { makeGold, makeProgramme } from '../test/harness/programme.ts'
import { registerKnown } from '../test/harness/regulars.ts'
import { type Ask, type Shop, startShop } from '../test/harness/shop.ts'
import { makeCart, ok } from '../test/harness/shopping.ts'
import { makeTemplate } from '../test/harness/template.ts'

const ROUNDS = 6
const LISTINGS = 10
const ADDED = 10

type Runner = { readonly name: string; readonly shop: Shop; readonly store: Ask; readonly listing: number[]; readonly adding: number[] }

const template = await makeTemplate()
const engine = await startEngine()
const shops: Shop[] = []
try {
  await makeProgramme(engine)
  const open = async (regulars?: typeof engine) => {
    const shop = await startShop(template, regulars)
    shops.push(shop)
    return shop
  }
  const plain = await open()
  const lists = await open()
  const ours = await open(engine)

  const gold = await registerKnown(engine, ours, 'gold@example.com')
  await makeGold(engine, gold.id)
  const listed = await lists.register('gold@example.com')
  await makePriceList(lists, listed.id)
  const runners: Runner[] = [
    { name: 'Medusa alone', shop: plain, store: (await plain.register('gold@example.com')).store, listing: [], adding: [] },
    { name: 'Medusa with a price list for the group', shop: lists, store: listed.store, listing: [], adding: [] },
    { name: 'Medusa with this plugin', shop: ours, store: gold.store, listing: [], adding: [] },
  ]
  for (const runner of runners) await round(runner)
  for (const { listing, adding } of runners) listing.length = adding.length = 0
  for (let i = 0; i < ROUNDS; i += 1) for (const runner of runners) await round(runner)

  console.log(`${ROUNDS} rounds in turn, ${LISTINGS} listings of 20 products and ${ADDED} goods put into a cart in each; milliseconds.\n`)
  console.log('| | listing p50 | p99 | adding p50 | p99 |\n| --- | --- | --- | --- | --- |')
  for (const { name, listing, adding } of runners)
    console.log(
      `| ${name} | ${[at(listing, 0.5), at(listing, 0.99), at(adding, 0.5), at(adding, 0.99)].map((ms) => ms.toFixed(0)).join(' | ')} |`,
    )
} finally {
  for (const shop of shops) await shop.close()
  await engine.close()
  await dropDatabase(template.name)
}

async function round({ shop, store, listing, adding }: Runner): Promise<void> {
  const path = `/store/products?region_id=${shop.regionId}&limit=20`
  for (let i = 0; i < LISTINGS; i += 1) listing.push(await timed(() => store('GET', path)))
  const cartId = await makeCart(shop, store, 'gold@example.com')
  for (let i = 1; i <= ADDED; i += 1)
    adding.push(
      await timed(() => store('POST', `/store/carts/${cartId}/line-items`, { variant_id: shop.variants[`TEA-${i}`], quantity: 1 })),
    )
}

async function timed(ask: () => ReturnType<Ask>): Promise<number> {
  const from = performance.now()
  await ok(ask())
  return performance.now() - from
}

/** Nearest rank. */
function at(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** An eighth less for the group, as the ladder has it. */
async function makePriceList({ admin, variants }: Shop, customerId: string): Promise<void> {
  const { customer_group: group } = await ok(admin('POST', '/admin/customer-groups', { name: 'Gold' }))
  await ok(admin('POST', `/admin/customer-groups/${group.id}/customers`, { add: [customerId] }))
  const prices = Object.values(variants).map((variant_id, i) => ({
    variant_id,
    currency_code: 'cny',
    amount: Math.round((19.9 + 5 * i) * 87.5) / 100,
  }))
  const rules = { 'customer.groups.id': [group.id] }
  await ok(admin('POST', '/admin/price-lists', { title: 'Gold', description: 'Gold', type: 'override', status: 'active', rules, prices }))
}
