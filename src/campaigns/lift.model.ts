import type { Interval } from '../kernel/wilson.ts'
import type { GoalMetric } from './campaign.model.ts'

/** Whatever a campaign may be for: its effect is measured in all of it. */
export const LIFT_METRICS = [
  'BUYERS',
  'REPEAT_RATE',
  'ORDERS',
  'REVENUE',
  'MARGIN',
  'UNITS_PER_BUYER',
] as const satisfies readonly GoalMetric[]

/** The first three powers of what each member brought, summed over the members of a group: all that an interval needs. */
export type Sums = { readonly sum: number; readonly squares: number; readonly cubes: number }

/** What one group of those drawn did in its time, bought or not. Of UNITS_PER_BUYER the sums are over the buyers. */
export type GroupSums = {
  readonly members: number
  readonly buyers: number
  /** Who placed an order that was not the first of theirs. */
  readonly repeaters: number
  readonly orders: Sums
  readonly revenue: Sums
  readonly margin: Sums
  readonly units: Sums
}

export type Estimate = Interval & { readonly value: number }

/**
 * HIGHER, LOWER: the interval lies above or below no effect. UNDECIDED: it does not. NOT_ENOUGH_DATA: too few bought for any interval to hold
 * what it promises (`ENOUGH`), so none is given.
 */
export type LiftVerdict = 'HIGHER' | 'LOWER' | 'UNDECIDED' | 'NOT_ENOUGH_DATA'

export type Lift = {
  readonly metric: GoalMetric
  readonly verdict: LiftVerdict
  /** Per member (UNITS_PER_BUYER: per buyer); null: of nobody. */
  readonly treated: number | null
  readonly control: number | null
  /** Treated less control, per member (or buyer). */
  readonly absolute: Estimate | null
  /** Treated over control less one: 0.1 is 10 % more. An end is infinite where the control group's figure may be as low as 0. */
  readonly relative: Estimate | null
}
