import type { Id } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { Tier, WantedTier } from './tier.model.ts'

const MAX_TIERS = 100

/** The tier as it is to be: its code finds the one to replace, else it is new under `newId`. */
export function decideTier(tiers: readonly Tier[], wanted: WantedTier, newId: Id<'Tier'>): Result<Tier, Problem> {
  const bad = (field: string, message: string) => refuse(problem('BAD_USER_INPUT', message, ['input', field]))
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(wanted.code)) return bad('code', 'code has 1 to 40 letters, digits, dashes and underscores.')
  if (!isWord(wanted.name, 100)) return bad('name', 'name must have 1 to 100 printable characters.')
  if (wanted.graceDays < 0 || wanted.graceDays > 3_650) return bad('graceDays', 'graceDays must be from 0 to 3650.')
  const existing = tiers.find((tier) => tier.code === wanted.code)
  const rival = tiers.find((tier) => tier.rank === wanted.rank && tier !== existing)
  if (rival)
    return refuse(
      problem('CONFLICT', `Rank ${wanted.rank} is that of tier "${rival.code}": each tier has a rank of its own.`, ['input', 'rank']),
    )
  if (!existing && tiers.length >= MAX_TIERS) return refuse(problem('TOO_MANY_ITEMS', `A shop has at most ${MAX_TIERS} tiers.`, ['input']))
  return accept({ ...wanted, id: existing?.id ?? newId })
}

/** A new tier must have a place of its own among those there are. */
export const tierByCode = (tiers: readonly Tier[], code: string): Tier | null => tiers.find((tier) => tier.code === code) ?? null
