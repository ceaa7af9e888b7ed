import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { PriceBook, Tier } from './book.ts'
import type { PriceItem } from './cart.ts'
import { type CartState, type LineState, lineState } from './cart-state.ts'
import type { Bucket, LadderRule, ProductOffer } from './compiled.ts'
import { type Moment, momentOf, whyNotLive, withTier } from './moment.ts'
import { priceLine } from './product-level.ts'
import type { AppliedRule, PricingProblem } from './quote.ts'
import { bucketsFor } from './rule-index.ts'
import { reaches } from './scope.ts'
import type { Shopper, Usage } from './shopper.ts'
import { byBytes } from './text.ts'
import { writeTaken } from './write-quote.ts'

/** What a shopper pays for one unit; amounts of one unit throughout. */
export type MemberPrice = {
  readonly sku: string
  readonly quantity: number
  readonly listPrice: Minor
  readonly memberPrice: Minor
  readonly saving: Minor
  readonly rules: readonly AppliedRule[]
  /** What the next tier up would pay, when that is less. */
  readonly nextTierPrice: { readonly tier: Tier; readonly price: Minor } | null
  /** Larger quantities that cost less a piece than all smaller ones, the smallest first. */
  readonly quantityBreaks: readonly QuantityBreak[]
}
export type QuantityBreak = { readonly minQuantity: number; readonly price: Minor }

/**
 * What a shopper (null: nobody identified) pays for each item as a cart of its own, with ladders and automatic product
 * offers, without codes and link (pricing rules, section 5). One answer an item, in their order. Refused with
 * AmountTooLarge when list price x quantity of an item passes 2^53-1.
 */
export function memberPrices(
  book: PriceBook,
  shopper: Shopper | null,
  items: readonly PriceItem[],
  at: Instant,
  usage?: Usage,
): Result<readonly MemberPrice[], PricingProblem> {
  const now = momentOf(book, shopper, at, usage ?? null)
  const nextTier = book.tiers.find((tier) => tier.rank > now.rank)
  const promoted = nextTier === undefined ? null : { tier: nextTier, moment: withTier(now, nextTier.code) }
  const prices: MemberPrice[] = []
  for (const item of items) {
    if (!isPayable(item)) return refuse({ kind: 'AmountTooLarge' })
    prices.push(memberPrice(now, promoted, item))
  }
  return accept(prices)
}

type Promoted = { readonly tier: Tier; readonly moment: Moment }

const isPayable = ({ listPrice, quantity }: PriceItem): boolean => listPrice * quantity <= Number.MAX_SAFE_INTEGER

function memberPrice(now: Moment, promoted: Promoted | null, item: PriceItem): MemberPrice {
  const buckets = bucketsFor(now.book.index, item.sku, item.product)
  const { unit, rules } = priceAlone(now, item, buckets)
  return {
    sku: item.sku,
    quantity: item.quantity,
    listPrice: item.listPrice,
    memberPrice: unit,
    saving: (item.listPrice - unit) as Minor,
    rules: rules.map((taken) => writeTaken(taken, 1)),
    nextTierPrice: promoted === null ? null : nextTierPrice(promoted, item, buckets, unit),
    quantityBreaks: quantityBreaks(now, item, buckets, unit),
  }
}

/** An item through the product level, as the only line of a cart; offers that pass their budget are struck as in a quote. */
function priceAlone(moment: Moment, item: PriceItem, buckets: readonly Bucket[]): LineState {
  moment.struck = null
  for (;;) {
    const line = lineState(moment.book, '', item, buckets)
    const cart: CartState = { lines: [line], always: [], named: [], link: null, units: null, sums: null }
    priceLine(moment, cart, line)
    const overspent = overspentBy(moment, line)
    if (overspent === null) return line
    moment.struck = new Set(moment.struck).add(overspent)
  }
}

/** The smallest code of the offers that took more of a line than their budget has left. */
function overspentBy(moment: Moment, { item, rules }: LineState): string | null {
  let smallest: string | null = null
  for (const { rule, amount } of rules) {
    if (rule.kind !== 'OFFER' || rule.terms.budget === null) continue
    const left = rule.terms.budget - (moment.usage?.get(rule.code)?.taken ?? 0)
    if (amount * item.quantity > left && (smallest === null || byBytes(rule.code, smallest) < 0)) smallest = rule.code
  }
  return smallest
}

function nextTierPrice({ tier, moment }: Promoted, item: PriceItem, buckets: readonly Bucket[], unit: Minor) {
  const { unit: price } = priceAlone(moment, item, buckets)
  return price < unit ? { tier, price } : null
}

function quantityBreaks(moment: Moment, item: PriceItem, buckets: readonly Bucket[], unit: Minor): QuantityBreak[] {
  const breaks: QuantityBreak[] = []
  let lowest = unit
  for (const minQuantity of largerQuantities(moment, item, buckets)) {
    const more = { ...item, quantity: minQuantity }
    if (!isPayable(more)) break
    const { unit: price } = priceAlone(moment, more, buckets)
    if (price >= lowest) continue
    breaks.push({ minQuantity, price })
    lowest = price
  }
  return breaks
}

/** Every larger minQuantity of a rung or an automatic product offer that the shopper may use, the smallest first. */
function largerQuantities(moment: Moment, item: PriceItem, buckets: readonly Bucket[]): readonly number[] {
  const larger: number[] = []
  for (const bucket of buckets) {
    for (const ladder of bucket.ladders) if (ladder.topQuantity > item.quantity) addRungs(larger, moment, ladder, item)
    for (const offer of bucket.exclusives) addOffer(larger, moment, offer, item)
    for (const offer of bucket.stackables) addOffer(larger, moment, offer, item)
  }
  return [...new Set(larger)].sort((a, b) => a - b)
}

function addRungs(larger: number[], moment: Moment, ladder: LadderRule, { product, quantity }: PriceItem): void {
  if (whyNotLive(moment, ladder) !== null || !reaches(ladder.reach, product, moment.at)) return
  for (const { minQuantity, rank } of ladder.rungs) if (minQuantity > quantity && rank <= moment.rank) larger.push(minQuantity)
}

function addOffer(larger: number[], moment: Moment, offer: ProductOffer, { product, quantity }: PriceItem): void {
  const { minQuantity } = offer.product
  if (minQuantity === null || minQuantity <= quantity) return
  if (whyNotLive(moment, offer) === null && reaches(offer.reach, product, moment.at)) larger.push(minQuantity)
}
