import { type Interval, wilson, Z95 } from '../kernel/wilson.ts'
import type { GoalMetric } from './campaign.model.ts'
import type { Estimate, GroupSums, Lift, LiftVerdict, Sums } from './lift.model.ts'

/**
 * What must have been bought before an interval is given. What is looked at are both groups together, never their difference: so to wait for enough
 * does not prefer one outcome to another. `buyers`: as many as the smaller group would have if the campaign did nothing, for a share (and
 * as many who did not buy) and for a mean. `skewness`: members of the smaller group by the square of the skewness of what they brought; a rule
 * of this form is R. Kohavi and others', Seven Rules of Thumb for Web Site Experimenters, KDD 2014, who need 355 where the skewness is not corrected for.
 */
export const ENOUGH = { shareBuyers: 10, meanBuyers: 20, skewness: 5 } as const

/**
 * The effect of a campaign: treated against control, everybody drawn (intention to treat), each group's figure per member, with a 95 % interval.
 *
 * Each group's own limits first: of a share Wilson's; of a mean Hall's, which follow the skewness of money (P. Hall, On the Removal of Skewness
 * by Transformation, Journal of the Royal Statistical Society B 54, 1992; for cost data X. H. Zhou and P. Dinh, Biostatistics 6, 2005). The skewness is
 * that of both groups together, since a small group does not know its own. Then both limits make that of the difference and that of the ratio, by
 * the method of variance estimates recovery (G. Y. Zou and A. Donner, Statistics in Medicine 27, 2008; of ratios A. Donner and G. Y. Zou,
 * Statistical Methods in Medical Research 21, 2012): of two shares this is method 10 of R. G. Newcombe, Statistics in Medicine 17, 1998. Difference
 * and ratio never disagree about whether there is an effect.
 */
export function liftOf(metric: GoalMetric, treated: GroupSums, control: GroupSums): Lift {
  const [t, c] = [groupOf(metric, treated), groupOf(metric, control)]
  const known = { metric, treated: t.mean, control: c.mean }
  if (t.mean === null || c.mean === null || !isEnough(metric, treated, control))
    return { ...known, verdict: 'NOT_ENOUGH_DATA', absolute: null, relative: null }
  const both = together(t, c)
  const [a, b] = [limitsOf(t, t.mean, both), limitsOf(c, c.mean, both)]
  const absolute = difference(a, b)
  return { ...known, verdict: verdictOf(absolute), absolute, relative: ratio(a, b) }
}

/** The values of one group: of how many, and their sums. `isShare`: each is 0 or 1. */
type Group = { readonly n: number; readonly sums: Sums; readonly mean: number | null; readonly isShare: boolean }

function groupOf(metric: GoalMetric, group: GroupSums): Group {
  const share = (hits: number): Group => of(group.members, { sum: hits, squares: hits, cubes: hits }, true)
  switch (metric) {
    case 'BUYERS':
      return share(group.buyers)
    case 'REPEAT_RATE':
      return share(group.repeaters)
    case 'ORDERS':
      return of(group.members, group.orders, false)
    case 'REVENUE':
      return of(group.members, group.revenue, false)
    case 'MARGIN':
      return of(group.members, group.margin, false)
    case 'UNITS_PER_BUYER':
      return of(group.buyers, group.units, false)
  }
}
const of = (n: number, sums: Sums, isShare: boolean): Group => ({ n, sums, mean: n === 0 ? null : sums.sum / n, isShare })

function isEnough(metric: GoalMetric, treated: GroupSums, control: GroupSums): boolean {
  const members = treated.members + control.members
  const smaller = Math.min(treated.members, control.members)
  const [t, c] = [groupOf(metric, treated), groupOf(metric, control)]
  if (t.isShare) {
    const hits = (smaller * (t.sums.sum + c.sums.sum)) / members
    return hits >= ENOUGH.shareBuyers && smaller - hits >= ENOUGH.shareBuyers
  }
  const buyers = (smaller * (treated.buyers + control.buyers)) / members
  if (buyers < ENOUGH.meanBuyers || t.n < 2 || c.n < 2) return false
  const { variance, skewness } = together(t, c)
  const values = metric === 'UNITS_PER_BUYER' ? buyers : smaller
  // Where all values are alike, nothing is known of how they vary.
  return variance > 0 && values >= ENOUGH.skewness * skewness ** 2
}

type Shape = { readonly variance: number; readonly skewness: number }

function shapeOf(n: number, { sum, squares, cubes }: Sums): Shape {
  const mean = sum / n
  const second = squares / n - mean ** 2
  // What is left of equal numbers by rounding is no variance.
  if (second <= 1e-12 * (squares / n)) return { variance: 0, skewness: 0 }
  const third = cubes / n - (3 * mean * squares) / n + 2 * mean ** 3
  return { variance: (second * n) / (n - 1), skewness: third / second ** 1.5 }
}

function together(one: Group, other: Group): Shape {
  const sum = (power: keyof Sums) => one.sums[power] + other.sums[power]
  return shapeOf(one.n + other.n, { sum: sum('sum'), squares: sum('squares'), cubes: sum('cubes') })
}

function limitsOf({ n, sums, isShare }: Group, value: number, both: Shape): Estimate {
  if (isShare) return { value, ...wilson(sums.sum, n) }
  // A few buyers may be alike by chance: then they vary as all do.
  const error = Math.sqrt((shapeOf(n, sums).variance || both.variance) / n)
  const bend = both.skewness / Math.sqrt(n)
  return { value, low: value - error * unbent(Z95, bend), high: value - error * unbent(-Z95, bend) }
}

/** The inverse of Hall's monotone transformation of a studentized mean, which makes it normal up to terms of the order 1/n. */
const unbent = (z: number, bend: number): number =>
  Math.abs(bend) < 1e-6 ? z - bend / 6 - (bend * z ** 2) / 3 : (3 / bend) * (Math.cbrt(1 + bend * (z - bend / 6)) - 1)

function difference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  }
}

/** The ratios at which the difference of a and so many times b begins to be nothing. Null where b itself is not above nothing. */
function ratio(a: Estimate, b: Estimate): Estimate | null {
  if (b.value <= 0) return null
  const half = a.value * b.value
  // Of `square·x² - 2·half·x + whole = 0`; which limit of b counts hangs on the sign of x.
  const roots = (end: number, limit: number) => {
    const [square, whole] = [limit * (2 * b.value - limit), end * (2 * a.value - end)]
    return { square, whole, root: Math.sqrt(Math.max(0, half ** 2 - square * whole)) }
  }
  const outer = (end: number, sign: 1 | -1) => {
    if (b.low <= 0) return sign * Number.POSITIVE_INFINITY
    const { square, root } = roots(end, b.low)
    return (half + sign * root) / square
  }
  // The root nearer to 0, written so that nothing is divided by what may be 0.
  const inner = (end: number, sign: 1 | -1) => {
    const { whole, root } = roots(end, b.high)
    return whole === 0 ? 0 : whole / (half + sign * root)
  }
  const low = a.low >= 0 ? inner(a.low, 1) : outer(a.low, -1)
  const high = a.high >= 0 ? outer(a.high, 1) : inner(a.high, -1)
  return { value: a.value / b.value - 1, low: low - 1, high: high - 1 }
}

const verdictOf = ({ low, high }: Interval): LiftVerdict => (low > 0 ? 'HIGHER' : high < 0 ? 'LOWER' : 'UNDECIDED')
