import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { scopeFault, tidyScope, type WantedScope } from '../pricebook/scope.model.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import { readLarge } from '../shell/large.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { type Bought, type Looked, mostBought, readDistribution, readMargin, readStandings } from './distribution.store.ts'
import type { Window } from './past-orders.store.ts'
import type { Assumed, Distribution, Forecast, Threshold, WantedThreshold } from './threshold.model.ts'
import { type Asked, candidates, forecast, readSteps } from './threshold.rules.ts'
import { thresholdAssumptions } from './threshold-assumptions.rules.ts'

export type WantedForecast = {
  readonly steps: readonly WantedThreshold[]
  readonly window: Window
  readonly scope: WantedScope | null
  readonly query: string | null
  readonly stretchBp: number
  readonly upliftBp: number
  /** Null: what costs say. */
  readonly marginBp: number | null
}

export type MarginSource = 'KNOWN_COSTS' | 'GIVEN' | 'UNKNOWN'
export type Forecasts = {
  readonly distribution: Distribution
  readonly thresholds: readonly Forecast[]
  readonly candidates: readonly Forecast[]
  readonly marginBp: number | null
  readonly marginSource: MarginSource
  /** Percent of what the orders brought that is of goods of known cost. */
  readonly knownCostShare: number
  readonly products: readonly Bought[]
  readonly assumptions: readonly string[]
}

const PRODUCTS = 5

/** What threshold offers would have done to the orders of a window, each as if it were the only one. */
export async function forecastThresholds(world: World, wanted: WantedForecast): Promise<Result<Forecasts, Problem>> {
  if (wanted.window.from >= wanted.window.to) return refuse(problem('BAD_USER_INPUT', 'to must be after from.', ['to']))
  const asked = readSteps(wanted.steps)
  if (!asked.ok) return asked
  const fault = scopeFault(wanted.scope)
  if (fault !== null) return refuse(fault)
  const query = await understand(world, wanted.query, ['query'])
  if (!query.ok) return query
  const who = query.value === null ? null : await conditionOf(world, query.value)
  const looked: Looked = { window: wanted.window, scope: tidyScope(wanted.scope), who }
  return accept(await readLarge(world, (tx) => lookAt(tx, looked, wanted, asked.value)))
}

async function lookAt(world: World, looked: Looked, wanted: WantedForecast, { given, soughtFor }: Asked): Promise<Forecasts> {
  const distribution = await readDistribution(world, looked)
  const others = soughtFor === null ? [] : candidates(distribution, soughtFor, given, wanted.stretchBp)
  const margin = await readMargin(world, looked)
  const { marginBp, marginSource } = marginOf(wanted.marginBp, margin)
  const assumed = { stretchBp: wanted.stretchBp, upliftBp: wanted.upliftBp, marginBp }
  const forecasts = await forecastAll(world, looked, [...given, ...others], distribution, assumed)
  return {
    distribution,
    thresholds: forecasts.slice(0, given.length),
    candidates: forecasts.slice(given.length),
    marginBp,
    marginSource,
    knownCostShare: margin.revenue === 0 ? 0 : (100 * margin.known) / margin.revenue,
    products: await mostBought(world, looked, PRODUCTS),
    assumptions: thresholdAssumptions(assumed, marginSource, looked.scope !== null),
  }
}

async function forecastAll(
  world: World,
  looked: Looked,
  thresholds: readonly Threshold[],
  distribution: Distribution,
  assumed: Assumed,
): Promise<Forecast[]> {
  if (thresholds.length === 0) return []
  const shop = await readShop(world)
  const standings = await readStandings(world, looked, thresholds, assumed.stretchBp, shop.rounding)
  return thresholds.flatMap((threshold, i) => {
    const standing = standings[i]
    return standing === undefined ? [] : [forecast(threshold, standing, distribution, assumed, shop)]
  })
}

/** What is earned on what is added: as given, else what goods of known cost earned; a loss is no margin to hope for. */
function marginOf(
  given: number | null,
  { known, cost }: { known: number; cost: number },
): { marginBp: number | null; marginSource: MarginSource } {
  if (given !== null) return { marginBp: given, marginSource: 'GIVEN' }
  if (known <= 0) return { marginBp: null, marginSource: 'UNKNOWN' }
  return { marginBp: Math.max(0, Math.round(((known - cost) * 10_000) / known)), marginSource: 'KNOWN_COSTS' }
}
