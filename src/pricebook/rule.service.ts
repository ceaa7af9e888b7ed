import { trace } from '../audit/audit.service.ts'
import type { Id } from '../kernel/id.ts'
import { type Page, page, type PageRequest } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, refuse, type Result } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBook, renewBook } from '../shops/shop.service.ts'
import { codeKey, type PublishWarning, type Rule, type RuleKind, type RuleStatus, type Terms } from './rule.model.ts'
import { draftOf, publishable, retirable, warningsOf } from './rule.rules.ts'
import { countRules, findRuleNamingTier, findRules, listRules, putInForce, removeDraft, takeOutOfForce, writeDraft } from './rule.store.ts'

export type Published = { readonly bookVersion: number; readonly warnings: readonly PublishWarning[] }

/** Creates or replaces the draft under the terms' code; what is published stays until the draft is. */
export function saveDraft(world: World, action: string, terms: Terms, expectedVersion: number | null): Promise<Result<Rule, Problem>> {
  return transact(world, async (tx) => {
    await holdBook(tx)
    const found = await findRule(tx, terms.code)
    const decision = draftOf(found, terms, expectedVersion, newId() as Id<'Rule'>)
    if (!decision.ok) return decision
    const { rule, draft } = decision.value
    await writeDraft(tx, rule, draft)
    await trace(tx, { action, target: targetOf(rule), before: found?.draft?.terms ?? found?.published?.terms, after: draft.terms })
    return accept({ ...rule, draft, status: rule.status === 'RETIRED' ? 'DRAFT' : rule.status, lastVersion: draft.version })
  })
}

export function deleteDraft(world: World, code: string): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    await holdBook(tx)
    const rule = await findRule(tx, code)
    if (!rule?.draft) return refuse(problem('NOT_FOUND', `There is no draft of "${code}".`, ['code']))
    await removeDraft(tx, rule)
    await trace(tx, { action: 'deleteDraft', target: targetOf(rule), before: rule.draft.terms })
    return accept(true)
  })
}

/** Drafts, ladders and offers alike, go into force in one step: all or none. */
export function publish(world: World, codes: readonly string[]): Promise<Result<Published, Problem>> {
  return transact(world, async (tx) => {
    const bookVersion = await renewBook(tx)
    const decision = publishable(await findRules(tx, codes), codes)
    if (!decision.ok) return decision
    await putInForce(tx, decision.value)
    for (const rule of decision.value)
      await trace(tx, { action: 'publish', target: targetOf(rule), before: rule.published?.terms, after: rule.draft?.terms })
    return accept({ bookVersion, warnings: warningsOf(decision.value, tx.now) })
  })
}

export function retire(world: World, codes: readonly string[]): Promise<Result<Published, Problem>> {
  return transact(world, async (tx) => {
    const bookVersion = await renewBook(tx)
    const decision = retirable(await findRules(tx, codes), codes)
    if (!decision.ok) return decision
    await takeOutOfForce(tx, decision.value)
    for (const rule of decision.value) await trace(tx, { action: 'retire', target: targetOf(rule), before: rule.published?.terms })
    return accept({ bookVersion, warnings: [] })
  })
}

export async function findRule(world: World, code: string): Promise<Rule | null> {
  return (await findRules(world, [code]))[0] ?? null
}

export const rulesByCode = (world: World, codes: readonly string[]): Promise<Rule[]> => findRules(world, codes)

/** In the order of their codes. */
export async function pageOfRules(world: World, kind: RuleKind, status: RuleStatus | null, request: PageRequest): Promise<Page<Rule>> {
  return page(await listRules(world, kind, status, request), request, (rule) => codeKey(rule.code))
}

export const numberOfRules = (world: World, kind: RuleKind, status: RuleStatus | null): Promise<number> => countRules(world, kind, status)

/** The code of a rule, drafted or in force, that names a tier. */
export const ruleNamingTier = (world: World, tierCode: string): Promise<string | null> => findRuleNamingTier(world, tierCode)

const targetOf = (rule: Rule) => `${rule.kind.toLowerCase()}/${rule.code}`
