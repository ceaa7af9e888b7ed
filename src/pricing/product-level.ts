import type { Minor } from '../kernel/money.ts'
import { adjust } from './adjust.ts'
import { type CartState, type LineState, type ScopeSums, type UnitRule, unitsOfSku } from './cart-state.ts'
import type { LadderRule, LinkRule, ProductOffer } from './compiled.ts'
import { type Moment, whyNotLive } from './moment.ts'
import type { RuleOutcome } from './quote.ts'
import { reaches } from './scope.ts'

// Section 3 of the pricing rules: what one unit of a line costs.

/** Brings a line from its list price to its unit price, and notes what did it. */
export function priceLine(moment: Moment, cart: CartState, line: LineState): void {
  // Each is allowed to win only by going lower than those before it; that is how ties are settled between the kinds.
  let winner: UnitRule | null = lowerByLadders(moment, line)
  winner = lowerByLink(moment, cart, line) ?? winner
  winner = lowerByExclusives(moment, cart, line) ?? winner
  if (winner !== null) line.rules.push({ rule: winner, amount: (line.item.listPrice - line.unit) as Minor })
  lowerByStackables(moment, cart, line)
  line.total = (line.unit * line.item.quantity) as Minor
}

function lowerByLadders(moment: Moment, line: LineState): LadderRule | null {
  let winner: LadderRule | null = null
  for (const bucket of line.buckets) {
    for (const ladder of bucket.ladders) {
      const price = ladderPrice(moment, ladder, line)
      if (!wins(price, ladder, line.unit, winner) || whyNotOnLadder(moment, ladder, line) !== null) continue
      line.unit = price
      winner = ladder
    }
  }
  return winner
}

/** Lower than what there is; or the same as what another of its kind gave, and standing before it. */
const wins = (price: Minor, rule: { place: number }, lowest: Minor, winner: { place: number } | null): boolean =>
  price < lowest || (price === lowest && winner !== null && rule.place < winner.place)

/** The lowest that the rungs give which the shopper's tier and the line's quantity open; the list price if there are none. */
export function ladderPrice(moment: Moment, ladder: LadderRule, line: LineState): Minor {
  const { listPrice, quantity } = line.item
  let lowest = listPrice
  for (const rung of ladder.rungs) {
    if (rung.minQuantity > quantity || rung.rank > moment.rank) continue
    const price = adjust(rung.adjustment, listPrice, line.floor, moment.book.rounding)
    if (price < lowest) lowest = price
  }
  return lowest
}

/** Why a ladder has no say on a line, apart from its rungs. */
export const whyNotOnLadder = (moment: Moment, ladder: LadderRule, line: LineState): RuleOutcome | null =>
  whyNotLive(moment, ladder) ?? (reaches(ladder.reach, line.item.product, moment.at) ? null : 'NOT_IN_SCOPE')

function lowerByLink(moment: Moment, cart: CartState, line: LineState): LinkRule | null {
  if (cart.link === null || whyNotByLink(cart, cart.link, line) !== null) return null
  const price = linkPrice(moment, cart.link, line)
  if (price >= line.unit) return null
  line.unit = price
  return cart.link
}

export const linkPrice = (moment: Moment, link: LinkRule, line: LineState): Minor => {
  const item = link.items.get(line.item.sku)
  return item === undefined ? line.item.listPrice : adjust(item.adjustment, line.item.listPrice, line.floor, moment.book.rounding)
}

export function whyNotByLink(cart: CartState, link: LinkRule, line: LineState): RuleOutcome | null {
  const item = link.items.get(line.item.sku)
  if (item === undefined) return 'NOT_IN_SCOPE'
  return unitsOfSku(cart, item.sku) > item.maxQuantity ? 'QUANTITY_TOO_HIGH' : null
}

function lowerByExclusives(moment: Moment, cart: CartState, line: LineState): ProductOffer | null {
  let winner: ProductOffer | null = null
  for (const bucket of line.buckets) for (const offer of bucket.exclusives) winner = lowerByExclusive(moment, cart, line, offer, winner)
  for (const offer of cart.named) {
    if (offer.level === 'PRODUCT' && offer.exclusive) winner = lowerByExclusive(moment, cart, line, offer, winner)
  }
  return winner
}

