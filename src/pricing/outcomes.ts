import type { RuleOutcome } from './quote.ts'

/** How near a refused rule came: the later, the nearer (pricing rules, section 5). */
const NEARNESS: readonly RuleOutcome[] = [
  'UNKNOWN_CODE',
  'NOT_LIVE',
  'NOT_IN_AUDIENCE',
  'NOT_FIRST_ORDER',
  'LIMIT_REACHED',
  'NOT_IN_SCOPE',
  'QUANTITY_TOO_LOW',
  'QUANTITY_TOO_HIGH',
  'SUBTOTAL_TOO_LOW',
  'TIER_TOO_LOW',
  'ALREADY_DISCOUNTED',
  'BEATEN',
]

/** Of several outcomes the one that came nearest; NOT_IN_SCOPE of none at all, for then nothing was reached. */
export function latest(outcomes: Iterable<RuleOutcome | null>): RuleOutcome {
  let nearest = -1
  for (const outcome of outcomes) if (outcome !== null) nearest = Math.max(nearest, NEARNESS.indexOf(outcome))
  return NEARNESS[nearest] ?? 'NOT_IN_SCOPE'
}
