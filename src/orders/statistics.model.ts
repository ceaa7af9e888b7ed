import type { Instant } from '../kernel/clock.ts'
import { type Minor, ZERO } from '../kernel/money.ts'

/** What a customer's orders that count come to, or a company's people's. Amounts are net of returns. */
export type CustomerStatistics = {
  readonly numberOfOrders: number
  readonly amountSpent: Minor
  /** Rounded half up. Null, like all below, without an order. */
  readonly averageOrderAmount: Minor | null
  readonly largestOrderAmount: Minor | null
  readonly firstOrderAt: Instant | null
  readonly lastOrderAt: Instant | null
  /** Revenue less cost of the lines whose cost is known; below nothing where they were sold below cost. Null: of none. */
  readonly marginEarned: number | null
  /** How much of `amountSpent` those lines are. */
  readonly marginAmount: Minor
  readonly intervals: Intervals | null
}

/** Days between consecutive orders, fractions and all; null with fewer than two orders. */
export type Intervals = { readonly count: number; readonly medianDays: number; readonly p90Days: number }

export const NO_ORDERS: CustomerStatistics = {
  numberOfOrders: 0,
  amountSpent: ZERO,
  averageOrderAmount: null,
  largestOrderAmount: null,
  firstOrderAt: null,
  lastOrderAt: null,
  marginEarned: null,
  marginAmount: ZERO,
  intervals: null,
}

/** Half up, without passing through a fraction: exact up to 2^53-1. */
export function averageAmount(amount: Minor, orders: number): Minor {
  const rest = amount % orders
  const whole = (amount - rest) / orders
  return (rest * 2 >= orders ? whole + 1 : whole) as Minor
}
