import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { roundUp } from '../kernel/rounding.ts'
import type { ReadyMadeLanguage } from '../segments/ready-made.model.ts'
import type { ReadyMadeProgramme, Threshold } from './ready-made.model.ts'
import type { Tier, WantedTier } from './tier.model.ts'

/** What a shop's buyers are like: for each threshold the figure below which its share of them lies; null: too few buyers to tell. */
export type Measured = ReadonlyMap<string, number | null>
export type SetThreshold = { readonly threshold: Threshold; readonly value: number }

/**
 * A programme's thresholds for a shop: its own figures, made round, each tier's above that of the tier below; or what somebody set.
 * The order in which they stand is that of the tiers, for those of one kind.
 */
export function thresholdsFor(programme: ReadyMadeProgramme, measured: Measured, set: ReadonlyMap<string, number>): SetThreshold[] {
  const chosen: SetThreshold[] = []
  for (const threshold of programme.thresholds) {
    const figure = measured.get(threshold.code) ?? threshold.usual
    const round = Math.max(threshold.least, roundUp(figure))
    const below = threshold.of === 'YEARLY_TOTAL' ? (chosen.at(-1)?.value ?? 0) : 0
    chosen.push({ threshold, value: set.get(threshold.code) ?? (round > below ? round : roundUp(below * 2)) })
  }
  return chosen
}

/** The tiers as they would be saved, from the lowest up. */
export function tiersFor(programme: ReadyMadeProgramme, thresholds: readonly SetThreshold[], language: ReadyMadeLanguage): WantedTier[] {
  const figureOf = (code: string): number => {
    const found = thresholds.find(({ threshold }) => threshold.code === code)
    if (found === undefined) throw new Error(`programme ${programme.code} has no threshold ${code}`)
    return found.value
  }
  const at = (code: string) => String(figureOf(code))
  const part = (code: string, share: number) => String(Math.floor(figureOf(code) * share))
  return programme.tiers.map((tier) => ({
    code: tier.code,
    name: tier.name[language],
    rank: tier.rank,
    qualification: tier.qualification(at),
    retention: tier.retention?.(at, part) ?? null,
    graceDays: tier.graceDays,
  }))
}

/** What somebody sets: whole figures from each threshold's least on. */
export function checkThresholds(
  programme: ReadyMadeProgramme,
  given: readonly { readonly code: string; readonly value: number }[],
): Result<ReadonlyMap<string, number>, Problem> {
  const set = new Map<string, number>()
  for (const [i, { code, value }] of given.entries()) {
    const threshold = programme.thresholds.find((one) => one.code === code)
    if (threshold === undefined)
      return refuse(problem('BAD_USER_INPUT', `Programme "${programme.code}" has no threshold "${code}".`, ['thresholds', i, 'code']))
    const most = threshold.of === 'TENURE_DAYS' ? 36_500 : 1_000_000_000_000
    if (!Number.isInteger(value) || value < threshold.least || value > most)
      return refuse(
        problem('BAD_USER_INPUT', `${code} must be a whole number from ${threshold.least} to ${most}.`, ['thresholds', i, 'value']),
      )
    set.set(code, value)
  }
  return accept(set)
}

/** A programme is taken over whole or not at all: a tier of the shop that stands in its way is not replaced. */
export function clash(current: readonly Tier[], wanted: readonly WantedTier[]): Problem | null {
  const inTheWay = current.find((tier) => wanted.some(({ code, rank }) => code === tier.code || rank === tier.rank))
  if (inTheWay === undefined) return null
  const message = `The shop has a tier "${inTheWay.code}" of rank ${inTheWay.rank}, which a tier of the programme would need: delete it or give it another rank first.`
  return problem('CONFLICT', message, ['code'])
}
