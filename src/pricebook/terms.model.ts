import { instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain } from '../kernel/text.ts'
import type { RuleTerms } from '../pricing/rule.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import type { Tier } from '../tiers/tier.model.ts'
import { bad, firstOf, type Optional, wordFault } from './checks.model.ts'
import { scheduleFault, tidySchedule, type WantedSchedule } from './schedule.model.ts'
import { scopeFault, tidyScope, type WantedScope } from './scope.model.ts'

/** What every rule is asked to say of itself, before it is checked. */
export type WantedTerms = {
  readonly code: string
  readonly name: string
  readonly priority?: Optional<number>
  readonly audience?: Optional<string>
  readonly scope?: Optional<WantedScope>
  readonly schedule?: Optional<WantedSchedule>
  readonly validFrom?: Optional<Date>
  readonly validUntil?: Optional<Date>
}

/** The tier of a code; undefined when the shop has none of that code. */
export type TierOf = (code: string) => Tier | undefined

export function tiersByCode(tiers: readonly Tier[]): TierOf {
  const byCode = new Map(tiers.map((tier) => [tier.code, tier]))
  return (code) => byCode.get(code)
}

const LONGEST_NAME = 200

/** The part that ladders and offers have in common, or the first thing that is wrong with it. */
export function readTerms(wanted: WantedTerms): Result<RuleTerms, Problem> {
  const fault = firstOf(
    codeFault(wanted.code),
    wordFault(wanted.name, LONGEST_NAME, 'name'),
    audienceFault(blankAsNull(wanted.audience)),
    scopeFault(wanted.scope),
    scheduleFault(wanted.schedule),
    windowFault(wanted),
  )
  if (fault !== null) return refuse(fault)
  return accept({
    code: wanted.code,
    name: wanted.name,
    priority: wanted.priority ?? 0,
    audience: blankAsNull(wanted.audience),
    scope: tidyScope(wanted.scope),
    schedule: tidySchedule(wanted.schedule),
    validFrom: wanted.validFrom == null ? null : instant(wanted.validFrom),
    validUntil: wanted.validUntil == null ? null : instant(wanted.validUntil),
  })
}

const LONGEST_CODE = 100

/** Shoppers type codes, in any script: what they cannot see, or would not think to type, is in none. */
export const isRuleCode = (code: string): boolean =>
  code.length >= 1 && code.length <= LONGEST_CODE && code.trim() === code && isPlain(code) && !/[\p{Cf}\p{Zl}\p{Zp}]/u.test(code)

const codeFault = (code: string): Problem | null =>
  isRuleCode(code) ? null : bad(`code must have 1 to ${LONGEST_CODE} characters that can be seen, without blanks at its ends.`, 'code')

export const blankAsNull = (text: Optional<string>): string | null => (text == null || text.trim() === '' ? null : text)

function audienceFault(audience: string | null): Problem | null {
  if (audience === null) return null
  // Whether there are the segments that it names is asked when it is saved, by who can see them.
  const query = readQuery(audience, ['audience'], 'AUDIENCE', ANY_SEGMENT)
  return query.ok ? null : query.problem
}

const windowFault = ({ validFrom, validUntil }: WantedTerms): Problem | null =>
  validFrom != null && validUntil != null && validFrom >= validUntil ? bad('validUntil must be after validFrom.', 'validUntil') : null

export function tierFault(code: Optional<string>, field: string, tierOf: TierOf): Problem | null {
  if (code === null || code === undefined || tierOf(code) !== undefined) return null
  return problem('UNKNOWN_TIER', `There is no tier "${code}".`, [field])
}
