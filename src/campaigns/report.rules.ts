import type { Instant } from '../kernel/clock.ts'
import type { Campaign, Goal } from './campaign.model.ts'
import { LIFT_METRICS, type Lift, type Sums } from './lift.model.ts'
import { liftOf } from './lift.rules.ts'
import type { Bought, Cost, GoalResult, Group, Part, Reached } from './report.model.ts'

const NO_SUMS: Sums = { sum: 0, squares: 0, cubes: 0 }
export const NOBODY: Group = {
  members: 0,
  buyers: 0,
  repeaters: 0,
  orders: NO_SUMS,
  revenue: NO_SUMS,
  margin: NO_SUMS,
  units: NO_SUMS,
  returningOrders: 0,
  knownRevenue: 0,
  dormant: 0,
}
export const NOT_REACHED: Reached = {
  reached: 0,
  sent: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  unsubscribed: 0,
  complained: 0,
  messageCost: 0,
}
export const NOT_BOUGHT: Bought = { bought: 0, orders: 0, units: 0, revenue: 0, margin: 0, discounts: 0, giftCost: 0 }

/** Groups as one. */
export const together = (groups: readonly Group[]): Group => groups.reduce(plus, NOBODY)
const plus = (a: Group, b: Group): Group => ({
  members: a.members + b.members,
  buyers: a.buyers + b.buyers,
  repeaters: a.repeaters + b.repeaters,
  orders: plusSums(a.orders, b.orders),
  revenue: plusSums(a.revenue, b.revenue),
  margin: plusSums(a.margin, b.margin),
  units: plusSums(a.units, b.units),
  returningOrders: a.returningOrders + b.returningOrders,
  knownRevenue: a.knownRevenue + b.knownRevenue,
  dormant: a.dormant + b.dormant,
})
const plusSums = (a: Sums, b: Sums): Sums => ({ sum: a.sum + b.sum, squares: a.squares + b.squares, cubes: a.cubes + b.cubes })

export const liftsOf = (treated: Group, control: Group): Lift[] => LIFT_METRICS.map((metric) => liftOf(metric, treated, control))

/** What the campaign cost: messages, what its offers took off, what its gifts cost the shop. `perExtraOrder` only where the lift says that there are any. */
export function costOf({ messageCost }: Reached, { discounts, giftCost }: Bought, treated: Group, lifts: readonly Lift[]): Cost {
  const total = messageCost + discounts + giftCost
  const orders = lifts.find(({ metric }) => metric === 'ORDERS')
  const extra = orders?.verdict === 'HIGHER' ? (orders.absolute?.value ?? 0) * treated.members : 0
  return {
    messages: messageCost,
    discounts,
    gifts: giftCost,
    total,
    perReturningOrder: treated.returningOrders === 0 ? null : total / treated.returningOrders,
    perExtraOrder: extra > 0 ? total / extra : null,
  }
}

/** What came of the goal, in its own unit: a rate in percent, units as a decimal. Of nobody there is no rate. */
export function goalResult({ metric, target }: Goal, treated: Group): GoalResult {
  const result = {
    ORDERS: () => treated.orders.sum,
    REVENUE: () => treated.revenue.sum,
    MARGIN: () => treated.margin.sum,
    BUYERS: () => treated.buyers,
    REPEAT_RATE: () => (treated.members === 0 ? null : (100 * treated.repeaters) / treated.members),
    UNITS_PER_BUYER: () => (treated.buyers === 0 ? null : treated.units.sum / treated.buyers),
  }[metric]()
  return { metric, target, result, share: result === null || target === 0 ? null : result / target }
}

/** Nothing more comes but returns: the campaign is over, and so is everybody's time. */
export const isFinal = ({ status, attributionDays }: Campaign, lastJoined: Instant | null, now: Instant): boolean =>
  (status === 'FINISHED' || status === 'CANCELLED') && (lastJoined === null || lastJoined + attributionDays * 86_400_000 <= now)

/** Parts by their keys, in order; what has no key comes last. */
export function partsOf(reached: ReadonlyMap<string | null, Reached>, bought: ReadonlyMap<string | null, Bought>): Part[] {
  const keys = [...new Set([...reached.keys(), ...bought.keys()])].sort(byKey)
  return keys.map((key) => ({ key, ...(reached.get(key) ?? NOT_REACHED), ...(bought.get(key) ?? NOT_BOUGHT) }))
}
/** Steps by their numbers, codes as text. */
function byKey(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a.length !== b.length && /^\d+$/.test(a + b) ? a.length - b.length : a < b ? -1 : 1
}
