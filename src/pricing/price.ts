import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { PriceBook } from './book.ts'
import type { Cart, PriceItem } from './cart.ts'
import { type Moment, momentOf } from './moment.ts'
import { type PricedCart, priceOnce, takenFromLine } from './priced.ts'
import type { PricingProblem, Quote } from './quote.ts'
import type { Shopper, Usage } from './shopper.ts'
import { byBytes } from './text.ts'
import { mayOwe, usedRules } from './uses.ts'
import { writeQuote } from './write-quote.ts'

/**
 * `usage`: what limited offers have given so far (absent: nothing). `explain`: a trace on each line.
 * `reserving`: what is counted by customer (perCustomerLimit, maxUnitsPerCustomer, firstOrderOnly) is withheld from nobody.
 * `nextSteps`: false leaves them out. They are the one part of a quote that costs by the book and not by the cart, for
 * every live threshold offer has one, in the cart or not.
 */
export type PriceOptions = {
  readonly usage?: Usage
  readonly explain?: boolean
  readonly reserving?: boolean
  readonly nextSteps?: boolean
}

/**
 * The price of a cart for a shopper (null: nobody identified) at an instant: all of the pricing rules, a pure function of
 * its arguments. Money in minor units. Refused with AmountTooLarge when the subtotal passes 2^53-1.
 */
export function price(
  book: PriceBook,
  shopper: Shopper | null,
  cart: Cart,
  at: Instant,
  { usage, reserving = false, ...told }: PriceOptions = {},
): Result<Quote, PricingProblem> {
  const subtotal = subtotalOf(cart.lines)
  if (subtotal === null) return refuse({ kind: 'AmountTooLarge' })
  const moment = momentOf(book, shopper, at, usage ?? null, reserving)
  return accept(writeQuote(moment, cart, priceWithinBudgets(moment, cart), subtotal, told))
}

/** List price x quantity over all lines; null when it passes 2^53-1. A sum too large to be exact is still seen to be too large. */
export function subtotalOf(items: readonly PriceItem[]): Minor | null {
  let subtotal = 0
  for (const { listPrice, quantity } of items) {
    subtotal += listPrice * quantity
    if (subtotal > Number.MAX_SAFE_INTEGER) return null
  }
  return subtotal as Minor
}

/** Prices without budgets; while offers took more than theirs have left, strikes the one with the smallest code and prices again (pricing rules, section 6). */
function priceWithinBudgets(moment: Moment, cart: Cart): PricedCart {
  for (;;) {
    const priced = priceOnce(moment, cart)
    const [overspent] = overspentBy(moment, priced)
    if (overspent === undefined) return priced
    moment.struck = new Set(moment.struck).add(overspent)
  }
}

/** The codes of the offers that took more than their budget has left, or might by their surprise, the smallest first. */
function overspentBy(moment: Moment, priced: PricedCart): string[] {
  const overspent: string[] = []
  for (const rule of usedRules(priced)) {
    if (rule.kind !== 'OFFER' || rule.terms.budget === null) continue
    const left = rule.terms.budget - (moment.usage?.get(rule.code)?.taken ?? 0)
    const taken = priced.cart.lines.reduce((sum, line) => sum + takenFromLine(line, rule), 0)
    if (taken + mayOwe(priced, rule) > left) overspent.push(rule.code)
  }
  return overspent.sort(byBytes)
}
