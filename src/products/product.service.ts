import type { Instant } from '../kernel/clock.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import type { ProductFacts } from '../pricing/cart.ts'
import { Fresh } from '../shell/fresh.ts'
import { slot } from '../shell/memory.ts'
import { changed, keyIn, remember } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { type GivenProduct, isSku, type Product, type ProductPrice } from './product.model.ts'
import { checkProducts } from './product.rules.ts'
import {
  countPrices,
  countProductRows,
  findProductBySku,
  holdCatalogue,
  listPrices,
  listPricesBetween,
  listProductRows,
  readFacts,
  readFactsAt,
  writeProducts,
} from './product.store.ts'
import { PRODUCTS } from './product.topic.ts'

const FACTS = slot((memory) => remember(memory, PRODUCTS, new Fresh<ProductFacts>(50_000)))

/** Creates or updates catalogue products by sku; what is left out stays. Answers with how many skus that were. */
export function upsertProducts(world: World, given: readonly GivenProduct[]): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const changes = checkProducts(given)
    if (!changes.ok) return changes
    if (changes.value.length === 0) return accept(0)
    await holdCatalogue(tx)
    await writeProducts(tx, changes.value)
    changed(
      tx,
      PRODUCTS,
      changes.value.map((change) => change.sku),
    )
    return accept(changes.value.length)
  })
}

/**
 * What prices follow from, by sku, at most a second old; at once what this process changed. An unknown sku is left out.
 * Every price passes here: what is in memory costs a look-up and no more.
 */
export async function factsOfProducts(world: World, skus: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>> {
  const kept = world.memory.of(FACTS)
  const found = new Map<string, ProductFacts>()
  const missing: string[] = []
  for (const sku of skus) {
    const facts = kept.peek(keyIn(world.shopId, sku))
    if (facts === undefined) missing.push(sku)
    else if (facts !== null) found.set(sku, facts)
  }
  if (missing.length > 0) await readMissing(world, kept, missing, found)
  return found
}

async function readMissing(
  world: World,
  kept: Fresh<ProductFacts>,
  missing: readonly string[],
  found: Map<string, ProductFacts>,
): Promise<void> {
  const skus = [...new Set(missing)].filter(isSku)
  const keys = skus.map((sku) => keyIn(world.shopId, sku))
  const skuOf = new Map(keys.map((key, i) => [key, skus[i] ?? key]))
  const facts = await kept.getMany(keys, async (asked) => {
    const known = await currentFactsOfProducts(
      world,
      asked.map((key) => skuOf.get(key) ?? key),
    )
    return asked.map((key) => known.get(skuOf.get(key) ?? key) ?? null)
  })
  for (const one of facts) if (one !== null) found.set(one.sku, one)
}

/** The same as it is in the database now, inside the caller's transaction. */
export async function currentFactsOfProducts(world: World, skus: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>> {
  const facts = await readFacts(world, skus.filter(isSku))
  return new Map(facts.map((one) => [one.sku, one]))
}

/** The same with the prices that there were at an instant; a product that had none yet is left out. */
export async function factsOfProductsThen(world: World, skus: readonly string[], at: Instant): Promise<ReadonlyMap<string, ProductFacts>> {
  const facts = await readFactsAt(world, skus.filter(isSku), at)
  return new Map(facts.map((one) => [one.sku, one]))
}

export const findProduct = async (world: World, sku: string): Promise<Product | null> => (isSku(sku) ? findProductBySku(world, sku) : null)

/** In the order of their skus' bytes. */
export async function listProducts(world: World, request: PageRequest): Promise<Page<Product>> {
  return page(await listProductRows(world, request), request, (product) => product.sku)
}

export const countProducts = (world: World): Promise<number> => countProductRows(world)

/** Each product's prices, the newest first, in the order of the skus. */
export async function listPriceHistories(world: World, skus: readonly string[], request: PageRequest): Promise<Page<ProductPrice>[]> {
  const prices = await listPrices(world, skus, request)
  return skus.map((sku) => page(prices.get(sku) ?? [], request, (price) => String(price.since)))
}

/** A product's prices that began after one instant and until another, and the one that was in force before, the newest first. */
export const pricesBetween = async (world: World, sku: string, from: Instant, to: Instant, most: number): Promise<ProductPrice[]> =>
  isSku(sku) ? listPricesBetween(world, sku, from, to, most) : []

export async function countPriceHistories(world: World, skus: readonly string[]): Promise<number[]> {
  const counts = await countPrices(world, skus)
  return skus.map((sku) => counts.get(sku) ?? 0)
}
