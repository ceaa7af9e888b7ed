import { DAY_MS, type Instant } from '../kernel/clock.ts'
import type { ProductFacts } from './cart.ts'
import type { Scope } from './rule.ts'
import { foldTag } from './text.ts'

/** Some products, by what the catalogue says of them; tags are folded. */
export type ProductSet = {
  readonly skus: ReadonlySet<string>
  readonly categories: ReadonlySet<string>
  readonly brands: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
}

/** A scope, compiled. `included` null: everything; `excluded` null: nothing. */
export type Reach = {
  readonly included: ProductSet | null
  readonly excluded: ProductSet | null
  readonly launchedWithinMs: number | null
}

type Words = readonly string[] | undefined

/** Null for a scope that is not there, or that says nothing. */
export function compileScope(scope: Scope | null): Reach | null {
  if (scope === null) return null
  const included = productSet(scope.skus, scope.categories, scope.brands, scope.productTags)
  const excluded = productSet(scope.excludedSkus, scope.excludedCategories, scope.excludedBrands, scope.excludedProductTags)
  const launchedWithinMs = scope.launchedWithinDays === undefined ? null : scope.launchedWithinDays * DAY_MS
  return included === null && excluded === null && launchedWithinMs === null ? null : { included, excluded, launchedWithinMs }
}

function productSet(skus: Words, categories: Words, brands: Words, tags: Words): ProductSet | null {
  if (skus === undefined && categories === undefined && brands === undefined && tags === undefined) return null
  return { skus: setOf(skus), categories: setOf(categories), brands: setOf(brands), tags: setOf(tags?.map(foldTag)) }
}

/** One for all lists that are not given: a large book has tens of thousands. */
const NONE: ReadonlySet<string> = new Set()
const setOf = (words: Words): ReadonlySet<string> => (words === undefined ? NONE : new Set(words))

/** Whether a rule reaches a product at an instant. A product without catalogue facts is reached only by rules without a scope. */
export function reaches(reach: Reach | null, product: ProductFacts | null, at: Instant): boolean {
  if (reach === null) return true
  if (product === null) return false
  if (reach.included !== null && !holds(reach.included, product)) return false
  if (reach.excluded !== null && holds(reach.excluded, product)) return false
  return reach.launchedWithinMs === null || isWithin(reach.launchedWithinMs, product.launchedAt, at)
}

const isWithin = (ms: number, launchedAt: Instant | null, at: Instant): boolean =>
  launchedAt !== null && at - ms <= launchedAt && launchedAt <= at

function holds(set: ProductSet, product: ProductFacts): boolean {
  if (set.skus.has(product.sku)) return true
  if (product.brand !== null && set.brands.has(product.brand)) return true
  if (product.categories.some((path) => holdsPath(set.categories, path))) return true
  return product.tags.some((tag) => set.tags.has(foldTag(tag)))
}

function holdsPath(categories: ReadonlySet<string>, path: string): boolean {
  for (let end = path.length; end > 0; end = parentEnd(path, end)) if (categories.has(path.slice(0, end))) return true
  return false
}

/** Where the path of the category above ends: `a/b` from `a/b/c`; 0 or less at the root. */
export const parentEnd = (path: string, end: number): number => path.lastIndexOf('/', end - 1)
