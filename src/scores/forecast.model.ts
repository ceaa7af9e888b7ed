import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'

/** What is to be expected of a customer within `HORIZON_DAYS` of the evaluation. */
export type Forecast = {
  /** A mean, so seldom whole. */
  readonly orders: number
  readonly amount: Minor
  /** 0 to 1: that they are still a customer, who may order again. */
  readonly alive: number
}

/** A year. */
export const HORIZON_DAYS = 365

/** What of a customer a forecast follows from; days are whole ones since their first order. */
export type Bought = {
  readonly orders: number
  readonly amount: number
  /** Until their last order. */
  readonly lastDay: number
  /** Until the evaluation. */
  readonly age: number
}

/** How often customers order and when they stop: r and alpha of their rates, a and b of their chances to leave (MBG/NBD), in days. */
export type Habit = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number }
/** How large their orders are: p, q above 1, and gamma in minor units (Gamma-Gamma). */
export type Worth = { readonly p: number; readonly q: number; readonly gamma: number }
export type ForecastModel = Habit & Worth & { readonly fittedAt: Instant }

/** So many customers are looked at to fit it, and so many of them must have come back. */
export const SAMPLE = { most: 4_000, cameBack: 100 } as const
/** Habits of a shop do not change within a day. */
export const FIT_EVERY_MS = 20 * 3_600_000
