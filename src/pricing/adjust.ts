import { lessPercent, type Minor, type Rounding, ZERO } from '../kernel/money.ts'
import type { Adjustment } from './rule.ts'

/** The unit price after an adjustment, never below the floor (pricing rules, section 2). `price` is not below the floor either. */
export function adjust(adjustment: Adjustment, price: Minor, floor: Minor, rounding: Rounding): Minor {
  const adjusted = lowered(adjustment, price, rounding)
  return adjusted < floor ? floor : adjusted
}

function lowered(adjustment: Adjustment, price: Minor, rounding: Rounding): Minor {
  switch (adjustment.kind) {
    case 'PERCENT_OFF':
      return lessPercent(price, adjustment.bp, rounding)
    case 'AMOUNT_OFF':
      return adjustment.amount >= price ? ZERO : ((price - adjustment.amount) as Minor)
    case 'FIXED_PRICE':
      return adjustment.price < price ? adjustment.price : price
  }
}

/**
 * The lowest unit price that any rule may reach: the product's own floor, or what the shop's largest discount leaves of
 * the list price, rounded up; never above the list price (pricing rules, section 1).
 */
export function floorOf(listPrice: Minor, floorPrice: Minor | null, maxDiscountBp: number): Minor {
  const byDiscount = lessPercent(listPrice, maxDiscountBp, 'UP')
  const floor = floorPrice !== null && floorPrice > byDiscount ? floorPrice : byDiscount
  return floor > listPrice ? listPrice : floor
}
