import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, refuse, type Result } from '../kernel/result.ts'
import { codeKey, type PublishWarning, type Rule, type RuleVersion, type Terms } from './rule.model.ts'

/** The rule with its new draft: `found` is what stands under the code now. */
export function draftOf(found: Rule | null, terms: Terms, expectedVersion: number | null, newId: Id<'Rule'>): Result<{ rule: Rule; draft: RuleVersion }, Problem> {
  if (found && found.kind !== terms.kind)
    return refuse(problem('CODE_TAKEN', `"${found.code}" is the code of ${found.kind === 'LADDER' ? 'a ladder' : 'an offer'}: choose another.`, ['input', 'code']))
  const before = found?.published?.terms ?? found?.draft?.terms
  if (before?.kind === 'OFFER' && terms.kind === 'OFFER' && before.level !== terms.level)
    return refuse(problem('CONFLICT', `Offer "${terms.code}" is of level ${before.level} and stays so: make another one.`, ['input', 'level']))
  const current = found ? (found.draft ?? found.published) : null
  if (expectedVersion !== null && current?.version !== expectedVersion)
    return refuse(
      problem('CONFLICT', current ? `Somebody saved version ${current.version} meanwhile: load it and edit that.` : 'There is nothing to edit under this code any more.', ['expectedVersion'], {
        currentVersion: current?.version ?? null,
      }),
    )
  const rule: Rule = found ?? { id: newId, kind: terms.kind, code: terms.code, status: 'DRAFT', draft: null, published: null, lastVersion: 0 }
  // The code keeps the case it was made with: shoppers and plugins have it on paper.
  return accept({ rule, draft: { version: rule.lastVersion + 1, terms: { ...terms, code: rule.code }, publishedAt: null } })
}

export function publishable(found: readonly Rule[], codes: readonly string[]): Result<readonly Rule[], Problem> {
  return chosen(found, codes, (rule) => (rule.draft === null ? `There is no draft of "${rule.code}" to publish.` : null))
}

export function retirable(found: readonly Rule[], codes: readonly string[]): Result<readonly Rule[], Problem> {
  return chosen(found, codes, (rule) => (rule.published === null ? `"${rule.code}" is not published.` : null))
}

function chosen(found: readonly Rule[], codes: readonly string[], objection: (rule: Rule) => string | null): Result<readonly Rule[], Problem> {
  if (codes.length === 0) return refuse(problem('BAD_USER_INPUT', 'Name at least one code.', ['codes']))
  if (codes.length > 1_000) return refuse(problem('TOO_MANY_ITEMS', 'At most 1000 codes at once.', ['codes']))
  const byKey = new Map(found.map((rule) => [codeKey(rule.code), rule]))
  for (const [i, code] of codes.entries()) {
    const rule = byKey.get(codeKey(code))
    if (rule === undefined) return refuse(problem('NOT_FOUND', `There is no rule "${code}".`, ['codes', i]))
    const reason = objection(rule)
    if (reason !== null) return refuse(problem('CONFLICT', reason, ['codes', i]))
  }
  return accept(found)
}

/** What staff should look at in drafts that are being published; nothing here stops them. */
export const warningsOf = (rules: readonly Rule[], now: Instant): PublishWarning[] =>
  rules.flatMap(({ code, draft }) =>
    draft?.terms.validUntil != null && draft.terms.validUntil <= now
      ? [{ ruleCode: code, kind: 'NEVER_APPLIES', message: `"${code}" ended at ${new Date(draft.terms.validUntil).toISOString()}: it can never apply.` }]
      : [],
  )
