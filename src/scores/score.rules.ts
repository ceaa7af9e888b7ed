import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { Bought } from './forecast.model.ts'
import { forecastOf } from './forecast.rules.ts'
import type { AbcClass, Buyer, Lifecycle, Rhythm, Scale, Score, SpendTier } from './score.model.ts'
import { ENOUGH } from './score.model.ts'

// What `score.store.ts` says for everybody in one statement, said for one customer. A property holds the two together.

/** Everything about a customer beside the others of a scale, at an instant. */
export function scoreOf(buyer: Buyer, scale: Scale, now: Instant): Score {
  const recency = scoreFrom(buyer.lastOrderAt, scale.recencyBounds)
  const frequency = scoreFrom(buyer.orders, scale.frequencyBounds)
  const monetary = scoreFrom(buyer.amount, scale.monetaryBounds)
  const rhythm = rhythmOf(buyer, scale)
  const lifecycle = lifecycleOf(buyer.orders, daysSince(buyer.lastOrderAt, now), rhythm)
  return {
    recency,
    frequency,
    monetary,
    rfmGroup: rfmGroupOf([recency, frequency, monetary], scale),
    lifecycle,
    rhythm,
    expectedOrderAt: instant(buyer.lastOrderAt + Math.floor(rhythm.medianDays * DAY_MS)),
    abcClass: abcClassOf(buyer.amount, scale.abcFrom),
    spendPercentile: spendPercentileOf(buyer.amount, scale),
    predictedSpendTier: spendTierOf(monetary, lifecycle),
    forecast: scale.forecast && forecastOf(boughtBy(buyer, now), scale.forecast),
    mainCategory: buyer.mainCategory,
    buyerKind: buyer.buyerKind,
  }
}

/** In whole days, as models of customers count them. */
export function boughtBy({ orders, amount, firstOrderAt, lastOrderAt }: Buyer, now: Instant): Bought {
  const lastDay = Math.floor(daysSince(firstOrderAt, lastOrderAt))
  return { orders, amount, lastDay, age: Math.max(Math.floor(daysSince(firstOrderAt, now)), lastDay) }
}

const daysSince = (then: Instant, now: Instant): number => (now - then) / DAY_MS
const above = (value: number, bounds: readonly number[]): number => bounds.filter((bound) => value > bound).length

/** 1 to 5: min(5, 1 + floor(5 * (customers with a strictly worse value) / (customers))), by the bounds that this makes. */
export const scoreFrom = (value: number, bounds: readonly number[]): number => 1 + above(value, bounds)

/** 100 whoever spent the most; below, of 100 the share of those below the best who spent strictly less, rounded down, at most 99. */
export const spendPercentileOf = (amount: number, { bestAmount, spendBounds }: Scale): number =>
  bestAmount === null || amount >= bestAmount ? 100 : above(amount, spendBounds)

/** A: those who spent more than they bring less than 80 % of the revenue; B: less than 95 %; so equal amounts are of one class. */
export function abcClassOf(amount: number, [a, b]: Scale['abcFrom']): AbcClass {
  if (a !== null && amount >= a) return 'A'
  return b !== null && amount >= b ? 'B' : 'C'
}

/** FM is the mean of frequency and money, rounded half up. */
export function rfmGroupOf([r, f, m]: readonly [number, number, number], { map, customers, scoreSums }: Scale): string {
  if (map.kind === 'GRID') return cell(map.cells, (5 - r) * 5 + Math.floor((f + m + 1) / 2) - 1)
  const isHigh = (score: number, i: 0 | 1 | 2) => score * customers > scoreSums[i]
  return cell(map.cells, (isHigh(r, 0) ? 0 : 4) + (isHigh(f, 1) ? 0 : 2) + (isHigh(m, 2) ? 0 : 1))
}

function cell(cells: readonly string[], at: number): string {
  const group = cells[at]
  if (group === undefined) throw new Error(`a map of ${cells.length} cells has none at ${at}`)
  return group
}

/** Never below 1 day, q never below 1.5 m. */
export function rhythmOf(buyer: Buyer, scale: Scale): Rhythm {
  const { source, medianDays, p90Days } = rawRhythm(buyer, scale)
  const m = Math.max(medianDays, 1)
  return { source, medianDays: m, p90Days: Math.max(p90Days, 1.5 * m) }
}

function rawRhythm({ orders, intervals, mainCategory }: Buyer, { rhythm, categories }: Scale): Rhythm {
  if (rhythm.source === 'SETTING') return rhythm
  if (intervals !== null && orders - 1 >= ENOUGH.own) return { source: 'OWN', ...intervals }
  const category = mainCategory !== null && Object.hasOwn(categories, mainCategory) ? categories[mainCategory] : undefined
  return category === undefined ? rhythm : { source: 'CATEGORY', ...category }
}

/** By the days since the last order. */
export function lifecycleOf(
  orders: number,
  days: number,
  { medianDays: m, p90Days: q }: Pick<Rhythm, 'medianDays' | 'p90Days'>,
): Exclude<Lifecycle, 'PROSPECT'> {
  if (days > 4 * q) return 'CHURNED'
  if (days > 2 * q) return 'DORMANT'
  if (days > q) return 'AT_RISK'
  if (orders >= 2) return 'ACTIVE'
  return days > m ? 'AT_RISK' : 'NEW'
}

/**
 * What is to be expected of them: the monetary score (5 HIGH, 3 and 4 MEDIUM, 1 and 2 LOW), a step lower when they are at risk,
 * and LOW once they are dormant or churned.
 */
export function spendTierOf(monetary: number, lifecycle: Lifecycle): SpendTier {
  if (lifecycle === 'DORMANT' || lifecycle === 'CHURNED') return 'LOW'
  const step = (monetary === 5 ? 2 : monetary >= 3 ? 1 : 0) - (lifecycle === 'AT_RISK' ? 1 : 0)
  return step === 2 ? 'HIGH' : step === 1 ? 'MEDIUM' : 'LOW'
}
