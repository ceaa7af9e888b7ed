import type { Instant } from '../kernel/clock.ts'
import type { PastPrice } from './history.model.ts'
import { lowestList } from './history.rules.ts'
import { type Finding, finding, type LookedAt } from './warning.model.ts'
import { inMoney, onDay } from './words.rules.ts'

/**
 * Products whose list price stands above the lowest of the past days, and so was raised in them: a discount looks larger
 * than it is. In the EU a reduction is announced against the lowest price of the 30 days before it (Directive 98/6/EC,
 * Article 6a, as put in by Directive (EU) 2019/2161, Article 2). The steepest first.
 */
export function inflatedLists(
  products: readonly LookedAt[],
  pricesOf: (sku: string) => readonly PastPrice[],
  { from, now, days, currency }: { from: Instant; now: Instant; days: number; currency: string },
): Finding[] {
  const raised = products.flatMap(({ facts, name }) => {
    const lowest = lowestList(pricesOf(facts.sku), from, now)
    return lowest !== null && facts.listPrice > lowest.listPrice ? [{ facts, name, lowest, since: raisedAt(pricesOf(facts.sku), now) }] : []
  })
  raised.sort((a, b) => b.facts.listPrice / (b.lowest.listPrice || 1) - a.facts.listPrice / (a.lowest.listPrice || 1))
  return raised.map(({ facts, name, lowest, since }) =>
    finding(
      'INFLATED_LIST',
      `The list price of "${facts.sku}"${name === facts.sku ? '' : ` (${name})`} is ${inMoney(facts.listPrice, currency)} since ${onDay(since)}; ` +
        `the lowest of the last ${days} days is ${inMoney(lowest.listPrice, currency)}. A discount is honest against that (Directive 98/6/EC, Article 6a).`,
      { sku: facts.sku, price: facts.listPrice, comparedWith: lowest.listPrice },
    ),
  )
}

/** Since when the list price is what it is. */
function raisedAt(prices: readonly PastPrice[], now: Instant): Instant {
  let since = now
  for (const price of prices.toReversed()) {
    if (price.listPrice !== prices.at(-1)?.listPrice) break
    since = price.since
  }
  return since
}
