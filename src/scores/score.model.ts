import type { Instant } from '../kernel/clock.ts'
import type { BuyerKind } from '../orders/habits.model.ts'
import type { Forecast, ForecastModel } from './forecast.model.ts'

export const LIFECYCLES = ['PROSPECT', 'NEW', 'ACTIVE', 'AT_RISK', 'DORMANT', 'CHURNED'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]
export const SPEND_TIERS = ['HIGH', 'MEDIUM', 'LOW'] as const
export type SpendTier = (typeof SPEND_TIERS)[number]
export const ABC_CLASSES = ['A', 'B', 'C'] as const
export type AbcClass = (typeof ABC_CLASSES)[number]

/**
 * How often somebody is to be expected: m, the median, and q, the 90th percentile of the days between orders. Where from: the
 * shop's SETTING if there is one, else the customer's OWN intervals, else those within the CATEGORY that most of their lines
 * come from, else all of the SHOP's, else DEFAULT.
 */
export type Rhythm = {
  readonly source: 'SETTING' | 'OWN' | 'CATEGORY' | 'SHOP' | 'DEFAULT'
  readonly medianDays: number
  readonly p90Days: number
}

/** Two figures of a rhythm before any floor. */
export type Figures = Pick<Rhythm, 'medianDays' | 'p90Days'>

/** A customer beside the others, as of an evaluation. Who has no order that counts has none. */
export type Score = {
  /** 1 to 5, 5 the best. */
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  readonly rfmGroup: string
  readonly lifecycle: Exclude<Lifecycle, 'PROSPECT'>
  readonly rhythm: Rhythm
  readonly expectedOrderAt: Instant
  readonly abcClass: AbcClass
  /** 0 to 100, 100 the best. */
  readonly spendPercentile: number
  readonly predictedSpendTier: SpendTier
  /** Null in a shop where too few came back. */
  readonly forecast: Forecast | null
  /** The top-level category that most of their lines come from. */
  readonly mainCategory: string | null
  readonly buyerKind: BuyerKind | null
}

/** What of a customer a score follows from. */
export type Buyer = {
  readonly orders: number
  readonly amount: number
  readonly firstOrderAt: Instant
  readonly lastOrderAt: Instant
  /** Their own, with two orders or more. */
  readonly intervals: Figures | null
  readonly mainCategory: string | null
  readonly buyerKind: BuyerKind | null
}

/**
 * The shop's distribution as an evaluation found it: all that one customer's score needs of the others. A list of bounds holds
 * values of the distribution, smallest first; whoever is above so many of them has so many points more.
 */
export type Scale = {
  readonly evaluatedAt: Instant
  /** How many have an order that counts. */
  readonly customers: number
  /** Four each; recency in milliseconds. None where there are no customers. */
  readonly recencyBounds: readonly number[]
  readonly frequencyBounds: readonly number[]
  readonly monetaryBounds: readonly number[]
  /** What the three scores come to, all customers' together. */
  readonly scoreSums: readonly [number, number, number]
  /** 99, or none where all spent the same. */
  readonly spendBounds: readonly number[]
  /** The most that anybody spent. */
  readonly bestAmount: number | null
  /** From which amounts on class A and class B begin; null: nobody is in it. */
  readonly abcFrom: readonly [number | null, number | null]
  /** The setting's, the shop's or the default. */
  readonly rhythm: Rhythm
  /** Of categories with intervals enough. */
  readonly categories: Readonly<Record<string, Figures>>
  /** By which the year to come is foreseen; null: too few came back. */
  readonly forecast: ForecastModel | null
  readonly map: { readonly version: number; readonly kind: 'GRID' | 'EIGHT_CLASSES'; readonly cells: readonly string[] }
}

export const DEFAULT_RHYTHM: Figures = { medianDays: 30, p90Days: 90 }
/** So many intervals make a rhythm. */
export const ENOUGH = { own: 4, others: 50 } as const
