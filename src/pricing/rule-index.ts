import type { ProductFacts } from './cart.ts'
import type { Bucket, LadderRule, OfferRule } from './compiled.ts'
import { type ProductSet, parentEnd } from './scope.ts'
import { foldTag } from './text.ts'

/** Where the automatic rules are found that can touch a product (pricing rules, section 8). */
export type RuleIndex = {
  readonly everything: Bucket
  readonly bySku: ReadonlyMap<string, Bucket>
  readonly byCategory: ReadonlyMap<string, Bucket>
  readonly byBrand: ReadonlyMap<string, Bucket>
  readonly byTag: ReadonlyMap<string, Bucket>
}

const emptyBucket = (): Bucket => ({ ladders: [], exclusives: [], stackables: [], orders: [] })

/** `rules` come by place, and so does every bucket. */
export function indexRules(rules: readonly (LadderRule | OfferRule)[]): RuleIndex {
  const index = { everything: emptyBucket(), bySku: new Map(), byCategory: new Map(), byBrand: new Map(), byTag: new Map() }
  for (const rule of rules) {
    const keys = keysOf(rule)
    if (keys === null) put(index.everything, rule)
    else {
      putUnder(index.bySku, keys.skus, rule)
      putUnder(index.byCategory, keys.categories, rule)
      putUnder(index.byBrand, keys.brands, rule)
      putUnder(index.byTag, keys.tags, rule)
    }
  }
  return index
}

const NOTHING: ReadonlySet<string> = new Set()

function keysOf(rule: LadderRule | OfferRule): ProductSet | null {
  const isBundle = rule.kind === 'OFFER' && rule.level === 'ORDER' && rule.form === 'BUNDLE'
  if (isBundle) return { skus: rule.skus, categories: NOTHING, brands: NOTHING, tags: NOTHING }
  return rule.reach === null ? null : rule.reach.included
}

function putUnder(buckets: Map<string, Bucket>, keys: ReadonlySet<string>, rule: LadderRule | OfferRule): void {
  for (const key of keys) {
    const bucket = buckets.get(key) ?? emptyBucket()
    buckets.set(key, bucket)
    put(bucket, rule)
  }
}

function put(bucket: Bucket, rule: LadderRule | OfferRule): void {
  if (rule.kind === 'LADDER') bucket.ladders.push(rule)
  else if (rule.level === 'ORDER') bucket.orders.push(rule)
  else if (rule.exclusive) bucket.exclusives.push(rule)
  else bucket.stackables.push(rule)
}

/** The buckets that hold every automatic rule that may touch a product; a rule may be in several. */
export function bucketsFor(index: RuleIndex, sku: string, product: ProductFacts | null): Bucket[] {
  const found = [index.everything]
  add(found, index.bySku.get(sku))
  if (product === null) return found
  if (product.brand !== null) add(found, index.byBrand.get(product.brand))
  if (index.byCategory.size > 0) for (const path of product.categories) addPath(found, index.byCategory, path)
  if (index.byTag.size > 0) for (const tag of product.tags) add(found, index.byTag.get(foldTag(tag)))
  return found
}

function addPath(found: Bucket[], byCategory: ReadonlyMap<string, Bucket>, path: string): void {
  for (let end = path.length; end > 0; end = parentEnd(path, end)) add(found, byCategory.get(path.slice(0, end)))
}

/** Two paths of a product share what is above them, so a bucket may come up twice. */
function add(found: Bucket[], bucket: Bucket | undefined): void {
  if (bucket !== undefined && !found.includes(bucket)) found.push(bucket)
}
