/** The shop's state at an instant, by the orders placed before it. Shares are 0 to 1; null where nobody is left to ask of. */
export type Health = {
  /** Customers with an order in the 365 days before. */
  readonly yearlyCustomers: number
  /** Of them: who had bought before their latest order of the year. */
  readonly returningShare: number | null
  /** Of the year's revenue: what the best fifth of its customers brought. */
  readonly top20Share: number | null
  /** Of those whose first order is 90 to 455 days back: who had come back within 90 days. */
  readonly secondOrderRate: number | null
  /** Of everybody who ever bought: who has not in the 365 days before. */
  readonly dormantShare: number | null
  /** The median number of root categories that a customer of the year bought from (of 20,000 of them at most); of products whose category is known. */
  readonly categoryBreadth: number | null
  /** Of everybody who ever bought: who has agreed to be written to on some channel. */
  readonly reachableShare: number | null
}