function lowerByExclusive(moment: Moment, cart: CartState, line: LineState, offer: ProductOffer, winner: ProductOffer | null) {
  const price = adjust(offer.product.adjustment, line.item.listPrice, line.floor, moment.book.rounding)
  if (!wins(price, offer, line.unit, winner) || whyNotOnLine(moment, cart, offer, line) !== null) return winner
  line.unit = price
  return offer
}

function lowerByStackables(moment: Moment, cart: CartState, line: LineState): void {
  for (const offer of stackablesOf(cart, line)) {
    if (offer.onlyUndiscounted && line.unit !== line.item.listPrice) continue
    const price = adjust(offer.product.adjustment, line.unit, line.floor, moment.book.rounding)
    if (price === line.unit || whyNotOnLine(moment, cart, offer, line) !== null) continue
    line.rules.push({ rule: offer, amount: (line.unit - price) as Minor })
    line.unit = price
  }
}

const NO_OFFERS: readonly ProductOffer[] = []

/** The stackable product offers that may touch a line, each once, by place. */
export function stackablesOf(cart: CartState, line: LineState): readonly ProductOffer[] {
  let one = NO_OFFERS
  let found: ProductOffer[] | null = null
  // Of one bucket alone they stand in order already, and mostly there is but one.
  for (const { stackables } of line.buckets) {
    if (stackables.length === 0) continue
    if (one === NO_OFFERS) one = stackables
    else found = addOffers(found ?? [...one], stackables)
  }
  for (const offer of cart.named) if (offer.level === 'PRODUCT' && !offer.exclusive) found = addOffers(found ?? [...one], [offer])
  return found === null ? one : found.sort((a, b) => a.place - b.place)
}

function addOffers(found: ProductOffer[], more: readonly ProductOffer[]): ProductOffer[] {
  for (const offer of more) if (!found.includes(offer)) found.push(offer)
  return found
}

/** Why a product offer has no say on a line; null when it has. The reasons come in the order in which section 5 lists them. */
export function whyNotOnLine(moment: Moment, cart: CartState, offer: ProductOffer, line: LineState): RuleOutcome | null {
  const notLive = whyNotLive(moment, offer)
  if (notLive !== null) return notLive
  if (!reaches(offer.reach, line.item.product, moment.at)) return 'NOT_IN_SCOPE'
  const { minQuantity, minSubtotal } = offer.product
  if (minQuantity !== null && scopeSums(moment, cart, offer).units < minQuantity) return 'QUANTITY_TOO_LOW'
  if (hasTooManyUnits(moment, cart, offer, line.item.sku)) return 'QUANTITY_TOO_HIGH'
  return minSubtotal !== null && scopeSums(moment, cart, offer).subtotal < minSubtotal ? 'SUBTOTAL_TOO_LOW' : null
}

function hasTooManyUnits(moment: Moment, cart: CartState, { code, product }: ProductOffer, sku: string): boolean {
  const { maxUnitsPerOrder, maxUnitsPerCustomer } = product
  if (maxUnitsPerOrder !== null && unitsOfSku(cart, sku) > maxUnitsPerOrder) return true
  if (maxUnitsPerCustomer === null) return false
  const before = moment.shopper?.usage.get(code)?.units.get(sku) ?? 0
  return unitsOfSku(cart, sku) + before > maxUnitsPerCustomer
}

/** List price x quantity, and quantity, over the cart's lines in an offer's scope. */
function scopeSums(moment: Moment, cart: CartState, offer: ProductOffer): ScopeSums {
  cart.sums ??= new Map()
  const known = cart.sums.get(offer)
  if (known !== undefined) return known
  const sums = { subtotal: 0, units: 0 }
  for (const { item } of cart.lines) {
    if (!reaches(offer.reach, item.product, moment.at)) continue
    sums.subtotal += item.listPrice * item.quantity
    sums.units += item.quantity
  }
  cart.sums.set(offer, sums)
  return sums
}
