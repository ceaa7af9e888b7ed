import { type Minor, ZERO } from '../kernel/money.ts'
import type { CustomerStatistics } from './statistics.model.ts'

export const NO_ORDERS: CustomerStatistics = {
  numberOfOrders: 0,
  amountSpent: ZERO,
  averageOrderAmount: null,
  largestOrderAmount: null,
  firstOrderAt: null,
  lastOrderAt: null,
}

/** Half up, without passing through a fraction: exact up to 2^53-1. */
export function averageAmount(amount: Minor, orders: number): Minor {
  const rest = amount % orders
  const whole = (amount - rest) / orders
  return (rest * 2 >= orders ? whole + 1 : whole) as Minor
}
