import type { Instant } from '../kernel/clock.ts'

/** Something that a customer bought, as the catalogue has it now; null where it does not have it. */
export type Bought = {
  readonly sku: string
  readonly name: string | null
  readonly brand: string | null
  readonly listPrice: number | null
}

/** Of the last order that counts the line that came to most; and what is in most orders, with how many units of it an order has (the median). */
export type BoughtByCustomer = {
  readonly last: Bought & { readonly quantity: number; readonly placedAt: Instant }
  readonly usual: Bought & { readonly quantity: number; readonly orders: number }
}
