import type { Minor } from '../kernel/money.ts'
import { adjust } from './adjust.ts'
import type { Cart } from './cart.ts'
import type { LineState } from './cart-state.ts'
import type { LadderRule, OfferRule, ProductOffer } from './compiled.ts'
import type { Moment } from './moment.ts'
import type { NamedCode } from './named-codes.ts'
import { latest } from './outcomes.ts'
import type { PricedCart } from './priced.ts'
import { ladderPrice, linkPrice, stackablesOf, whyNotOnLadder } from './product-level.ts'
import type { RuleOutcome, RuleTrace } from './quote.ts'
import { linkOutcome, outcomeOnLine, takenBefore } from './refusals.ts'
import { foldCode } from './text.ts'

/**
 * What came of every automatic rule that is indexed to a line and of everything named in the cart (pricing rules, section 5):
 * ladders, link, exclusive and stackable product offers, order offers, then codes that open nothing.
 */
export function traceLine(moment: Moment, priced: PricedCart, cart: Cart, line: LineState): RuleTrace[] {
  const rules = [
    ...byPlace(line.buckets.flatMap((bucket) => bucket.ladders)).map((ladder) => traceLadder(moment, ladder, line)),
    ...traceLink(moment, priced, cart, line),
    ...offersOn(priced, line).map((offer) => traceOffer(moment, priced, offer, line)),
  ]
  const told = new Set(rules.map(({ code }) => foldCode(code)))
  return [...rules, ...priced.codes.flatMap((named) => (told.has(foldCode(named.code)) ? [] : traceRefused(named)))]
}

/** A code that opens nothing, as it was typed. */
const traceRefused = ({ code, refusal }: NamedCode): RuleTrace[] =>
  refusal === null ? [] : [{ kind: 'OFFER', code, outcome: refusal, price: null }]

const byPlace = <Rule extends { readonly place: number }>(rules: readonly Rule[]): Rule[] =>
  [...new Set(rules)].sort((a, b) => a.place - b.place)

function offersOn({ cart }: PricedCart, line: LineState): OfferRule[] {
  const exclusives = cart.named.filter((offer) => offer.level === 'PRODUCT' && offer.exclusive)
  const orders = cart.named.filter((offer) => offer.level === 'ORDER')
  return [
    ...byPlace([...line.buckets.flatMap((bucket) => bucket.exclusives), ...exclusives]),
    ...stackablesOf(cart, line),
    ...byPlace([...line.buckets.flatMap((bucket) => bucket.orders), ...orders]),
  ]
}

function traceLadder(moment: Moment, ladder: LadderRule, line: LineState): RuleTrace {
  const refusal = whyNotOnLadder(moment, ladder, line) ?? whyNoRung(moment, ladder, line)
  const applied = line.rules.some(({ rule }) => rule === ladder)
  return {
    kind: 'LADDER',
    code: ladder.code,
    outcome: refusal ?? (applied ? 'APPLIED' : 'BEATEN'),
    price: refusal === null ? ladderPrice(moment, ladder, line) : null,
  }
}

/** Null when some rung is open; else what kept the nearest one closed. */
function whyNoRung(moment: Moment, ladder: LadderRule, line: LineState): RuleOutcome | null {
  const outcomes = ladder.rungs.map((rung): RuleOutcome | null => {
    if (rung.minQuantity > line.item.quantity) return 'QUANTITY_TOO_LOW'
    return rung.rank > moment.rank ? 'TIER_TOO_LOW' : null
  })
  return outcomes.includes(null) ? null : latest(outcomes)
}

function traceLink(moment: Moment, { cart }: PricedCart, { link }: Cart, line: LineState): RuleTrace[] {
  if (link?.kind === 'CLOSED') return link.id === null ? [] : [{ kind: 'PRIVATE_LINK', code: link.id, outcome: link.outcome, price: null }]
  if (cart.link === null) return []
  const outcome = linkOutcome(cart, cart.link, line)
  const isPriced = outcome === 'APPLIED' || outcome === 'BEATEN'
  return [{ kind: 'PRIVATE_LINK', code: cart.link.code, outcome, price: isPriced ? linkPrice(moment, cart.link, line) : null }]
}

function traceOffer(moment: Moment, priced: PricedCart, offer: OfferRule, line: LineState): RuleTrace {
  const outcome = outcomeOnLine(moment, priced, offer, line)
  const isPriced = offer.level === 'PRODUCT' && (outcome === 'APPLIED' || outcome === 'BEATEN')
  return { kind: 'OFFER', code: offer.code, outcome, price: isPriced ? offerPrice(moment, offer, line) : null }
}

/** An exclusive offer adjusts the list price, a stackable one the price as it was at its turn. */
function offerPrice(moment: Moment, offer: ProductOffer, line: LineState): Minor {
  const before = offer.exclusive ? line.item.listPrice : ((line.item.listPrice - takenBefore(line, offer)) as Minor)
  return adjust(offer.product.adjustment, before, line.floor, moment.book.rounding)
}
