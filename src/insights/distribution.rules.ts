import { ckmeans, mean } from 'simple-statistics'
import type { Shape, TypicalGroup, Unit } from './measured.model.ts'

const COUNT_STEPS = [1, 2, 3, 4, 5, 6, 11, 21, 51]
const MOST_BANDS = 40
const EVEN_BANDS = 12
/** What is smaller than the largest by more than this all goes into the first band. */
const WIDEST = 1e6
/** Below this two values are one: parts of a day that no clock tells. */
const FINEST = 1e-9

/** The lower bounds of bands that suit the values: the first holds the smallest, the last the largest. Ascending, each once. */
export function bandsFor(unit: Unit, quantiles: readonly number[]): number[] {
  const at = (percent: number) => quantiles[percent] ?? 0
  if (unit === 'COUNT') return countBands(at(0), at(100))
  const [low, high, most] = [Math.max(at(1), 0), at(99), at(100)]
  if (most < FINEST) return [0]
  const bands = high > 20 * low ? roundSteps(Math.max(low, most / WIDEST), most) : evenSteps(low, high)
  return [...new Set([Math.min(bands[0] ?? 0, floorTo(at(0), bands)), ...bands])].filter((bound, i) => i === 0 || bound <= most)
}

/** One by one as long as most customers are there, then ever wider. */
function countBands(least: number, most: number): number[] {
  const bands = least < 1 ? [Math.floor(least), ...COUNT_STEPS] : [...COUNT_STEPS]
  for (let step = 100; (bands.at(-1) ?? 0) <= most && bands.length < MOST_BANDS; step *= 10)
    bands.push(step + 1, 2 * step + 1, 5 * step + 1)
  return bands.filter((bound, i) => i === 0 || bound <= most)
}

/** 1, 2, 5, 10, 20, 50 …: as amounts are thought of. */
function roundSteps(low: number, most: number): number[] {
  const bands: number[] = []
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= most && bands.length < MOST_BANDS; power *= 10)
    for (const digit of [1, 2, 5]) if (digit * power <= most && digit * power * 2.5 > low) bands.push(digit * power)
  return bands
}

function evenSteps(low: number, high: number): number[] {
  const rough = (high - low) / EVEN_BANDS
  if (rough < FINEST) return [low]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= rough) ?? 10) * power
  const first = Math.floor(low / step)
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, i) => (first + i) * step)
}

const floorTo = (least: number, bands: readonly number[]): number =>
  least < (bands[0] ?? 0) ? Math.min(0, Math.floor(least)) : (bands[0] ?? 0)

/** What another group must explain of the whole spread, to be worth telling. */
const WORTH = 0.2
const MOST_GROUPS = 4

/**
 * The typical groups among values: optimal one-dimensional clusters (Ckmeans; Wang and Song, The R Journal 3/2, 2011) of the
 * hundred quantiles on a logarithmic scale, since orders of 20 and 40 differ as those of 2,000 and 4,000 do. A further
 * group is told as long as it explains a fifth of the squared spread of all.
 */
export function typicalGroups({ quantiles }: Pick<Shape, 'quantiles'>): TypicalGroup[] {
  const points = quantiles.filter((_, percent) => percent > 0 && percent < 100)
  if (points.length === 0) return []
  const scaled = points.map((value) => Math.log1p(Math.max(0, value)))
  let chosen = [scaled]
  for (let count = 2; count <= MOST_GROUPS; count++) {
    if (new Set(scaled).size < count) break
    const clusters = ckmeans(scaled, count)
    if (spread(chosen) - spread(clusters) < WORTH * spread([scaled])) break
    chosen = clusters
  }
  const starts = chosen.map((_, i) => chosen.slice(0, i).reduce((sum, cluster) => sum + cluster.length, 0))
  return chosen.map((cluster, i) => {
    const own = points.slice(starts[i], (starts[i] ?? 0) + cluster.length)
    const [from = 0, to = 0] = [own[0], own.at(-1)]
    return { from, to, center: own[Math.floor((own.length - 1) / 2)] ?? 0, share: own.length / points.length }
  })
}

const spread = (clusters: readonly (readonly number[])[]): number =>
  clusters.reduce((sum, cluster) => {
    const center = mean([...cluster])
    return sum + cluster.reduce((rest, value) => rest + (value - center) ** 2, 0)
  }, 0)
