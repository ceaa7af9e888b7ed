import type { GoalMetric } from '../../src/campaigns/campaign.model.ts'
import { type GroupSums, LIFT_METRICS, type Sums } from '../../src/campaigns/lift.model.ts'
import { liftOf } from '../../src/campaigns/lift.rules.ts'
import { type Random, random } from '../../src/demo/random.rules.ts'

/** A shop's campaign whose true effect is known. */
export type Scenario = {
  readonly members: number
  /** Of the members in the control group; whether one is, is drawn for each of them. */
  readonly controlShare: number
  /** Of the control group who buy in their time. */
  readonly buying: number
  /** How many more buy of the treated, and by how much each of their orders is larger; 0.1: a tenth more. */
  readonly lift: number
  readonly larger: number
  /** Further orders of one who buys, at the mean (Poisson). */
  readonly further: number
  /** Sigma of the lognormal order value, and of what is usual for each customer (retailers beside consumers). */
  readonly orders: number
  readonly customers: number
}

const MARGIN = { control: 0.4, treated: 0.35, spread: 0.12 }
const UNITS = 1.2
const MEDIAN_ORDER = 10_000

/** Poisson distributed, by multiplying fractions (D. Knuth). */
function poisson(chance: Random, mean: number): number {
  const end = Math.exp(-mean)
  let times = -1
  for (let left = 1; left > end; times++) left *= chance.fraction()
  return times
}

/** Binomially distributed: the gaps between successes are geometric (L. Devroye). */
function binomial(chance: Random, trials: number, probability: number): number {
  let hits = 0
  for (let at = -1; ; hits++) {
    at += 1 + Math.floor(Math.log(1 - chance.fraction()) / Math.log(1 - probability))
    if (at >= trials) return hits
  }
}

const parameters = (s: Scenario, treated: boolean) => ({
  buying: s.buying * (treated ? 1 + s.lift : 1),
  further: s.further * (treated ? 1 + s.lift / 2 : 1),
  value: MEDIAN_ORDER * (treated ? 1 + s.larger : 1),
  margin: treated ? MARGIN.treated : MARGIN.control,
})

function simulated(chance: Random, s: Scenario, treated: boolean, members: number): GroupSums {
  const { buying, further, value, margin } = parameters(s, treated)
  const buyers = binomial(chance, members, buying)
  const [orders, revenue, margins, units] = [tally(), tally(), tally(), tally()]
  let repeaters = 0
  for (let i = 0; i < buyers; i++) {
    const usual = chance.logNormal(1, s.customers)
    const count = 1 + poisson(chance, further)
    let [paid, earned, pieces] = [0, 0, 0]
    for (let order = 0; order < count; order++) {
      const total = value * usual * chance.logNormal(1, s.orders)
      paid += total
      earned += total * (margin + MARGIN.spread * chance.normal())
      pieces += 1 + poisson(chance, UNITS * usual)
    }
    add(orders, count)
    add(revenue, paid)
    add(margins, earned)
    add(units, pieces)
    if (count > 1) repeaters++
  }
  return { members, buyers, repeaters, orders, revenue, margin: margins, units }
}

type Tally = { -readonly [Power in keyof Sums]: number }
const tally = (): Tally => ({ sum: 0, squares: 0, cubes: 0 })
function add(to: Tally, value: number): void {
  to.sum += value
  to.squares += value ** 2
  to.cubes += value ** 3
}

/** What each member (UNITS_PER_BUYER: each buyer) brings in the long run. */
function truth(s: Scenario, treated: boolean): Record<GoalMetric, number> {
  const { buying, further, value, margin } = parameters(s, treated)
  const revenue = buying * (1 + further) * value * Math.exp((s.orders ** 2 + s.customers ** 2) / 2)
  return {
    BUYERS: buying,
    REPEAT_RATE: buying * (1 - Math.exp(-further)),
    ORDERS: buying * (1 + further),
    REVENUE: revenue,
    MARGIN: revenue * margin,
    UNITS_PER_BUYER: (1 + further) * (1 + UNITS * Math.exp(s.customers ** 2 / 2)),
  }
}

/** How often an interval was given, and how often it held the truth, lay above it, lay below it. */
export type Held = { given: number; held: number; above: number; below: number }
export type Coverage = Record<GoalMetric, { readonly absolute: Held; readonly relative: Held }>

const nothing = (): Held => ({ given: 0, held: 0, above: 0, below: 0 })
const noCoverage = (): Coverage =>
  Object.fromEntries(LIFT_METRICS.map((metric) => [metric, { absolute: nothing(), relative: nothing() }])) as Coverage

function note(held: Held, ends: { low: number; high: number } | null, value: number): void {
  if (ends === null) return
  held.given++
  if (value < ends.low) held.above++
  else if (value > ends.high) held.below++
  else held.held++
}

/** So many campaigns of each scenario in turn, each drawn anew from the seed. */
export function cover(seed: string, scenarios: readonly Scenario[], rounds: number): Coverage {
  const chance = random(seed)
  const coverage = noCoverage()
  for (let round = 0; round < rounds; round++) {
    const scenario = scenarios[round % scenarios.length]
    if (scenario === undefined) throw new RangeError('no scenario')
    const members = binomial(chance, scenario.members, scenario.controlShare)
    const control = simulated(chance, scenario, false, members)
    const treated = simulated(chance, scenario, true, scenario.members - members)
    const [t, c] = [truth(scenario, true), truth(scenario, false)]
    for (const metric of LIFT_METRICS) {
      const { absolute, relative } = liftOf(metric, treated, control)
      note(coverage[metric].absolute, absolute, t[metric] - c[metric])
      note(coverage[metric].relative, relative, t[metric] / c[metric] - 1)
    }
  }
  return coverage
}

/** A campaign as shops have them, drawn from the ranges that the claim is made for. */
export function someScenario(chance: Random): Scenario {
  const [orders, customers] = chance.pick([
    [0.4, 0.3],
    [0.6, 0.5],
    [0.8, 0.5],
    [0.8, 0.8],
  ] as const)
  return {
    members: Math.round(200 * 100 ** chance.fraction()),
    controlShare: chance.pick([0.05, 0.1, 0.2, 0.3]),
    buying: 0.01 * 20 ** chance.fraction(),
    lift: chance.pick([0, 0, 0.1, 0.2, 0.3, 0.5]),
    larger: chance.pick([0, 0, 0.05, 0.1]),
    further: chance.pick([0.1, 0.3, 0.6]),
    orders,
    customers,
  }
}
