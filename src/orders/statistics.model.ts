import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'

/** What a customer's orders that count come to, or a company's people's. Amounts are net of returns. */
export type CustomerStatistics = {
  readonly numberOfOrders: number
  readonly amountSpent: Minor
  /** Rounded half up. Null, like all below, without an order. */
  readonly averageOrderAmount: Minor | null
  readonly largestOrderAmount: Minor | null
  readonly firstOrderAt: Instant | null
  readonly lastOrderAt: Instant | null
}
