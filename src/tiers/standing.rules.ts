import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { Evaluation, Standing } from './standing.model.ts'
import type { Tier } from './tier.model.ts'

/** A tier as an evaluation sees it: what of it holds for one customer or company now. */
export type Rung = {
  readonly id: string
  /** Null: no rule lets anybody in. */
  readonly qualifies: boolean | null
  /** Null: whoever qualifies is kept, and nobody besides. */
  readonly retains: boolean | null
  readonly graceDays: number
}

/**
 * What somebody is to have who is not pinned. `rungs`: the programme, the highest tier first. Up at once to the best tier that they
 * qualify for. Who neither qualifies for their tier nor is retained in it falls when its grace is over: to the best tier below of
 * which either holds. decided.sql.ts says the same of everybody in one statement, and a property holds the two together.
 */
export function nextStanding(standing: Standing, rungs: readonly Rung[], now: Instant, mayFall: boolean): Standing {
  const own = rungs.findIndex(({ id }) => id === standing.tierId)
  const best = rungs.findIndex(({ qualifies }) => qualifies)
  const current = rungs[own]
  if (current === undefined || (best >= 0 && best < own)) return { tierId: rungs[best]?.id ?? null, failingSince: null }
  if (isKept(current)) return { tierId: current.id, failingSince: null }
  const failingSince = standing.failingSince ?? now
  if (!mayFall || graceEnd(failingSince, current.graceDays) > now) return { tierId: current.id, failingSince }
  const below = rungs.slice(own + 1).find((rung) => rung.qualifies !== null && isKept(rung))
  return { tierId: below?.id ?? null, failingSince: null }
}

/** A tier that asks nothing of anybody lets nobody go. */
const isKept = ({ qualifies, retains }: Rung): boolean => qualifies === true || (retains ?? qualifies === null)

/** When somebody who fails falls: at the first evaluation then or later. */
export const graceEnd = (failingSince: Instant, graceDays: number): Instant => instant(failingSince + graceDays * DAY_MS)

export const isSame = (one: Standing, other: Standing): boolean => one.tierId === other.tierId && one.failingSince === other.failingSince

type Ranked = Pick<Tier, 'id' | 'rank'>

/** Whether the second of two tiers is the better; none is worse than any. */
export function isUp(tiers: readonly Ranked[], fromId: string | null, toId: string | null): boolean {
  const rank = (id: string | null) => tiers.find((tier) => tier.id === id)?.rank ?? Number.NEGATIVE_INFINITY
  return rank(toId) > rank(fromId)
}

/** What comes of so many having one tier and being to have another. */
export function tally(
  tiers: readonly Ranked[],
  flows: readonly { readonly fromId: string | null; readonly toId: string | null; readonly n: number }[],
): Evaluation {
  const all = flows.reduce((sum, { n }) => sum + n, 0)
  const moves = flows.filter(({ fromId, toId }) => fromId !== toId)
  const promoted = moves.filter(({ fromId, toId }) => isUp(tiers, fromId, toId)).reduce((sum, { n }) => sum + n, 0)
  const demoted = moves.reduce((sum, { n }) => sum + n, 0) - promoted
  return { promoted, demoted, unchanged: all - promoted - demoted }
}
