import type { Minor } from '../kernel/money.ts'
import { floorOf } from './adjust.ts'
import type { PriceBook } from './book.ts'
import type { PriceItem } from './cart.ts'
import type { Bucket, LadderRule, LinkRule, OfferRule, OrderOffer, ProductOffer } from './compiled.ts'
import { byBytes } from './text.ts'

/** What a rule took: of one unit at product level, of the whole line at order level. */
export type Taken<Rule> = { readonly rule: Rule; readonly amount: Minor }
/** What may lower a unit price. */
export type UnitRule = LadderRule | LinkRule | ProductOffer

/** A line while it is being priced. */
export type LineState = {
  /** The caller's own name of the line. */
  readonly id: string
  readonly item: PriceItem
  readonly floor: Minor
  readonly buckets: readonly Bucket[]
  /** The running unit price of section 3. */
  unit: Minor
  /** What the line costs as the order offers so far left it. */
  total: Minor
  /** In order of application; empty at list price. */
  readonly rules: Taken<UnitRule>[]
  readonly shares: Taken<OrderOffer>[]
}

/** List price x quantity, and units, of the lines in an offer's scope. */
export type ScopeSums = { readonly subtotal: number; readonly units: number }

/** A cart while it is being priced. What is null is worked out when first asked for. */
export type CartState = {
  readonly lines: readonly LineState[]
  /** The order offers that reach everything, and so a cart without lines too. */
  readonly always: readonly OrderOffer[]
  /** The offers that the cart's codes and coupons open. */
  readonly named: readonly OfferRule[]
  readonly link: LinkRule | null
  units: Map<string, number> | null
  sums: Map<ProductOffer, ScopeSums> | null
}

/** A line at its list price. */
export function lineState(book: PriceBook, id: string, item: PriceItem, buckets: readonly Bucket[]): LineState {
  return {
    id,
    item,
    floor: floorOf(item.listPrice, item.product === null ? null : item.product.floorPrice, book.maxDiscountBp),
    buckets,
    unit: item.listPrice,
    total: (item.listPrice * item.quantity) as Minor,
    rules: [],
    shares: [],
  }
}

/** The units of a sku on all lines together. */
export function unitsOfSku(cart: CartState, sku: string): number {
  cart.units ??= countUnits(cart.lines)
  return cart.units.get(sku) ?? 0
}

function countUnits(lines: readonly LineState[]): Map<string, number> {
  const units = new Map<string, number>()
  for (const { item } of lines) units.set(item.sku, (units.get(item.sku) ?? 0) + item.quantity)
  return units
}

/** By sku, then smaller quantity, then smaller list price, then place in the cart, so that no tie depends on how a cart was written. */
export function inOrder(lines: readonly LineState[]): LineState[] {
  return lines.toSorted(({ item: a }, { item: b }) => byBytes(a.sku, b.sku) || a.quantity - b.quantity || a.listPrice - b.listPrice)
}
