import type { Customer } from '../customers/customer.model.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { toCsv } from '../shell/csv.ts'
import { readLarge } from '../shell/large.ts'
import type { World } from '../shell/world.ts'
import { bandsFor, typicalGroups } from './distribution.rules.ts'
import { type Band, type BarRow, countBehind, listBehind, readBars, readHours, readShapes, stageValues } from './distribution.store.ts'
import { type Asked, type Bar, type HourRow, type Measure, type PartDistribution, type Shape, UNITS } from './measured.model.ts'
import { scopeOf } from './scope.service.ts'

/** More parts than this make no chart: those with the most customers are given. */
export const MOST_PARTS = 50
const MOST_BANDS = 100

/** How a measure is spread over the values of each part: percentiles, histogram, typical groups. */
export async function distribution(
  world: World,
  measure: Measure,
  asked: Asked,
  by: string | null,
  bands: readonly number[] | null,
): Promise<Result<readonly PartDistribution[], Problem>> {
  const fault = bandsFault(bands)
  if (fault !== null) return refuse(fault)
  const placed = await scopeOf(world, asked, by)
  if (!placed.ok) return placed
  const { scope, timeZone } = placed.value
  return accept(
    await readLarge(world, async (tx) => {
      await stageValues(tx, scope, measure, timeZone)
      const shapes = await readShapes(tx, MOST_PARTS)
      if (shapes.length === 0) return []
      const bounds = bands ?? bandsFor(UNITS[measure], together(shapes))
      const parts = shapes.map(({ part }) => part)
      const bars = Map.groupBy(await readBars(tx, bounds, parts), (row) => row.part)
      return shapes.map((shape) => ({ ...shape, bars: barsOf(bars.get(shape.part) ?? [], bounds), groups: typicalGroups(shape) }))
    }),
  )
}

/** The widest of all parts at each percent, so that one set of bands holds everybody. */
function together(shapes: readonly Shape[]): number[] {
  const [most] = shapes
  const least = Math.min(...shapes.map(({ quantiles }) => quantiles[0] ?? 0))
  const largest = Math.max(...shapes.map(({ quantiles }) => quantiles[100] ?? 0))
  return (most?.quantiles ?? []).map((value, percent) => (percent === 0 ? least : percent === 100 ? largest : value))
}

/** Every band has its bar, be it empty: a chart has no holes. What lies below the first bound has one only where there is any. */
function barsOf(rows: readonly BarRow[], bounds: readonly number[]): Bar[] {
  const byBar = new Map(rows.map((row) => [row.bar, row]))
  const bar = (i: number, from: number, below: number | null): Bar => {
    const { values, customers, sum } = byBar.get(i) ?? { values: 0, customers: 0, sum: 0 }
    return { from, below, values, customers, sum }
  }
  const before = byBar.has(0) ? [bar(0, 0, bounds[0] ?? null)] : []
  return [...before, ...bounds.map((from, i) => bar(i + 1, from, bounds[i + 1] ?? null))]
}

function bandsFault(bands: readonly number[] | null): Problem | null {
  if (bands === null) return null
  if (bands.length === 0 || bands.length > MOST_BANDS)
    return problem('BAD_USER_INPUT', `bands are 1 to ${MOST_BANDS} lower bounds; leave them out to have them chosen.`, ['bands'])
  const wrong = bands.findIndex((bound, i) => !Number.isFinite(bound) || bound < 0 || bound <= (bands[i - 1] ?? -1))
  return wrong === -1 ? null : problem('BAD_USER_INPUT', 'bands rise, each above the one before it, from 0 on.', ['bands', wrong])
}

export type WantedBand = Band & { readonly measure: Measure; readonly by: string | null }

/** The customers behind a bar. */
export async function customersBehind(
  world: World,
  { measure, by, ...band }: WantedBand,
  asked: Asked,
  request: PageRequest,
): Promise<Result<{ readonly page: Page<Customer>; readonly count: () => Promise<number> }, Problem>> {
  const placed = await scopeOf(world, asked, by)
  if (!placed.ok) return placed
  const { scope, timeZone } = placed.value
  const ids = await readLarge(world, (tx) => listBehind(tx, scope, measure, timeZone, band, request))
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, customer]))
  return accept({
    page: page(
      ids.flatMap((id) => found.get(id) ?? []),
      request,
      (customer) => customer.id,
    ),
    count: () => readLarge(world, (tx) => countBehind(tx, scope, measure, timeZone, band)),
  })
}

/** Orders by weekday and hour of the shop's clock; hours without an order are left out, and parts beyond the 50 with the most customers. */
export async function weekdayHours(world: World, asked: Asked, by: string | null): Promise<Result<readonly HourRow[], Problem>> {
  const placed = await scopeOf(world, asked, by)
  return placed.ok ? accept(await readLarge(world, (tx) => readHours(tx, placed.value.scope, placed.value.timeZone, MOST_PARTS))) : placed
}

/** The bars of all parts as CSV, amounts in minor units. */
export const barsCsv = (parts: readonly PartDistribution[]): string =>
  toCsv(
    ['part', 'from', 'below', 'values', 'customers', 'sum'],
    parts.flatMap(({ part, bars }) => bars.map(({ from, below, values, customers, sum }) => [part, from, below, values, customers, sum])),
  )
