import type { Instant } from '../kernel/clock.ts'

/** What the orders of a file come to. */
export type OrderFigures = {
  readonly orders: number
  readonly lines: number
  /** Of the orders: not there before; there, but otherwise. All others stand as they were. */
  readonly created: number
  readonly corrected: number
  /** Of the orders: without a customer. */
  readonly ofNobody: number
  /** Of the orders: count for statistics by their status, and what those come to, in minor units. */
  readonly counted: number
  readonly amount: bigint
  readonly firstAt: Instant | null
  readonly lastAt: Instant | null
}

/** What an import did, or, tried only, would do. */
export type ImportSummary = OrderFigures & {
  readonly rows: number
  /** Rows that the mapping's conditions do not keep. */
  readonly leftOut: number
  readonly rejectedRows: number
  readonly rejectedOrders: number
  /** Whom the orders name: all of them, and those who were not there before. */
  readonly customers: number
  readonly newCustomers: number
  /** Customers who were there, of whom something is known now that was not. */
  readonly completedCustomers: number
}
