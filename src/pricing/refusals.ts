import type { Cart } from './cart.ts'
import type { CartState, LineState } from './cart-state.ts'
import type { LinkRule, OfferRule, OrderOffer, ProductOffer } from './compiled.ts'
import { type Moment, whyNotLive } from './moment.ts'
import type { NamedCode } from './named-codes.ts'
import { isInScope } from './order-lines.ts'
import { latest } from './outcomes.ts'
import type { PricedCart } from './priced.ts'
import { whyNotByLink, whyNotOnLine } from './product-level.ts'
import type { RefusedCode, RuleOutcome } from './quote.ts'
import { openedBy, usedRules } from './uses.ts'

/** Each code that applied to nothing, with how near it came (pricing rules, section 5). */
export function refusedCodes(moment: Moment, priced: PricedCart): RefusedCode[] {
  const used = new Set<unknown>(usedRules(priced))
  return priced.codes.flatMap((named) => {
    const outcome = whyRefused(moment, priced, named, used)
    return outcome === null ? [] : [{ code: named.code, outcome }]
  })
}

function whyRefused(moment: Moment, priced: PricedCart, named: NamedCode, used: ReadonlySet<unknown>): RuleOutcome | null {
  const { offer, refusal } = named
  if (refusal !== null || offer === null) return refusal
  // A second coupon of the same offer is good, but another one is spent.
  if (used.has(offer)) return openedBy(priced.codes, offer) === named ? null : 'BEATEN'
  return whyNotLive(moment, offer) ?? latest(priced.cart.lines.map((line) => outcomeOnLine(moment, priced, offer, line)))
}

/** Null when there is no link in the cart, or it lowered a price. */
export function refusedLink(priced: PricedCart, link: Cart['link']): RuleOutcome | null {
  if (link === null) return null
  if (link.kind === 'CLOSED') return link.outcome
  const { cart } = priced
  const outcomes = cart.lines.map((line) => (cart.link === null ? null : linkOutcome(cart, cart.link, line)))
  return outcomes.includes('APPLIED') ? null : latest(outcomes)
}

/** What came of an offer on one line. */
export const outcomeOnLine = (moment: Moment, priced: PricedCart, offer: OfferRule, line: LineState): RuleOutcome =>
  offer.level === 'PRODUCT' ? productOutcome(moment, priced.cart, offer, line) : orderOutcome(moment, priced, offer, line)

function productOutcome(moment: Moment, cart: CartState, offer: ProductOffer, line: LineState): RuleOutcome {
  if (line.rules.some(({ rule }) => rule === offer)) return 'APPLIED'
  const refusal = whyNotOnLine(moment, cart, offer, line)
  if (refusal !== null) return refusal
  return !offer.exclusive && offer.onlyUndiscounted && takenBefore(line, offer) > 0 ? 'ALREADY_DISCOUNTED' : 'BEATEN'
}

/** What had been taken of a unit when a stackable offer had its turn. */
export const takenBefore = (line: LineState, offer: ProductOffer): number =>
  line.rules.reduce((sum, { rule, amount }) => (comesAfter(rule, offer) || rule === offer ? sum : sum + amount), 0)

const comesAfter = (rule: LineState['rules'][number]['rule'], offer: ProductOffer): boolean =>
  rule.kind === 'OFFER' && !rule.exclusive && rule.place > offer.place

function orderOutcome(moment: Moment, { level }: PricedCart, offer: OrderOffer, line: LineState): RuleOutcome {
  const notLive = whyNotLive(moment, offer)
  if (notLive !== null) return notLive
  if (!isInScope(moment, offer, line)) return 'NOT_IN_SCOPE'
  const visit = level.visits.find((each) => each.offer === offer)
  return visit?.draft.lines.includes(line) ? visit.outcome : 'ALREADY_DISCOUNTED'
}

export function linkOutcome(cart: CartState, link: LinkRule, line: LineState): RuleOutcome {
  if (line.rules.some(({ rule }) => rule === link)) return 'APPLIED'
  return whyNotByLink(cart, link, line) ?? 'BEATEN'
}
