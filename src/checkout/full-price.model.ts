import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'

/** Units of a sku that a customer bought at the full list price and kept, and what was paid for them. */
export type FullPricePurchase = { readonly sku: string; readonly units: number; readonly paid: Minor }

/** The same beside today's member price: `owed` is what they would have saved. */
export type OwedPurchase = FullPricePurchase & { readonly memberPrice: Minor; readonly owed: Minor }

export type FullPriceBuyer<P extends FullPricePurchase = OwedPurchase> = {
  readonly customerId: Id<'Customer'>
  readonly purchases: readonly P[]
}

export type FullPriceTotal = { readonly customers: number; readonly units: number; readonly paid: Minor; readonly owed: Minor }
