import { type InputPath, type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { tagKey } from '../query/facts.ts'
import { type GivenProduct, isSku, MAX_SKU, type ProductChange } from './product.model.ts'

const MAX = { products: 1_000, name: 500, brand: 200, paths: 50, segments: 20, segment: 100, tags: 250, tag: 100 } as const

const EARLIEST = Date.UTC(1900, 0)
const LATEST = Date.UTC(2201, 0) - 1

const bad = (message: string, ...path: InputPath) => refuse(problem('BAD_USER_INPUT', message, path))

/** The products of one call, each sku once: one that comes twice is as if it had been sent in two calls, so what the later names wins. */
export function checkProducts(given: readonly GivenProduct[]): Result<readonly ProductChange[], Problem> {
  if (given.length > MAX.products)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MAX.products} products a call: send ${given.length} in parts.`, ['products']))
  const changes = new Map<string, ProductChange>()
  for (const [i, product] of given.entries()) {
    const checked = checkProduct(product)
    if (!checked.ok) return refuse(within(checked.problem, 'products', i))
    const earlier = changes.get(product.sku)
    changes.set(product.sku, earlier === undefined ? checked.value : overlay(earlier, checked.value))
  }
  return accept([...changes.values()])
}

function checkProduct({ categoryPaths, ...product }: GivenProduct): Result<ProductChange, Problem> {
  if (!isSku(product.sku)) return bad(`sku must have 1 to ${MAX_SKU} characters, none of them a control character.`, 'sku')
  if (!isWord(product.name, MAX.name)) return bad(`name must have 1 to ${MAX.name} characters, none of them a control character.`, 'name')
  if (product.brand !== null && !isWord(product.brand, MAX.brand))
    return bad(`brand must have 1 to ${MAX.brand} characters; leave it out to keep what it is.`, 'brand')
  if (product.stock !== null && product.stock < 0) return bad('stock must be 0 or more.', 'stock')
  if (product.launchedAt !== null && (product.launchedAt < EARLIEST || product.launchedAt > LATEST))
    return bad('launchedAt must be in the years 1900 to 2200.', 'launchedAt')
  const tags = product.tags === null ? accept(null) : checkTags(product.tags)
  if (!tags.ok) return tags
  const categories = categoryPaths === null ? accept(null) : joinPaths(categoryPaths)
  if (!categories.ok) return categories
  return accept({ ...product, tags: tags.value, categories: categories.value })
}

/** One tag a key, as first written. */
function checkTags(tags: readonly string[]): Result<readonly string[], Problem> {
  if (tags.length > MAX.tags) return bad(`A product has at most ${MAX.tags} tags.`, 'tags')
  const wrong = tags.findIndex((tag) => !isWord(tag, MAX.tag))
  if (wrong !== -1) return bad(`A tag must have 1 to ${MAX.tag} characters, none of them a control character.`, 'tags', wrong)
  return accept([...new Map(tags.toReversed().map((tag) => [tagKey(tag), tag])).values()].reverse())
}

function joinPaths(paths: readonly (readonly string[])[]): Result<readonly string[], Problem> {
  if (paths.length > MAX.paths) return bad(`A product is in at most ${MAX.paths} categories.`, 'categoryPaths')
  for (const [i, path] of paths.entries()) {
    if (path.length < 1 || path.length > MAX.segments)
      return bad(`A category path has 1 to ${MAX.segments} segments, from the root down.`, 'categoryPaths', i)
    const wrong = path.findIndex((segment) => !isWord(segment, MAX.segment) || segment.includes('/'))
    if (wrong !== -1)
      return bad(
        `A segment of a category path has 1 to ${MAX.segment} characters and no "/": give each level as its own segment.`,
        'categoryPaths',
        i,
        wrong,
      )
  }
  return accept([...new Set(paths.map((path) => path.join('/')))])
}

/** What `later` names, over what `earlier` named. */
const overlay = (earlier: ProductChange, later: ProductChange): ProductChange => ({
  sku: later.sku,
  name: later.name,
  listPrice: later.listPrice,
  floorPrice: later.floorPrice ?? earlier.floorPrice,
  costPrice: later.costPrice ?? earlier.costPrice,
  brand: later.brand ?? earlier.brand,
  categories: later.categories ?? earlier.categories,
  tags: later.tags ?? earlier.tags,
  stock: later.stock ?? earlier.stock,
  launchedAt: later.launchedAt ?? earlier.launchedAt,
})
