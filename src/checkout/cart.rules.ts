import type { Minor } from '../kernel/money.ts'
import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Cart, CartLine, PriceItem, ProductFacts } from '../pricing/cart.ts'

export const MOST_LINES = 500
export const MOST_ITEMS = 250
export const MOST_UNITS = 1_000_000
export const MOST_CODES = 20
const LONGEST_TEXT = 200

/** A line or item as it was asked for; `listPrice` null: the catalogue's. */
export type Wanted = { readonly sku: string; readonly quantity: number; readonly listPrice: Minor | null }
export type WantedLine = Wanted & { readonly id: string }

export type WantedCart = { readonly lines: readonly WantedLine[]; readonly codes: readonly string[]; readonly linkToken: string | null }

export const skusOf = ({ lines }: WantedCart): string[] => lines.map((line) => line.sku)

/** What is wrong with an item before anybody looks for the product. */
export function faultOf({ sku, quantity }: Wanted, path: InputPath): Problem | null {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_UNITS)
    return problem('BAD_USER_INPUT', `quantity must be from 1 to ${MOST_UNITS.toLocaleString('en')}.`, [...path, 'quantity'])
  if (sku === '' || sku.length > LONGEST_TEXT)
    return problem('BAD_USER_INPUT', `sku must have 1 to ${LONGEST_TEXT} characters.`, [...path, 'sku'])
  return null
}

/** What is wrong with a whole cart: bounds, and two lines under one name. */
export function cartFault(lines: readonly WantedLine[], codes: readonly string[]): Problem | null {
  if (lines.length > MOST_LINES) return problem('TOO_MANY_ITEMS', `A cart has at most ${MOST_LINES} lines.`, ['cart', 'lines'])
  if (codes.length > MOST_CODES) return problem('TOO_MANY_ITEMS', `A cart has at most ${MOST_CODES} codes.`, ['cart', 'codes'])
  const ids = new Set<string>()
  for (const [i, line] of lines.entries()) {
    const fault = faultOf(line, ['cart', 'lines', i])
    if (fault !== null) return fault
    if (line.id.length > LONGEST_TEXT)
      return problem('BAD_USER_INPUT', `id has at most ${LONGEST_TEXT} characters.`, ['cart', 'lines', i, 'id'])
    if (ids.has(line.id))
      return problem('BAD_USER_INPUT', `Two lines are called "${line.id}": give each an id of its own.`, ['cart', 'lines', i, 'id'])
    ids.add(line.id)
  }
  const long = codes.findIndex((code) => code.length > LONGEST_TEXT)
  return long === -1 ? null : problem('BAD_USER_INPUT', `A code has at most ${LONGEST_TEXT} characters.`, ['cart', 'codes', long])
}

/** The item with its list price and what the catalogue knows of it. Unknown to both: UNKNOWN_SKU. */
export function priced<T extends Wanted>(
  wanted: T,
  products: ReadonlyMap<string, ProductFacts>,
  path: InputPath,
): Result<T & PriceItem, Problem> {
  const product = products.get(wanted.sku) ?? null
  const listPrice = wanted.listPrice ?? product?.listPrice
  if (listPrice === undefined)
    return refuse(
      problem(
        'UNKNOWN_SKU',
        `There is no product "${wanted.sku}": send it with upsertProducts, or give its list price with a PLUGIN key.`,
        [...path, 'sku'],
        {
          sku: wanted.sku,
        },
      ),
    )
  return accept({ ...wanted, listPrice, product })
}

/** The cart as the engine takes it. `link`: what its token is to the shopper, once that is known. */
export function toCart(
  { lines: wanted, codes }: WantedCart,
  products: ReadonlyMap<string, ProductFacts>,
  link: Cart['link'] = null,
): Result<Cart, Problem> {
  const lines: CartLine[] = []
  for (const [i, line] of wanted.entries()) {
    const known = priced(line, products, ['cart', 'lines', i])
    if (!known.ok) return known
    lines.push(known.value)
  }
  return accept({ lines, codes, link })
}

export const amountTooLarge = (path: InputPath): Problem =>
  problem('AMOUNT_TOO_LARGE', 'This comes to more than 2^53-1 minor units: ask for less at once.', path)
