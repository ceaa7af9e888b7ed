import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type Book, bookAt, bookOfVersion } from '../pricebook/book.service.ts'
import type { ProductFacts } from '../pricing/cart.ts'
import { memberPrices } from '../pricing/member-prices.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { ProductPrice } from '../products/product.model.ts'
import { currentFactsOfProducts, pricesBetween } from '../products/product.service.ts'
import type { World } from '../shell/world.ts'
import { shoppersByTier } from '../shoppers/tier-shopper.service.ts'
import { versionsBetween } from '../shops/shop.service.ts'
import type { TierPricePoint } from './tier-price.model.ts'
import { changesOnly, windowInstants } from './tier-price.rules.ts'

const MOST_POINTS = 200
const USUAL_DAYS = 90

type Span = { readonly from: Instant; readonly to: Instant }

/**
 * What nobody and each tier paid for one unit of a product, at every instant in a span of time at which prices, rules,
 * settings or tiers changed, the oldest first. The newest 200 changes are looked at.
 */
export async function tierPriceHistory(
  world: World,
  sku: string,
  wanted: { readonly from: Instant | null; readonly to: Instant | null },
): Promise<Result<readonly TierPricePoint[], Problem>> {
  const to = instant(Math.min(wanted.to ?? world.now, world.now))
  const from = wanted.from ?? instant(to - USUAL_DAYS * DAY_MS)
  if (from >= to) return refuse(problem('BAD_USER_INPUT', 'from must lie before to, and before now.', ['from']))
  const facts = (await currentFactsOfProducts(world, [sku])).get(sku)
  if (facts === undefined) return refuse(problem('UNKNOWN_SKU', `There is no product "${sku}".`, ['sku'], { sku }))
  const prices = await pricesBetween(world, sku, from, to, MOST_POINTS)
  const points: TierPricePoint[] = []
  for (const at of await instantsOf(world, prices, { from, to })) {
    const price = prices.find(({ since }) => since <= at)
    if (price !== undefined) points.push(pointAt(await bookAt(world, at), { ...facts, ...price }, price, at))
  }
  return accept(changesOnly(points))
}

/** Where something may have changed: with prices, with versions of the book, with the windows of rules. */
async function instantsOf(world: World, prices: readonly ProductPrice[], span: Span): Promise<Instant[]> {
  const versions = await versionsBetween(world, span.from, span.to, MOST_POINTS)
  const windows: Instant[] = []
  let next = span.to
  for (const version of versions) {
    windows.push(...windowInstants(version, next, (await bookOfVersion(world, version.version))?.rules ?? [], span))
    next = version.since
  }
  const before = await bookAt(world, span.from)
  windows.push(...windowInstants({ version: before.version, since: span.from }, next, before.rules, span))
  const instants = new Set([span.from, ...prices.map(({ since }) => since), ...versions.map(({ since }) => since), ...windows])
  return [...instants]
    .filter((at) => at >= span.from)
    .sort((a, b) => a - b)
    .slice(-MOST_POINTS)
}

function pointAt(book: Book, product: ProductFacts, price: ProductPrice, at: Instant): TierPricePoint {
  const { listPrice, floorPrice, costPrice } = price
  const prices = shoppersByTier(book, at).map(({ tier, shopper }) => ({
    tier: tier && { code: tier.code, name: tier.name, rank: tier.rank },
    price: priceOf(book, product, shopper, at),
  }))
  return { since: at, listPrice, floorPrice, costPrice, bookVersion: book.version, prices }
}

function priceOf(book: Book, product: ProductFacts, shopper: Shopper | null, at: Instant): Minor {
  const item = { sku: product.sku, quantity: 1, listPrice: product.listPrice, product }
  const prices = memberPrices(book.prices, shopper, [item], at)
  if (!prices.ok || prices.value[0] === undefined) throw new Error('one unit was not priced')
  return prices.value[0].memberPrice
}
