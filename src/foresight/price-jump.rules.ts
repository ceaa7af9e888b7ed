import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import type { PriceBook } from '../pricing/book.ts'
import type { CartLine } from '../pricing/cart.ts'
import { price } from '../pricing/price.ts'
import type { PastPrice } from './history.model.ts'
import { pricesAt } from './history.rules.ts'
import { nameOf } from './role-prices.rules.ts'
import { goods, type PricedCase } from './role-warnings.rules.ts'
import { type Finding, finding, type Role } from './warning.model.ts'
import { inMoney, inPercent, listed } from './words.rules.ts'

/** A time of the past days with the book of then. */
export type PastBook = { readonly at: Instant; readonly book: PriceBook }
export type Prior = { readonly lowest: Minor; readonly highest: Minor; readonly last: Minor }

/**
 * What one of a line's units cost somebody in the past days; null when it was not sold then. Books stand the newest first;
 * besides their times each change of the product's own prices counts.
 */
export function priorPrices(books: readonly PastBook[], prices: readonly PastPrice[], { shopper }: Role, line: CartLine): Prior | null {
  const known = new Map<PriceBook, Map<string, Minor>>()
  const units: Minor[] = []
  for (const { at, book } of [...books, ...ownTimes(books, prices)]) {
    const then = pricesAt(prices, at)
    if (then === null) continue
    const kept = known.get(book) ?? new Map<string, Minor>()
    known.set(book, kept)
    const key = `${then.listPrice}/${then.floorPrice}`
    const unit = kept.get(key) ?? unitPrice(book, shopper, line, then, at)
    kept.set(key, unit)
    units.push(unit)
  }
  const [last] = units
  return last === undefined ? null : { lowest: Math.min(...units) as Minor, highest: Math.max(...units) as Minor, last }
}

/** When the product's prices changed, with the book that was in force. */
function ownTimes(books: readonly PastBook[], prices: readonly PastPrice[]): PastBook[] {
  const [newest, oldest] = [books[0], books.at(-1)]
  if (newest === undefined || oldest === undefined) return []
  const within = prices.filter(({ since }) => since > oldest.at && since < newest.at)
  return within.map(({ since }) => ({ at: since, book: (books.find(({ at }) => at <= since) ?? oldest).book }))
}

function unitPrice(book: PriceBook, shopper: Role['shopper'], line: CartLine, then: PastPrice, at: Instant): Minor {
  const product = line.product === null ? null : { ...line.product, listPrice: then.listPrice, floorPrice: then.floorPrice }
  const cart = { lines: [{ ...line, listPrice: then.listPrice, product }], codes: [], link: null }
  const quote = price(book, shopper, cart, at, { nextSteps: false })
  return (quote.ok ? quote.value.lines[0]?.unitPrice : undefined) ?? then.listPrice
}

const ALL = 10_000

/** Unit prices that a rule brings further from all those of the past days than the shop wants, the furthest first. */
export function priceJumps(
  terms: Terms,
  cases: readonly PricedCase[],
  priorOf: (role: Role, line: CartLine) => Prior | null,
  { maxJumpBp, days, currency }: { maxJumpBp: number; days: number; currency: string },
): Finding[] {
  if (terms.kind === 'OFFER' && (terms.level === 'ORDER' || terms.trigger === 'CODE')) return []
  const found = cases.flatMap(({ of, prices }) => {
    const [line] = of.lines
    if (line === undefined) return []
    const jumps = prices.flatMap(({ role, total, isApplied }) => {
      const unit = total / of.quantity
      const prior = priorOf(role, line)
      if (prior === null || !Number.isInteger(unit) || (!isApplied && unit === prior.last)) return []
      const falls = unit * ALL < prior.lowest * (ALL - maxJumpBp)
      const rises = unit * ALL > prior.highest * (ALL + maxJumpBp)
      return falls || rises ? [{ role, unit: unit as Minor, against: falls ? prior.lowest : prior.highest, falls }] : []
    })
    return [...Map.groupBy(jumps, ({ unit, against }) => `${unit}/${against}`).values()].map((alike) => ({ of, alike }))
  })
  const told = found.flatMap(({ of, alike }) => {
    const [first] = alike
    return first === undefined ? [] : [{ of, alike, first, moved: movedBp(first.unit, first.against) }]
  })
  told.sort((a, b) => b.moved - a.moved)
  return told.map(({ of, alike, first, moved }) =>
    finding(
      'PRICE_JUMP',
      `For ${listed([...new Set(alike.map(({ role }) => nameOf(role)))])} one of ${goods(of)} ${first.falls ? 'falls' : 'rises'} to ${inMoney(first.unit, currency)}, ` +
        `${inPercent(moved)} ${first.falls ? 'below the lowest' : 'above the highest'} price of the last ${days} days, ${inMoney(first.against, currency)}.`,
      {
        sku: of.sku,
        tierCode: alike.find(({ role }) => role.tierCode !== null)?.role.tierCode ?? null,
        quantity: of.quantity,
        price: first.unit,
        comparedWith: first.against,
      },
    ),
  )
}

const movedBp = (unit: number, against: number): number => (against === 0 ? ALL : (Math.abs(unit - against) * ALL) / against)
