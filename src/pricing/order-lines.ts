import type { Minor } from '../kernel/money.ts'
import type { LineState } from './cart-state.ts'
import type { OrderOffer, ThresholdStep } from './compiled.ts'
import type { Moment } from './moment.ts'
import type { RuleOutcome } from './quote.ts'
import { reaches } from './scope.ts'
import { unitCosts } from './unit-costs.ts'

/** What an order offer sees of the cart as the offers before it left it. */
export type Seen = {
  /** The lines in its scope, in the order that settles ties. */
  readonly lines: readonly LineState[]
  /** What they cost together. */
  readonly sum: Minor
  readonly units: number
}

/** What an order offer would take. */
export type Taking = {
  /** What it would take from each of them, floors respected. */
  readonly shares: readonly Minor[]
  /** Their sum. */
  readonly amount: Minor
  /** The threshold's step that counts. */
  readonly step: ThresholdStep | null
  /** Why the offer is closed; null when it is open. */
  readonly closed: RuleOutcome | null
}

export type Draft = Seen & Taking

/** Of an offer that would do nothing. */
export const nothing = (closed: RuleOutcome): Taking => ({ shares: [], amount: 0 as Minor, step: null, closed })

/** Of an offer that would take these shares. */
export const taking = (shares: readonly Minor[], step: ThresholdStep | null = null): Taking => ({
  shares,
  amount: sumOf(shares),
  step,
  closed: null,
})

/** Whether a line is in an order offer's scope, apart from onlyUndiscounted. */
export const isInScope = (moment: Moment, offer: OrderOffer, line: LineState): boolean =>
  offer.form === 'BUNDLE' ? offer.skus.has(line.item.sku) : reaches(offer.reach, line.item.product, moment.at)

/** Something was taken from the line, by whichever rule. */
export const isDiscounted = ({ rules, shares }: LineState): boolean => rules.length > 0 || shares.length > 0

/** What an order offer sees of the cart's lines. */
export function seenBy(moment: Moment, offer: OrderOffer, all: readonly LineState[]): Seen {
  const lines = all.filter((line) => isInScope(moment, offer, line) && !(offer.onlyUndiscounted && isDiscounted(line)))
  return { lines, sum: sumOf(lines.map((line) => line.total)), units: unitsIn(lines) }
}

export const linesOfSku = (lines: readonly LineState[], sku: string): LineState[] => lines.filter((line) => line.item.sku === sku)

/** Units of a line that cost the same. */
export type Run = { readonly line: LineState; readonly cost: Minor; readonly count: number }

/** The units of some lines from the dearest down; of the same cost, those of the earlier line first. */
export function dearestFirst(lines: readonly LineState[]): Run[] {
  const runs: Run[] = []
  for (const line of lines) {
    const { low, dearer } = unitCosts(line.total, line.item.quantity)
    if (dearer > 0) runs.push({ line, cost: (low + 1) as Minor, count: dearer })
    runs.push({ line, cost: low, count: line.item.quantity - dearer })
  }
  return runs.sort((a, b) => b.cost - a.cost)
}

export const sumOf = (amounts: readonly number[]): Minor => amounts.reduce((sum, amount) => sum + amount, 0) as Minor
export const unitsIn = (lines: readonly LineState[]): number => lines.reduce((units, line) => units + line.item.quantity, 0)
