import { DAY_MS, type Instant } from '../../src/kernel/clock.ts'
import { DEFAULT_MAP } from '../../src/scores/rfm-map.model.ts'
import type { Buyer, Figures, Scale } from '../../src/scores/score.model.ts'

// What a shop's scale is, said as plainly as can be from nothing but its orders.

export type PlainOrder = {
  readonly customer: string
  readonly at: Instant
  readonly total: number
  readonly categories: readonly (readonly string[])[]
}

/** As PostgreSQL's percentile_cont. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (at - Math.floor(at)) * (high - low)
}

const figures = (days: readonly number[]): Figures => ({ medianDays: percentile(days, 0.5), p90Days: percentile(days, 0.9) })

function gaps(instants: readonly number[]): number[] {
  const sorted = instants.toSorted((a, b) => a - b)
  return sorted.slice(1).map((at, i) => (at - (sorted[i] ?? at)) / DAY_MS)
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

export function plainBuyers(orders: readonly PlainOrder[]): ReadonlyMap<string, Buyer> {
  const buyers = Map.groupBy(orders, ({ customer }) => customer)
  return new Map(
    [...buyers].map(([customer, own]) => {
      const days = gaps(own.map(({ at }) => at))
      const lines = own.flatMap(({ categories }) => categories).filter((of) => of.length > 0)
      const count = (category: string) => lines.filter((of) => of.includes(category)).length
      const ranked = [...new Set(lines.flat())].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1))
      const [main] = ranked
      const buyer: Buyer = {
        orders: own.length,
        amount: sum(own.map(({ total }) => total)),
        firstOrderAt: Math.min(...own.map(({ at }) => at)) as Instant,
        lastOrderAt: Math.max(...own.map(({ at }) => at)) as Instant,
        intervals: days.length === 0 ? null : figures(days),
        mainCategory: main ?? null,
        buyerKind: main === undefined ? null : count(main) === lines.length ? 'SINGLE_CATEGORY' : 'CROSS_CATEGORY',
      }
      return [customer, buyer]
    }),
  )
}

/** The score of segments.md, of a value among all values. */
export const plainScore = (value: number, all: readonly number[]): number =>
  Math.min(5, 1 + Math.floor((5 * all.filter((other) => other < value).length) / all.length))

export function plainPercentile(amount: number, all: readonly number[]): number {
  const best = Math.max(...all)
  const below = all.filter((other) => other < best).length
  if (amount >= best) return 100
  return below === 0 ? 0 : Math.min(99, Math.floor((100 * all.filter((other) => other < amount).length) / below))
}

export function plainClass(amount: number, all: readonly number[]): 'A' | 'B' | 'C' {
  const richer = sum(all.filter((other) => other > amount))
  return richer * 100 < 80 * sum(all) ? 'A' : richer * 100 < 95 * sum(all) ? 'B' : 'C'
}

/** The rhythms of a shop, in the form in which rules take them. */
export function plainScale(orders: readonly PlainOrder[], now: Instant): Scale {
  const buyers = Map.groupBy(orders, ({ customer }) => customer)
  const all = [...buyers.values()].flatMap((own) => gaps(own.map(({ at }) => at)))
  const categories: Record<string, Figures> = {}
  for (const category of new Set(orders.flatMap((order) => order.categories.flat()))) {
    const within = [...buyers.values()].flatMap((own) =>
      gaps(own.filter((order) => order.categories.some((of) => of.includes(category))).map(({ at }) => at)),
    )
    if (within.length >= 50) categories[category] = figures(within)
  }
  return {
    evaluatedAt: now,
    customers: buyers.size,
    recencyBounds: [],
    frequencyBounds: [],
    monetaryBounds: [],
    scoreSums: [0, 0, 0],
    spendBounds: [],
    bestAmount: null,
    abcFrom: [null, null],
    rhythm: all.length >= 50 ? { source: 'SHOP', ...figures(all) } : { source: 'DEFAULT', medianDays: 30, p90Days: 90 },
    categories,
    forecast: null,
    map: DEFAULT_MAP,
  }
}
