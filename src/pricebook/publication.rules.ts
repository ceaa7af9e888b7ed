import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { ScheduledPublication, WaitingRule } from './publication.model.ts'
import type { Terms } from './rule.model.ts'
import type { TierOf } from './terms.model.ts'

/** Every process knows of a publication by then: what one remembers of the book is less old. */
const LEAST_AHEAD_MS = 1_000
const MOST_WAITING = 200

/** Why nothing can be set for this instant; null: it can. */
export function scheduleFault(at: Instant, now: Instant, waiting: number): Problem | null {
  if (at < now + LEAST_AHEAD_MS)
    return problem('BAD_USER_INPUT', 'at must lie at least a second ahead; to put drafts in force now, publish them.', ['at'])
  return waiting < MOST_WAITING ? null : problem('TOO_MANY_ITEMS', `At most ${MOST_WAITING} publications may wait at once.`, ['at'])
}

/** Why a publication that is due cannot go into force, in a sentence for staff; null: it can. */
export function whyNot({ rules, scheduledIn }: ScheduledPublication, found: readonly WaitingRule[], tierOf: TierOf): string | null {
  const gone = rules.find(({ code, version }) => !found.some((rule) => rule.code === code && rule.waiting.version === version))
  if (gone !== undefined) return `Version ${gone.version} of "${gone.code}" is gone.`
  for (const { code, inForce, endedIn, waiting } of found) {
    if (inForce === null && endedIn !== null && endedIn > scheduledIn) return `"${code}" was taken out of force since.`
    const tier = tiersNamedBy(waiting.terms).find((named) => tierOf(named) === undefined)
    if (tier !== undefined) return `"${code}" names tier "${tier}", which is gone.`
  }
  return null
}

/** The codes of the tiers that a rule names. */
export function tiersNamedBy(terms: Terms): string[] {
  const named =
    terms.kind === 'LADDER'
      ? terms.rungs.map(({ tierCode }) => tierCode)
      : terms.order?.form === 'THRESHOLD'
        ? terms.order.steps.flatMap(({ minTier, gifts }) => [minTier, ...gifts.map((gift) => gift.minTier)])
        : []
  return named.filter((code) => code !== null)
}
