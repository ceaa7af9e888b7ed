import type { Instant } from '../kernel/clock.ts'

/** What is looked at: whose orders (a customer query; null: everybody's), and in which time. `to` is excluded. */
export type Asked = { readonly query: string | null; readonly from: Instant | null; readonly to: Instant | null }

/** COUNT: pieces. MONEY: minor units of the shop's currency. DAYS: with fractions, 24 hours each. */
export type Unit = 'COUNT' | 'MONEY' | 'DAYS'

export type Measure =
  | 'ORDERS_PER_CUSTOMER'
  | 'ORDERS_PER_MONTH'
  | 'ORDER_VALUE'
  | 'SPENT_PER_CUSTOMER'
  | 'PURCHASE_INTERVAL'
  | 'UNITS_PER_ORDER'
  | 'SKUS_PER_ORDER'

export const UNITS: Readonly<Record<Measure, Unit>> = {
  ORDERS_PER_CUSTOMER: 'COUNT',
  ORDERS_PER_MONTH: 'COUNT',
  ORDER_VALUE: 'MONEY',
  SPENT_PER_CUSTOMER: 'MONEY',
  PURCHASE_INTERVAL: 'DAYS',
  UNITS_PER_ORDER: 'COUNT',
  SKUS_PER_ORDER: 'COUNT',
}

/** What all values of one part of the shop come to. `quantiles`: at 0, 1, 2 … 100 percent, interpolated as percentile_cont does. */
export type Shape = {
  /** What the part has in common; null: nothing is known of it there. Without a split there is one part, ''. */
  readonly part: string | null
  readonly values: number
  readonly customers: number
  readonly mean: number
  readonly quantiles: readonly number[]
}

/** A bar of a histogram: values from `from` up to, and without, `below`; null: without an end. */
export type Bar = {
  readonly from: number
  readonly below: number | null
  readonly values: number
  readonly customers: number
  readonly sum: number
}

/** Values that lie near one another: what is typical, where an average would be nobody's. `share` of all values, 0 to 1. */
export type TypicalGroup = { readonly from: number; readonly to: number; readonly center: number; readonly share: number }

/** The distribution in one part of the shop. */
export type PartDistribution = Shape & { readonly bars: readonly Bar[]; readonly groups: readonly TypicalGroup[] }

/** Orders in one hour of the week by the shop's clock. */
export type HourRow = {
  readonly part: string | null
  readonly weekday: number
  readonly hour: number
  readonly orders: number
  readonly customers: number
  readonly revenue: number
}
