import type { Minor } from '../kernel/money.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import type { CartLine } from '../pricing/cart.ts'
import type { LookedAt, Reached } from './warning.model.ts'

/** A cart to which a rule says something, and what its goods cost the shop; null where that is not known of all of them. */
export type Case = {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly lines: readonly CartLine[]
  readonly cost: number | null
}

/** Of a ladder's quantities and an offer's steps so many are looked at, the smallest first. */
const MOST_QUANTITIES = 6

/** The carts at which a rule first has something to say: where a step takes most of what a cart comes to. */
export function casesOf(terms: Terms, { products }: Reached): Case[] {
  if (terms.kind === 'OFFER' && terms.order?.form === 'BUNDLE') return bundleCase(terms.code, terms.order.items, products)
  return products.flatMap((product) => quantitiesFor(terms, product.facts.listPrice).map((quantity) => caseOf(product, quantity)))
}

function caseOf(product: LookedAt, quantity: number): Case {
  const { facts, name, costPrice } = product
  return { sku: facts.sku, name, quantity, lines: [lineOf(product, quantity)], cost: costPrice === null ? null : costPrice * quantity }
}

const lineOf = ({ facts }: LookedAt, quantity: number): CartLine => ({
  id: facts.sku,
  sku: facts.sku,
  quantity,
  listPrice: facts.listPrice,
  product: facts,
})

function quantitiesFor(terms: Terms, listPrice: Minor): number[] {
  const all = [...new Set(quantitiesAsked(terms, listPrice))].filter((quantity) => quantity <= BOUNDS.quantity)
  return all
    .filter((quantity) => quantity * listPrice <= Number.MAX_SAFE_INTEGER)
    .sort((a, b) => a - b)
    .slice(0, MOST_QUANTITIES)
}

function quantitiesAsked(terms: Terms, listPrice: Minor): number[] {
  if (terms.kind === 'LADDER') return terms.rungs.map(({ minQuantity }) => minQuantity)
  const { product, order } = terms
  if (product !== null) {
    const most = Math.min(product.maxUnitsPerOrder ?? BOUNDS.quantity, product.maxUnitsPerCustomer ?? BOUNDS.quantity)
    return [unitsFor(product.minQuantity, product.minSubtotal, listPrice)].filter((quantity) => quantity <= most)
  }
  if (order?.form === 'MULTI_BUY') return [order.every]
  return order?.form === 'THRESHOLD' ? order.steps.map((step) => unitsFor(step.minQuantity, step.minSubtotal, listPrice)) : []
}

/** The fewest units of one product that open a step. */
function unitsFor(minQuantity: number | null, minSubtotal: number | null, listPrice: number): number {
  const bySubtotal = listPrice === 0 ? ((minSubtotal ?? 0) > 0 ? Number.POSITIVE_INFINITY : 1) : Math.ceil((minSubtotal ?? 0) / listPrice)
  return Math.max(1, minQuantity ?? 1, bySubtotal)
}

function bundleCase(code: string, items: readonly { sku: string; quantity: number }[], products: readonly LookedAt[]): Case[] {
  const bySku = new Map(products.map((product) => [product.facts.sku, product]))
  const parts = items.map(({ sku, quantity }) => ({ product: bySku.get(sku), quantity }))
  const known = parts.flatMap(({ product, quantity }) => (product === undefined ? [] : [{ product, quantity }]))
  const [first] = known
  if (first === undefined || known.length < parts.length) return []
  const costs = known.map(({ product, quantity }) => (product.costPrice === null ? null : product.costPrice * quantity))
  return [
    {
      sku: first.product.facts.sku,
      name: `a set of ${code}`,
      quantity: known.length === 1 ? first.quantity : 1,
      lines: known.map(({ product, quantity }) => lineOf(product, quantity)),
      cost: costs.reduce((sum: number | null, cost) => (sum === null || cost === null ? null : sum + cost), 0),
    },
  ]
}
