import type { Instant } from '../kernel/clock.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import type { PriceBook } from '../pricing/book.ts'
import type { Cart, ProductFacts } from '../pricing/cart.ts'
import { price } from '../pricing/price.ts'
import type { Quote } from '../pricing/quote.ts'
import type { OfferUsage, Shopper, ShopperUsage } from '../pricing/shopper.ts'
import { openingOf } from './role-prices.rules.ts'
import type { Buyer, PastOrder, Replayed } from './simulation.model.ts'

/** A book, and what its limited offers have given in the replay so far: each begins with nothing given. */
export type Run = {
  readonly prices: PriceBook
  readonly limited: ReadonlySet<string>
  readonly given: Map<string, OfferUsage>
  readonly givenTo: Map<string, Map<string, ShopperUsage>>
}

export const newRun = (prices: PriceBook): Run => ({
  prices,
  limited: new Set(prices.offers.filter(({ terms }) => isLimited(terms)).map(({ code }) => code)),
  given: new Map(),
  givenTo: new Map(),
})

const isLimited = (terms: Terms): boolean =>
  terms.kind === 'OFFER' &&
  (terms.totalLimit ?? terms.budget ?? terms.perCustomerLimit ?? terms.product?.maxUnitsPerCustomer ?? null) !== null

/** The rules as a replay takes them: what is in force now counts as if it had always been, and so does the one that is tried. */
export function asAlways(terms: Terms, tried: string, now: Instant): Terms {
  const isOn = (terms.validFrom === null || terms.validFrom <= now) && (terms.validUntil === null || now < terms.validUntil)
  return terms.code === tried || isOn ? { ...terms, validFrom: null, validUntil: null } : terms
}

/**
 * An order priced without the rule and with it, at the instant at which it was placed; null where its amounts are beyond
 * what a cart may come to. `shopper`: the buyer as customers are known now; whether they had bought before is as it was.
 */
export function replay(
  tried: Terms,
  runs: { readonly before: Run; readonly after: Run },
  order: PastOrder,
  buyer: Buyer | null,
  shopper: Shopper | null,
  products: ReadonlyMap<string, ProductFacts>,
): Replayed | null {
  const opening = openingOf(tried)
  const cart: Cart = {
    lines: order.lines.map(({ id, sku, quantity, listPrice }) => ({ id, sku, quantity, listPrice, product: products.get(sku) ?? null })),
    codes: opening === null ? [] : [opening.code],
    link: null,
  }
  const quoteBy = (run: Run): Quote | null => {
    const then = shopper && buyer && { ...shopper, hasCountedOrder: !buyer.isNew, usage: run.givenTo.get(buyer.id) ?? new Map() }
    const quote = price(run.prices, opening === null ? then : opening.give(then), cart, order.placedAt, {
      usage: run.given,
      nextSteps: false,
    })
    if (!quote.ok) return null
    note(run, buyer, quote.value)
    return quote.value
  }
  const [before, after] = [quoteBy(runs.before), quoteBy(runs.after)]
  if (before === null || after === null) return null
  return { buyer, subtotal: before.subtotal, before: before.total, after: after.total, known: knownOf(order, before, after) }
}

function knownOf({ lines }: PastOrder, before: Quote, after: Quote) {
  const known = { before: 0, after: 0, cost: 0 }
  for (const [i, { costPrice, quantity }] of lines.entries()) {
    if (costPrice === null) continue
    known.before += before.lines[i]?.total ?? 0
    known.after += after.lines[i]?.total ?? 0
    known.cost += costPrice * quantity
  }
  return known
}

/** What limited offers gave to this order counts against what is left for the next. */
function note({ limited, given, givenTo }: Run, buyer: Buyer | null, quote: Quote): void {
  if (limited.size === 0) return
  for (const { code, taken, units } of quote.uses) {
    if (!limited.has(code)) continue
    const before = given.get(code)
    given.set(code, { uses: (before?.uses ?? 0) + 1, taken: ((before?.taken ?? 0) + taken) as OfferUsage['taken'] })
    if (buyer === null) continue
    const had = givenTo.get(buyer.id) ?? new Map<string, ShopperUsage>()
    givenTo.set(buyer.id, had)
    const counts = new Map(had.get(code)?.units)
    for (const { sku, quantity } of units) counts.set(sku, (counts.get(sku) ?? 0) + quantity)
    had.set(code, { uses: (had.get(code)?.uses ?? 0) + 1, units: counts })
  }
}
