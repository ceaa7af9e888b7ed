import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Adjustment } from './rule.ts'

/** What the catalogue knows of a product. Categories are paths joined with `/`; instants in ms. */
export type ProductFacts = {
  readonly sku: string
  readonly listPrice: Minor
  readonly floorPrice: Minor | null
  readonly brand: string | null
  readonly categories: readonly string[]
  readonly tags: readonly string[]
  readonly launchedAt: Instant | null
}

/** `listPrice` is resolved: the one given by a trusted caller, else the catalogue's. `product` null: an unknown sku that came with a trusted price. */
export type PriceItem = {
  readonly sku: string
  readonly quantity: number
  readonly listPrice: Minor
  readonly product: ProductFacts | null
}
export type CartLine = PriceItem & { readonly id: string }

/** `maxQuantity`: a cart with more units of the sku does not get the price. */
export type LinkItem = { readonly sku: string; readonly quantity: number; readonly maxQuantity: number; readonly adjustment: Adjustment }

/**
 * The private link whose token is in the cart. Whether it is open to the shopper (its window, its people, its uses) is
 * decided by who keeps links; the engine only prices an open one, at most one item a sku. `id` is its code in every answer.
 */
export type CartLink =
  | { readonly kind: 'OPEN'; readonly id: string; readonly name: string; readonly items: readonly LinkItem[] }
  | {
      readonly kind: 'CLOSED'
      readonly id: string | null
      readonly outcome: 'UNKNOWN_CODE' | 'NOT_LIVE' | 'NOT_IN_AUDIENCE' | 'LIMIT_REACHED'
    }

export type Cart = { readonly lines: readonly CartLine[]; readonly codes: readonly string[]; readonly link: CartLink | null }
