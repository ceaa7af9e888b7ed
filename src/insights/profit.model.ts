/** A share with the interval that holds the true one in 95 of 100 cases. All from 0 to 1. */
export type Rate = {
  readonly of: number
  readonly hits: number
  readonly share: number
  readonly low: number
  readonly high: number
  readonly isTooSmall: boolean
}

/** Below this many customers a share says next to nothing, and is marked. */
export const TOO_SMALL = 30

export type ParetoBy = 'REVENUE' | 'MARGIN'

/** Something by which customers are told apart, and who of them came back. */
export type RatedThing = { readonly value: string | null; readonly rate: Rate; readonly revenue: number | null }

export type ParetoPoint = { readonly percent: number; readonly customers: number; readonly value: number }

export type Pareto = {
  readonly customers: number
  readonly total: number
  readonly points: readonly ParetoPoint[]
  readonly customersFor80: number
  readonly knownCostShare: number | null
}

export type Month = {
  readonly month: string
  readonly newCustomers: number
  readonly returningCustomers: number
  readonly newRevenue: number
  readonly returningRevenue: number
  readonly orders: number
}

export type CohortCell = { readonly cohort: string; readonly monthsLater: number; readonly customers: number; readonly revenue: number }

export type SecondOrders = {
  /** Customers whose first order is in the time. */
  readonly customers: number
  readonly medianDays: number | null
  readonly within: readonly { readonly days: number; readonly known: number; readonly hits: number }[]
  /** Days to the second order, of those who had one: each whole day with its customers. */
  readonly byDay: readonly { readonly day: number; readonly customers: number }[]
}

export type Regulars = { readonly value: string; readonly of: number; readonly hits: number; readonly revenue: number }

export type FirstThing = 'PRODUCT' | 'CATEGORY' | 'BRAND' | 'CHANNEL' | 'OFFER'

export type Repeating = { readonly part: string | null; readonly of: number; readonly hits: number }

export type GridCell = {
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  readonly group: string
  readonly customers: number
  readonly revenue: number
}

/** The same, with how sure each share is. */
export type RatedSecondOrders = Omit<SecondOrders, 'within'> & {
  readonly within: readonly { readonly days: number; readonly rate: Rate }[]
}
