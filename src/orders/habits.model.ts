/** Whose orders: a customer's own, or those of all of a company's people together. */
export type Whose = { readonly kind: 'CUSTOMER' | 'COMPANY'; readonly id: string }

/** Something bought again and again: in how many orders, and how many units of it were kept. */
export type Favourite = { readonly name: string; readonly orders: number; readonly units: number }

/** Whether all that was kept lies in one top-level category. */
export type BuyerKind = 'SINGLE_CATEGORY' | 'CROSS_CATEGORY'

/** How somebody buys, from the lines of orders that count as far as they were kept. Null without such an order. */
export type Habits = {
  /** 1 (Monday) to 7, in the shop's zone; of several with as many orders the first in the week. */
  readonly favouriteWeekday: number | null
  /** 0 to 23, in the shop's zone; of several with as many orders the earliest. */
  readonly favouriteHour: number | null
  /** Units of an order, the median. */
  readonly usualQuantity: number | null
  /** Null too where no product that was bought has a category. */
  readonly buyerKind: BuyerKind | null
  /** The first few by orders, then units, then the bytes of their names. */
  readonly products: readonly Favourite[]
  readonly categories: readonly Favourite[]
  readonly brands: readonly Favourite[]
  readonly tags: readonly Favourite[]
}

export const NO_HABITS: Habits = {
  favouriteWeekday: null,
  favouriteHour: null,
  usualQuantity: null,
  buyerKind: null,
  products: [],
  categories: [],
  brands: [],
  tags: [],
}
