import type { Id } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { codeKey, type DraftedRule, type Rule, type RuleVersion, type Terms, UNPUBLISHED } from './rule.model.ts'

/** The rule as it is with a new draft: `found` is what stands under the code now. */
export function withDraft(
  found: Rule | null,
  terms: Terms,
  expectedVersion: number | null,
  newId: Id<'Rule'>,
): Result<DraftedRule, Problem> {
  const level = terms.kind === 'OFFER' ? terms.level : null
  const fault = found && takenBy(found, terms.kind, level)
  if (fault) return refuse(fault)
  const edited = found?.draft ?? found?.published ?? null
  if (expectedVersion !== null && edited?.version !== expectedVersion) return refuse(overtaken(edited))
  const rule: Rule = found ?? { ...NOTHING_YET, id: newId, kind: terms.kind, code: terms.code }
  const lastVersion = rule.lastVersion + 1
  // The code keeps the case it was made with: shoppers and plugins have it on paper.
  return accept({ ...rule, level, lastVersion, draft: { version: lastVersion, terms: { ...terms, code: rule.code }, ...UNPUBLISHED } })
}

const NOTHING_YET = { level: null, status: 'DRAFT', draft: null, published: null, wasPublished: false, lastVersion: 0 } as const

/** Why the code is not free for this: it is one over ladders and offers, and what it took belongs to one level. */
function takenBy(found: Rule, kind: Rule['kind'], level: Rule['level']): Problem | null {
  if (found.kind !== kind)
    return problem('CODE_TAKEN', `"${found.code}" is the code of ${found.kind === 'LADDER' ? 'a ladder' : 'an offer'}: choose another.`, [
      'input',
      'code',
    ])
  if (found.level !== level && found.wasPublished)
    return problem('CONFLICT', `Offer "${found.code}" was published with level ${found.level} and keeps it: make another offer.`, [
      'input',
      'level',
    ])
  return null
}

export const takenByCoupon = (code: string): Problem =>
  problem('CODE_TAKEN', `"${code}" is the code of a coupon: choose another.`, ['input', 'code'])

/** Why an offer cannot be without the campaign that it was published for: those of its control group would have it from then on. */
export function campaignLeft(terms: Terms, was: string | null): Problem | null {
  if (was === null || terms.kind !== 'OFFER' || terms.campaign === was) return null
  return problem(
    'CONFLICT',
    `Offer "${terms.code}" was published for campaign "${was}" and stays with it, or its control group would get it: make another offer.`,
    ['input', 'campaign'],
  )
}

const overtaken = (edited: RuleVersion | null): Problem =>
  problem(
    'CONFLICT',
    edited
      ? `Version ${edited.version} is what stands now: load that and edit it.`
      : 'There is nothing to edit under this code any more: save without expectedVersion to begin anew.',
    ['expectedVersion'],
    { currentVersion: edited?.version ?? null },
  )

export function publishable(found: readonly Rule[], codes: readonly string[]): Result<readonly Rule[], Problem> {
  return chosen(found, codes, (rule) =>
    rule.draft === null ? `There is no draft of "${rule.code}" to publish: save one first. What waits for its instant is no draft.` : null,
  )
}

export function retirable(found: readonly Rule[], codes: readonly string[]): Result<readonly Rule[], Problem> {
  return chosen(found, codes, (rule) => (rule.published === null ? `"${rule.code}" is not published.` : null))
}

const MOST_CODES = 1_000

/** The rules that were named, all of them or none. */
function chosen(
  found: readonly Rule[],
  codes: readonly string[],
  objection: (rule: Rule) => string | null,
): Result<readonly Rule[], Problem> {
  if (codes.length === 0) return refuse(problem('BAD_USER_INPUT', 'Name at least one code.', ['codes']))
  if (codes.length > MOST_CODES) return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_CODES} codes at once.`, ['codes']))
  const byKey = new Map(found.map((rule) => [codeKey(rule.code), rule]))
  for (const [i, code] of codes.entries()) {
    const rule = byKey.get(codeKey(code))
    if (rule === undefined) return refuse(problem('NOT_FOUND', `There is no rule "${code}".`, ['codes', i]))
    const reason = objection(rule)
    if (reason !== null) return refuse(problem('CONFLICT', reason, ['codes', i]))
  }
  return accept(found)
}
