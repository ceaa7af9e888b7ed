import type { Minor } from '../kernel/money.ts'
import type { LineState } from './cart-state.ts'
import type { OrderOffer, ThresholdStep } from './compiled.ts'
import type { Moment } from './moment.ts'
import type { RuleOutcome } from './quote.ts'
import { reaches } from './scope.ts'
import { unitCosts } from './unit-costs.ts'

/** What an order offer would do to the cart as the offers before it left it. */
export type Draft = {
  /** The lines in its scope, in the order that settles ties. */
  readonly lines: readonly LineState[]
  /** What it would take from each of them, floors respected. */
  readonly shares: readonly Minor[]
  /** Their sum. */
  readonly amount: Minor
  /** What the lines cost together, and their units. */
  readonly sum: number
  readonly units: number
  /** The threshold's step that counts. */
  readonly step: ThresholdStep | null
  /** Why the offer is closed; null when it is open. */
  readonly closed: RuleOutcome | null
}

/** Whether a line is in an order offer's scope, apart from onlyUndiscounted. */
export const isInScope = (moment: Moment, offer: OrderOffer, line: LineState): boolean =>
  offer.form === 'BUNDLE' ? offer.skus.has(line.item.sku) : reaches(offer.reach, line.item.product, moment.at)

/** Something was taken from the line, by whichever rule. */
export const isDiscounted = ({ rules, shares }: LineState): boolean => rules.length > 0 || shares.length > 0

/** The lines that an order offer looks at. */
export const linesFor = (moment: Moment, offer: OrderOffer, lines: readonly LineState[]): LineState[] =>
  lines.filter((line) => isInScope(moment, offer, line) && !(offer.onlyUndiscounted && isDiscounted(line)))

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

/** A draft of an offer that would do nothing. */
export const closedDraft = (lines: readonly LineState[], closed: RuleOutcome): Draft => ({
  lines,
  shares: [],
  amount: 0 as Minor,
  sum: sumOf(lines.map((line) => line.total)),
  units: unitsIn(lines),
  step: null,
  closed,
})
