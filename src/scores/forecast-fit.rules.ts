import { gammaln } from 'simple-statistics'
import type { Instant } from '../kernel/clock.ts'
import { type Bought, type ForecastModel, type Habit, SAMPLE, type Worth } from './forecast.model.ts'
import { leastOf } from './minimum.rules.ts'

/** The models under which what these customers did is the likeliest; null where too few of them came back for that to say anything. */
export function fitForecast(sample: readonly Bought[], fittedAt: Instant): ForecastModel | null {
  const paying = sample.filter(({ amount }) => amount > 0)
  if (sample.filter(({ orders }) => orders > 1).length < SAMPLE.cameBack || paying.length < SAMPLE.cameBack) return null
  return { ...fitHabit(sample), ...fitWorth(paying), fittedAt }
}

/** No figure of a shop lies beyond; where the data want one that does (nobody ever leaves), the wall is near enough. */
const WALL = 9
const isWithin = (logs: readonly number[]): boolean => logs.every((log) => Math.abs(log) <= WALL)
/** Chances of leaving that lie closer together than this are one chance. */
const MOST_A = 20

export function fitHabit(sample: readonly Omit<Bought, 'amount'>[]): Habit {
  const grouped = byOrders(sample)
  const scale = Math.max(1, sample.reduce((sum, { age }) => sum + age, 0) / sample.length)
  const read = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): Habit => ({
    r: Math.exp(r),
    alpha: scale * Math.exp(alpha),
    a: Math.exp(a),
    b: Math.exp(b),
  })
  const cost = (logs: readonly number[]) => {
    const habit = read(logs)
    return isWithin(logs) && habit.a <= MOST_A ? -likelihoodIn(grouped, habit) / sample.length : Number.POSITIVE_INFINITY
  }
  return read(leastOf(cost, [-0.5, -1, -0.5, 0.5]))
}

type Grouped = ReadonlyMap<number, readonly Omit<Bought, 'amount'>[]>
const byOrders = (sample: readonly Omit<Bought, 'amount'>[]): Grouped => Map.groupBy(sample, ({ orders }) => orders)

/** The logarithm of how likely it is that all of them ordered when they did. */
export const habitLikelihood = (sample: readonly Omit<Bought, 'amount'>[], habit: Habit): number => likelihoodIn(byOrders(sample), habit)

function likelihoodIn(grouped: Grouped, { r, alpha, a, b }: Habit): number {
  const common = r * Math.log(alpha) - gammaln(r) - logBeta(a, b)
  let sum = 0
  for (const [orders, of] of grouped) {
    const again = orders - 1
    sum += of.length * (common + gammaln(r + again) + logBeta(a, b + again + 1))
    for (const { lastDay, age } of of) {
      const since = Math.log(alpha + age)
      const left = Math.log(a / (b + again)) + (r + again) * (since - Math.log(alpha + lastDay))
      sum += Math.max(left, 0) + Math.log1p(Math.exp(-Math.abs(left))) - (r + again) * since
    }
  }
  return sum
}

const logBeta = (a: number, b: number): number => gammaln(a) + gammaln(b) - gammaln(a + b)

export function fitWorth(paying: readonly Pick<Bought, 'orders' | 'amount'>[]): Worth {
  const mean = paying.reduce((sum, { orders, amount }) => sum + amount / orders, 0) / paying.length
  // Without q above 1 there would be no mean.
  const read = ([p = 0, q = 0, gamma = 0]: readonly number[]): Worth => ({
    p: Math.exp(p),
    q: 1 + Math.exp(q),
    gamma: mean * Math.exp(gamma),
  })
  const cost = (logs: readonly number[]) =>
    isWithin(logs) ? -worthLikelihood(paying, read(logs)) / paying.length : Number.POSITIVE_INFINITY
  return read(leastOf(cost, [0.5, 0.5, 0]))
}

/** The logarithm of how likely it is that their orders came to what they did. */
export function worthLikelihood(paying: readonly Pick<Bought, 'orders' | 'amount'>[], { p, q, gamma }: Worth): number {
  const common = q * Math.log(gamma) - gammaln(q)
  const gammas = new Map<number, number>()
  return paying.reduce((sum, { orders, amount }) => {
    const known = gammas.get(orders) ?? gammaln(p * orders + q) - gammaln(p * orders)
    gammas.set(orders, known)
    return sum + known + common - Math.log(amount / orders) + p * orders * Math.log(amount) - (p * orders + q) * Math.log(gamma + amount)
  }, 0)
}
