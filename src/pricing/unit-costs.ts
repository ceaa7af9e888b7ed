import type { Minor } from '../kernel/money.ts'

/** What the units of a line cost: the first `dearer` of them `low + 1`, the others `low`. */
export type UnitCosts = { readonly low: Minor; readonly dearer: number }

/** Unit k (from 0) of a line with this total costs floor(total / quantity), and one more while k < total mod quantity (pricing rules, section 4). */
export function unitCosts(total: Minor, quantity: number): UnitCosts {
  const dearer = total % quantity
  return { low: ((total - dearer) / quantity) as Minor, dearer }
}

/** What `count` units of a line cost, from unit `from` on: the refund of units that come back, in their order. */
export function costOfUnits(total: Minor, quantity: number, from: number, count: number): Minor {
  const { low, dearer } = unitCosts(total, quantity)
  const dear = Math.max(0, Math.min(from + count, dearer) - from)
  return (low * count + dear) as Minor
}
