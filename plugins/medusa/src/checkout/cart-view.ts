import { toMajor } from '../money.ts'
import type { PricedCart } from '../pricing/priced-cart.ts'

/** What a storefront shows of a priced cart, in major units as everywhere in Medusa's API. */
export function cartView(priced: PricedCart | null, asked: { readonly codes: readonly string[]; readonly link_token: string | null }) {
  const common = { codes: asked.codes, has_private_link: asked.link_token !== null }
  if (priced === null) return { ...common, member_prices: false, why: null, lines: [] }
  const { by, why, currency, lines, subtotal, total, quote } = priced
  const major = (minor: number) => toMajor(minor, currency)
  return {
    ...common,
    /** False: the cart is at list prices, and why. */
    member_prices: by === 'quote',
    why,
    subtotal: major(subtotal),
    saving: major(subtotal - total),
    total: major(total),
    lines: Object.entries(lines).map(([id, line]) => ({
      id,
      sku: line.sku,
      quantity: line.quantity,
      list_price: major(line.list),
      unit_price: major(line.unit),
      total: major(line.total),
      rules: line.rules.map(({ kind, code, name, amount }) => ({ kind, code, name, amount: major(amount) })),
    })),
    refused_codes: quote?.refusedCodes.map(({ code, outcome }) => ({ code, why: outcome })) ?? [],
    refused_link: quote?.refusedLink ?? null,
    free_shipping: quote?.freeShipping ?? false,
    gifts: quote?.gifts.map(({ sku, quantity }) => ({ sku, quantity })) ?? [],
    surprises:
      quote?.surprises.map(({ offerName, prizes }) => ({
        name: offerName,
        prizes: prizes.map(({ name, odds, amount, gift }) => ({ name, odds, amount: amount === null ? null : major(amount), gift })),
      })) ?? [],
    next_steps:
      quote?.nextSteps.map(({ offerName, missing, missingQuantity, amount }) => ({
        name: offerName,
        missing: major(missing),
        missing_quantity: missingQuantity,
        amount: major(amount),
      })) ?? [],
  }
}
