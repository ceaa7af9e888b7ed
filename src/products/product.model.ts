import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { isWord } from '../kernel/text.ts'

/** Characters. */
export const MAX_SKU = 200

/** Whether a text could name a product, of this catalogue or not. */
export const isSku = (text: string): boolean => isWord(text, MAX_SKU)

/** What the catalogue holds of a product, for staff; `ProductFacts` (pricing) is what a price follows from. */
export type Product = {
  readonly sku: string
  readonly name: string
  readonly listPrice: Minor
  /** The lowest that rules may reach. One above the list price means the list price. */
  readonly floorPrice: Minor | null
  /** Never for shoppers. */
  readonly costPrice: Minor | null
  readonly brand: string | null
  /** Each from the root down, joined with `/`. */
  readonly categories: readonly string[]
  readonly tags: readonly string[]
  readonly stock: number | null
  readonly launchedAt: Instant | null
}

/** A product as a shop sends it; null: left out, so it stays as it is. */
export type GivenProduct = {
  readonly sku: string
  readonly name: string
  readonly listPrice: Minor
  readonly floorPrice: Minor | null
  readonly costPrice: Minor | null
  readonly brand: string | null
  readonly categoryPaths: readonly (readonly string[])[] | null
  readonly tags: readonly string[] | null
  readonly stock: number | null
  readonly launchedAt: Instant | null
}

/** Checked, with its category paths joined; null: stays as it is. */
export type ProductChange = Omit<GivenProduct, 'categoryPaths'> & { readonly categories: readonly string[] | null }

/** The prices of a product from an instant on. */
export type ProductPrice = {
  readonly since: Instant
  readonly listPrice: Minor
  readonly floorPrice: Minor | null
  readonly costPrice: Minor | null
}
