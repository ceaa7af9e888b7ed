import { type Minor, splitByWeight } from '../kernel/money.ts'
import type { LineState } from './cart-state.ts'
import type { BundleOffer } from './compiled.ts'
import { dearestFirst, linesOfSku, nothing, type Seen, sumOf, type Taking, taking, unitsIn } from './order-lines.ts'

/** What a bundle would take (pricing rules, section 4): as many whole sets as there are, of each sku its dearest units. */
export function takeByBundle(offer: BundleOffer, { lines }: Seen): Taking {
  const sets = setsIn(offer, lines)
  if (sets === 0) return nothing('QUANTITY_TOO_LOW')
  const used = usedUnits(offer, lines, sets)
  const costs = lines.map((line) => used.get(line)?.cost ?? 0)
  const headrooms = lines.map((line, i) => (costs[i] ?? 0) - line.floor * (used.get(line)?.count ?? 0))
  // A product too large to be exact is larger than any cost, and then nothing is taken.
  const wanted = Math.max(0, sumOf(costs) - sets * offer.order.price)
  const amount = Math.min(wanted, sumOf(headrooms)) as Minor
  return taking(splitByWeight(amount, headrooms))
}

const setsIn = (offer: BundleOffer, lines: readonly LineState[]): number =>
  Math.min(...offer.order.items.map((item) => Math.floor(unitsIn(linesOfSku(lines, item.sku)) / item.quantity)))

type Used = { cost: number; count: number }

function usedUnits(offer: BundleOffer, lines: readonly LineState[], sets: number): ReadonlyMap<LineState, Used> {
  const used = new Map<LineState, Used>()
  for (const item of offer.order.items) {
    let needed = sets * item.quantity
    for (const run of dearestFirst(linesOfSku(lines, item.sku))) {
      const count = Math.min(run.count, needed)
      const before = used.get(run.line) ?? { cost: 0, count: 0 }
      used.set(run.line, { cost: before.cost + run.cost * count, count: before.count + count })
      needed -= count
    }
  }
  return used
}
