import type { Minor } from '../kernel/money.ts'
import type { Cart } from './cart.ts'
import { type CartState, type LineState, lineState } from './cart-state.ts'
import type { LinkRule, OfferRule } from './compiled.ts'
import type { Moment } from './moment.ts'
import { type NamedCode, offersNamed, resolveCodes } from './named-codes.ts'
import { applyOrderOffers, type OrderLevel } from './order-level.ts'
import { sumOf } from './order-lines.ts'
import { priceLine } from './product-level.ts'
import { bucketsFor } from './rule-index.ts'

/** A cart through both levels, before it is written down as a quote. */
export type PricedCart = { readonly cart: CartState; readonly level: OrderLevel; readonly codes: readonly NamedCode[] }

/** Prices a cart without regard to what budgets have left, apart from the offers already struck. */
export function priceOnce(moment: Moment, cart: Cart): PricedCart {
  const codes = resolveCodes(moment, cart.codes)
  const state = openCart(moment, cart, codes)
  for (const line of state.lines) priceLine(moment, state, line)
  return { cart: state, level: applyOrderOffers(moment, state), codes }
}

/** The cart with every line at its list price. */
export function openCart({ book }: Moment, cart: Cart, codes: readonly NamedCode[]): CartState {
  return {
    lines: cart.lines.map((line) => lineState(book, line.id, line, bucketsFor(book.index, line.sku, line.product))),
    always: book.index.everything.orders,
    named: offersNamed(codes),
    link: linkRule(cart),
    units: null,
    sums: null,
  }
}

const linkRule = ({ link }: Cart): LinkRule | null =>
  link === null || link.kind === 'CLOSED'
    ? null
    : { kind: 'PRIVATE_LINK', code: link.id, name: link.name, items: new Map(link.items.map((item) => [item.sku, item])) }

/** What a unit rule took from a line, all its units together; 0 when it did not apply. */
export const takenFromLine = (line: LineState, rule: OfferRule | LinkRule): Minor =>
  sumOf([
    ...line.rules.filter((taken) => taken.rule === rule).map((taken) => taken.amount * line.item.quantity),
    ...line.shares.filter((taken) => taken.rule === rule).map((taken) => taken.amount),
  ])
