import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { toCsv } from '../shell/csv.ts'
import { readLarge } from '../shell/large.ts'
import type { World } from '../shell/world.ts'
import { MOST_PARTS } from './distribution.service.ts'
import type { Asked } from './measured.model.ts'
import type { CohortCell, FirstThing, GridCell, Month, Pareto, ParetoBy, RatedSecondOrders, RatedThing } from './profit.model.ts'
import { readCohorts, readGrid, readMonths, readPareto, readRegulars, readRepurchase, readSecondOrders } from './profit.store.ts'
import { scopeOf } from './scope.service.ts'
import { rateOf } from './wilson.rules.ts'

/** Who brings the revenue, or the profit: the best customers first. */
export async function pareto(world: World, asked: Asked, by: ParetoBy): Promise<Result<Pareto, Problem>> {
  const placed = await scopeOf(world, asked, null)
  return placed.ok ? accept(await readLarge(world, (tx) => readPareto(tx, placed.value.scope, by))) : placed
}

/** New against returning customers, month by month of the shop's calendar. */
export async function newAndReturning(world: World, asked: Asked): Promise<Result<readonly Month[], Problem>> {
  const placed = await scopeOf(world, asked, null)
  return placed.ok ? accept(await readLarge(world, (tx) => readMonths(tx, placed.value.scope, placed.value.timeZone))) : placed
}

/** Retention by monthly cohort: of customers and of revenue. */
export async function cohorts(world: World, asked: Asked): Promise<Result<readonly CohortCell[], Problem>> {
  const placed = await scopeOf(world, asked, null)
  return placed.ok ? accept(await readLarge(world, (tx) => readCohorts(tx, placed.value.scope, placed.value.timeZone))) : placed
}

/** From the first to the second order. */
export async function secondOrders(world: World, asked: Asked): Promise<Result<RatedSecondOrders, Problem>> {
  const placed = await scopeOf(world, asked, null)
  if (!placed.ok) return placed
  const found = await readLarge(world, (tx) => readSecondOrders(tx, placed.value.scope))
  return accept({ ...found, within: found.within.map(({ days, known, hits }) => ({ days, rate: rateOf(hits, known) })) })
}

/** What in a first order goes with coming back within so many days. */
export async function whatMakesRegulars(
  world: World,
  asked: Asked,
  thing: FirstThing,
  days: number,
): Promise<Result<readonly RatedThing[], Problem>> {
  if (days < 1 || days > 3_650) return refuse(problem('BAD_USER_INPUT', 'withinDays must be from 1 to 3650.', ['withinDays']))
  const placed = await scopeOf(world, asked, null)
  if (!placed.ok) return placed
  const rows = await readLarge(world, (tx) => readRegulars(tx, placed.value.scope, thing, days, MOST_PARTS))
  return accept(rows.map(({ value, of, hits, revenue }) => ({ value, rate: rateOf(hits, of), revenue })))
}

/** Of those who bought in the time: who did so again, part by part, with how sure that is. */
export async function repurchaseRates(world: World, asked: Asked, by: string | null): Promise<Result<readonly RatedThing[], Problem>> {
  const placed = await scopeOf(world, asked, by)
  if (!placed.ok) return placed
  const rows = await readLarge(world, (tx) => readRepurchase(tx, placed.value.scope, MOST_PARTS))
  return accept(rows.map(({ part, of, hits }) => ({ value: part, rate: rateOf(hits, of), revenue: null })))
}

/** Customers by their three scores. */
export async function rfmGrid(world: World, query: string | null): Promise<Result<readonly GridCell[], Problem>> {
  const placed = await scopeOf(world, { query, from: null, to: null }, null)
  return placed.ok ? accept(await readLarge(world, (tx) => readGrid(tx, placed.value.scope))) : placed
}

/** The points of a curve as CSV, amounts in minor units. */
export const paretoCsv = ({ points }: Pareto): string =>
  toCsv(
    ['percent', 'customers', 'value'],
    points.map((point) => [point.percent, point.customers, point.value]),
  )
