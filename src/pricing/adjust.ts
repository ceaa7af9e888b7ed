import { lessPercent, type Minor, type Rounding } from '../kernel/money.ts'
import type { Adjustment } from './rule.ts'

/** The unit price after an adjustment, never below the floor (pricing rules, section 2). `price` is not below the floor either. */
export const adjust = (adjustment: Adjustment, price: Minor, floor: Minor, rounding: Rounding): Minor =>
  Math.max(floor, lowered(adjustment, price, rounding)) as Minor

function lowered(adjustment: Adjustment, price: Minor, rounding: Rounding): number {
  switch (adjustment.kind) {
    case 'PERCENT_OFF':
      return lessPercent(price, adjustment.bp, rounding)
    case 'AMOUNT_OFF':
      return price - adjustment.amount
    case 'FIXED_PRICE':
      return Math.min(price, adjustment.price)
  }
}

/**
 * The lowest unit price that any rule may reach: the product's own floor, or what the shop's largest discount leaves of
 * the list price, rounded up; never above the list price (pricing rules, section 1).
 */
export const floorOf = (listPrice: Minor, floorPrice: Minor | null, maxDiscountBp: number): Minor =>
  Math.min(listPrice, Math.max(floorPrice ?? 0, lessPercent(listPrice, maxDiscountBp, 'UP'))) as Minor
