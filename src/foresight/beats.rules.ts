import { adjust } from '../pricing/adjust.ts'
import type { RankOf } from '../pricing/compile.ts'
import type { Adjustment, Ladder, Offer, Step } from '../pricing/rule.ts'

// When one thing gives at least as much as another, whatever is in the cart. Only what can be told from terms alone is
// said: of a percentage and an amount neither beats the other.

export function atLeastAsMuch(a: Adjustment, b: Adjustment): boolean {
  if (a.kind === 'PERCENT_OFF' && a.bp === 10_000) return true
  if (a.kind === 'PERCENT_OFF' && b.kind === 'PERCENT_OFF') return a.bp >= b.bp
  if (a.kind === 'AMOUNT_OFF' && b.kind === 'AMOUNT_OFF') return a.amount >= b.amount
  return a.kind === 'FIXED_PRICE' && b.kind === 'FIXED_PRICE' && a.price <= b.price
}

/** One way to a unit price: what a tier and a cart must have for it, and what it does. */
export type Way = {
  readonly rank: number
  readonly minQuantity: number
  readonly minSubtotal: number
  readonly maxUnits: number
  readonly adjustment: Adjustment
}

export function waysOf(rule: Ladder | Offer, rankOf: RankOf): Way[] {
  if (rule.kind === 'LADDER')
    return rule.rungs.map(({ tierCode, minQuantity, adjustment }) => ({
      rank: rankOf(tierCode),
      minQuantity,
      adjustment,
      minSubtotal: 0,
      maxUnits: Number.POSITIVE_INFINITY,
    }))
  if (rule.product === null) return []
  const { adjustment, minQuantity, minSubtotal, maxUnitsPerOrder, maxUnitsPerCustomer } = rule.product
  const maxUnits = Math.min(maxUnitsPerOrder ?? Number.POSITIVE_INFINITY, maxUnitsPerCustomer ?? Number.POSITIVE_INFINITY)
  return [{ rank: Number.NEGATIVE_INFINITY, minQuantity: minQuantity ?? 1, minSubtotal: minSubtotal ?? 0, maxUnits, adjustment }]
}

export const beatsWay = (a: Way, b: Way): boolean =>
  a.rank <= b.rank &&
  a.minQuantity <= b.minQuantity &&
  a.minSubtotal <= b.minSubtotal &&
  a.maxUnits >= b.maxUnits &&
  atLeastAsMuch(a.adjustment, b.adjustment)

/** Whether a step is open whenever the other is, and takes at least as much. */
export function beatsStep(a: Step, b: Step, rankOf: RankOf): boolean {
  if (b.freeShipping || b.gifts.length > 0 || b.surprise !== undefined || a.off === null || b.off === null) return false
  const isOpen = a.minSubtotal <= b.minSubtotal && (a.minQuantity ?? 0) <= (b.minQuantity ?? 0) && rankOf(a.minTier) <= rankOf(b.minTier)
  return isOpen && (a.maxAmount ?? Number.POSITIVE_INFINITY) >= (b.maxAmount ?? Number.POSITIVE_INFINITY) && atLeastAsMuch(a.off, b.off)
}

/** The unit price that a ladder alone gives somebody of a rank for so many units. */
export function ladderPriceAt(
  ladder: Ladder,
  rankOf: RankOf,
  asked: { readonly rank: number; readonly quantity: number },
  product: { readonly listPrice: number; readonly floor: number },
): number {
  const { listPrice, floor } = product as { listPrice: Parameters<typeof adjust>[1]; floor: Parameters<typeof adjust>[2] }
  const open = ladder.rungs.filter(({ tierCode, minQuantity }) => rankOf(tierCode) <= asked.rank && minQuantity <= asked.quantity)
  return Math.min(listPrice, ...open.map(({ adjustment }) => adjust(adjustment, listPrice, floor, 'HALF_UP')))
}
