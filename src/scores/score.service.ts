import { trace } from '../audit/audit.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { statisticsOf } from '../orders/statistics.service.ts'
import { giveRoom } from '../shell/room.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { FIT_EVERY_MS, type ForecastModel } from './forecast.model.ts'
import { fitForecast } from './forecast-fit.rules.ts'
import { noteScores } from './group.service.ts'
import type { RfmMap, WantedMap } from './rfm-map.model.ts'
import { checkRhythm, nextMap } from './rfm-map.rules.ts'
import { holdScores, measureScale, publishScale, readScale, sampleBuyers } from './scale.store.ts'
import type { Figures, Scale, Score } from './score.model.ts'
import { readScores, stageScores, writeScores, writeStaged } from './score.store.ts'
import { insertMap, readMap, readRhythmSetting, writeRhythmSetting } from './setting.store.ts'

// Who writes scores holds the shop's scale: those who score some customers hold it as it is, after the customers themselves,
// and an evaluation of everybody makes another. So no score is ever by a scale that is over. An evaluation does all that takes
// long before it publishes its scale: then those who order wait for it no longer than it takes to write what differs.

/**
 * Scores everybody anew: RFM, life cycle, class of revenue and what follows from them, beside each other as they are at the
 * world's instant; then notes how large the groups are and compares them with their targets. Once a day is enough.
 */
export function evaluateScores(world: World): Promise<Result<Scale, Problem>> {
  return transact(world, async (tx) => {
    const scale = await evaluate(tx)
    await trace(tx, { action: 'evaluateScores', after: { customers: scale.customers, rhythm: scale.rhythm, rfmMap: scale.map.version } })
    return accept(scale)
  })
}

/** The same where nobody asked for it, because much has changed: an import. */
export async function settleScores(world: World): Promise<void> {
  await transact(world, async (tx) => accept(await evaluate(tx)))
}

/** As many buyers as are scored anew within some tens of milliseconds. */
const FEW = 1_000

/**
 * The same in a shop of few buyers, where each more moves how the others stand: after orders were recorded, in a transaction of
 * its own. A larger shop's scores are beside each other as of their last evaluation.
 */
export async function settleScoresOfFew(world: World): Promise<void> {
  const scale = await readScale(world)
  if (scale !== null && scale.customers < FEW) await settleScores(world)
}

async function evaluate(world: World): Promise<Scale> {
  await holdScores(world)
  return measure(world)
}

async function measure(world: World): Promise<Scale> {
  await giveRoom(world)
  await measureScale(world, { setting: await readRhythmSetting(world), map: await readMap(world), forecast: await foresee(world) })
  await stageScores(world)
  await publishScale(world)
  const since = await writeStaged(world)
  if (since.length > 0) await writeScores(world, since)
  await noteScores(world)
  changed(world, CUSTOMERS, 'ALL')
  const scale = await readScale(world)
  if (scale === null) throw new Error('a scale was written and is not there')
  return scale
}

/** By whom orders are foreseen: fitted again each day, and until it can be. */
async function foresee(world: World): Promise<ForecastModel | null> {
  const fitted = (await readScale(world))?.forecast ?? null
  if (fitted !== null && world.now - fitted.fittedAt < FIT_EVERY_MS && fitted.fittedAt <= world.now) return fitted
  return fitForecast(await sampleBuyers(world), world.now)
}

/**
 * The scores of customers whose orders changed, by the last evaluation's scale, in the transaction that changed them. The
 * first orders of a shop are its first evaluation.
 */
export async function followOrders(world: World, customerIds: readonly string[] | 'ALL'): Promise<void> {
  if (customerIds === 'ALL') await evaluate(world)
  else if (!(await writeScores(world, customerIds))) {
    await holdScores(world)
    // Another may have been first while we waited.
    if (!(await writeScores(world, customerIds))) await measure(world)
  }
}

/** In the order of the ids; null for who has no order that counts. */
export async function scoresOf(world: World, customerIds: readonly string[]): Promise<(Score | null)[]> {
  const found = await readScores(world, customerIds)
  return customerIds.map((id) => found.get(id) ?? null)
}

/** Whether each has an order that counts, in the order of the ids. */
export const hasOrders = async (world: World, customerIds: readonly string[]): Promise<boolean[]> =>
  (await statisticsOf(world, customerIds)).map(({ numberOfOrders }) => numberOfOrders > 0)

/** How the shop's customers are scored. `scale`: what the last evaluation measured; null: there was none. */
export const scoringOf = async (world: World): Promise<{ map: RfmMap; rhythm: Figures | null; scale: Scale | null }> => ({
  map: await readMap(world),
  rhythm: await readRhythmSetting(world),
  scale: await readScale(world),
})

/** Saves the next version of the map from scores to groups, and evaluates by it. */
export function saveRfmMap(world: World, wanted: WantedMap): Promise<Result<RfmMap, Problem>> {
  return transact(world, async (tx) => {
    await holdScores(tx)
    const before = await readMap(tx)
    const map = nextMap(before, wanted, tx.now)
    if (!map.ok) return map
    await insertMap(tx, map.value)
    await measure(tx)
    await trace(tx, { action: 'saveRfmMap', target: 'rfmMap', before, after: map.value })
    return map
  })
}

/** Sets the rhythm that holds for everybody, or (null) lets each be measured again; evaluates by it. */
export function saveRhythm(world: World, wanted: Figures | null): Promise<Result<Figures | null, Problem>> {
  return transact(world, async (tx) => {
    const checked: Result<Figures | null, Problem> = wanted === null ? accept(null) : checkRhythm(wanted)
    if (!checked.ok) return checked
    await holdScores(tx)
    const before = await readRhythmSetting(tx)
    await writeRhythmSetting(tx, checked.value)
    await measure(tx)
    await trace(tx, { action: wanted === null ? 'clearRhythm' : 'saveRhythm', target: 'rhythm', before, after: checked.value })
    return checked
  })
}
