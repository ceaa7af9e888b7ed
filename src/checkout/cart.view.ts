import type { WantedCart } from './cart.rules.ts'
import type { CartInput } from './cart.schema.ts'

/** A cart as the engine's callers take it; a line without a name is called by its index. */
export const toWantedCart = (cart: CartInput): WantedCart => ({
  lines: cart.lines.map(({ id, sku, quantity, listPrice }, i) => ({ id: id ?? String(i), sku, quantity, listPrice: listPrice ?? null })),
  codes: cart.codes ?? [],
  linkToken: cart.privateLinkToken ?? null,
})
