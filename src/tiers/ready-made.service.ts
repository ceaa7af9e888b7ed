import { trace } from '../audit/audit.service.ts'
import { currencyDigits } from '../kernel/currency.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { ReadyMadeLanguage } from '../segments/ready-made.model.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { READY_MADE, type ReadyMadeProgramme } from './ready-made.model.ts'
import { checkThresholds, clash, type Measured, type SetThreshold, thresholdsFor, tiersFor } from './ready-made.rules.ts'
import { measureThresholds } from './ready-made.store.ts'
import type { Tier, WantedTier } from './tier.model.ts'
import { currentTiers, saveTier } from './tier.service.ts'

export type Adoptable = {
  readonly programme: ReadyMadeProgramme
  readonly thresholds: readonly SetThreshold[]
  readonly tiers: readonly WantedTier[]
}

/** The ready-made programmes as they would be in this shop. */
export async function adoptableProgrammes(world: World, language: ReadyMadeLanguage): Promise<Adoptable[]> {
  const found: Adoptable[] = []
  for (const programme of READY_MADE) found.push(fitted(programme, await measure(world, programme), new Map(), language))
  return found
}

/** Saves a ready-made programme's tiers as the shop's own, all or none. Nobody is in them until they are evaluated. */
export function adoptProgramme(
  world: World,
  code: string,
  language: ReadyMadeLanguage,
  given: readonly { readonly code: string; readonly value: number }[],
): Promise<Result<readonly Tier[], Problem>> {
  return transact(world, async (tx) => {
    const programme = READY_MADE.find((one) => one.code === code)
    if (programme === undefined) return refuse(problem('NOT_FOUND', `There is no ready-made programme "${code}".`, ['code']))
    const set = checkThresholds(programme, given)
    if (!set.ok) return set
    const { tiers: wanted, thresholds } = fitted(programme, await measure(tx, programme), set.value, language)
    const inTheWay = clash(await currentTiers(tx), wanted)
    if (inTheWay !== null) return refuse(inTheWay)
    const tiers: Tier[] = []
    for (const tier of wanted) {
      const saved = await saveTier(tx, tier)
      if (!saved.ok) return saved
      tiers.push(saved.value)
    }
    const after = { programme: code, thresholds: Object.fromEntries(thresholds.map(({ threshold, value }) => [threshold.code, value])) }
    await trace(tx, { action: 'adoptProgramme', target: `programme/${code}`, after })
    return accept(tiers)
  })
}

function fitted(
  programme: ReadyMadeProgramme,
  measured: Measured,
  set: ReadonlyMap<string, number>,
  language: ReadyMadeLanguage,
): Adoptable {
  const thresholds = thresholdsFor(programme, measured, set)
  return { programme, thresholds, tiers: tiersFor(programme, thresholds, language) }
}

/** Amounts in major units, as queries write them. */
async function measure(world: World, programme: ReadyMadeProgramme): Promise<Measured> {
  const unit = 10 ** currencyDigits((await readShop(world)).currency)
  const measured = await measureThresholds(world, programme.thresholds)
  return new Map(
    programme.thresholds.map(({ code, of }) => {
      const figure = measured.get(code) ?? null
      return [code, figure === null || of === 'ORDERS' || of === 'TENURE_DAYS' ? figure : figure / unit]
    }),
  )
}
