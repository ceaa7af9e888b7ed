import { trace, traceAll } from '../audit/audit.service.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { HeldQuery } from '../segments/segment.model.ts'
import { understand } from '../segments/segment.service.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBook, renewBook } from '../shops/shop.service.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import { holdSettledBook } from './publication.service.ts'
import { codeKey, type PublishWarning, type Rule, type RuleKind, type RuleOf, type RuleStatus, type Terms } from './rule.model.ts'
import { campaignLeft, publishable, retirable, takenByCoupon, withDraft } from './rule.rules.ts'
import {
  campaignOnceOf,
  countRules,
  findAudiences,
  findRuleNamingTier,
  findRules,
  isCouponCode,
  listRules,
  putInForce,
  removeDraft,
  takeOutOfForce,
  writeDraft,
} from './rule.store.ts'
import { isRuleCode, type TierOf, tiersByCode } from './terms.model.ts'
import { faultsOf } from './warning.rules.ts'

/** `rules` as they stood before: of those published their drafts are what is in force now. */
export type Published = { readonly bookVersion: number; readonly rules: readonly Rule[] }

/**
 * Creates or replaces the draft under a code; what is published stays until the draft is. `read` checks what is wanted
 * while the shop's book is held: no tier that it names can go meanwhile.
 */
export function saveDraft<K extends RuleKind>(
  world: World,
  action: string,
  read: (tierOf: TierOf) => Result<Extract<Terms, { kind: K }>, Problem>,
  expectedVersion: number | null,
): Promise<Result<RuleOf<K>, Problem>> {
  return transact(world, async (tx) => {
    await holdBook(tx)
    const terms = read(tiersByCode(await currentTiers(tx)))
    if (!terms.ok) return refuse(within(terms.problem, 'input'))
    const audience = await understand(tx, terms.value.audience, ['input', 'audience'])
    if (!audience.ok) return audience
    const found = await findRule(tx, terms.value.code)
    if (found === null && (await isCouponCode(tx, terms.value.code))) return refuse(takenByCoupon(terms.value.code))
    const decision = withDraft(found, terms.value, expectedVersion, newId() as Id<'Rule'>)
    if (!decision.ok) return decision
    const fault = campaignLeft(terms.value, found && (await campaignOnceOf(tx, found.id)))
    if (fault !== null) return refuse(fault)
    await writeDraft(tx, decision.value)
    await trace(tx, {
      action,
      target: targetOf(decision.value),
      before: (found?.draft ?? found?.published)?.terms,
      after: decision.value.draft.terms,
    })
    const saved = await findRuleOf(tx, terms.value.kind as K, terms.value.code)
    if (saved === null) throw new Error(`"${terms.value.code}" was saved and is not there`)
    return accept(saved)
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
    await holdSettledBook(tx)
    const book = await renewBook(tx)
    const decision = publishable(await rulesByCode(tx, codes), codes)
    if (!decision.ok) return decision
    const rules = decision.value
    await putInForce(tx, rules, book)
    await traceAll(
      tx,
      rules.map((rule) => ({ action: 'publish', target: targetOf(rule), before: rule.published?.terms, after: rule.draft?.terms })),
    )
    return accept({ bookVersion: book.version, rules })
  })
}

/** Takes published rules out of force, all or none; drafts of them stay. */
export function retire(world: World, codes: readonly string[]): Promise<Result<Published, Problem>> {
  return transact(world, async (tx) => {
    await holdSettledBook(tx)
    const book = await renewBook(tx)
    const decision = retirable(await rulesByCode(tx, codes), codes)
    if (!decision.ok) return decision
    await takeOutOfForce(tx, decision.value, book)
    await traceAll(
      tx,
      decision.value.map((rule) => ({ action: 'retire', target: targetOf(rule), before: rule.published?.terms })),
    )
    return accept({ bookVersion: book.version, rules: decision.value })
  })
}

async function findRule(world: World, code: string): Promise<Rule | null> {
  return (await rulesByCode(world, [code]))[0] ?? null
}

/** The ladder, or the offer, of a code; null when there is none of that kind. */
export async function findRuleOf<K extends RuleKind>(world: World, kind: K, code: string): Promise<RuleOf<K> | null> {
  const rule = await findRule(world, code)
  return rule !== null && isOf(rule, kind) ? rule : null
}

/** In the order of their codes; what is not there is left out. */
export const rulesByCode = (world: World, codes: readonly string[]): Promise<Rule[]> => findRules(world, codes.filter(isRuleCode))

/** In the order of their codes. */
export async function pageOfRules<K extends RuleKind>(
  world: World,
  kind: K,
  status: RuleStatus | null,
  request: PageRequest,
): Promise<Page<RuleOf<K>>> {
  const rules = await listRules(world, kind, status, request)
  return page<RuleOf<K>>(
    rules.filter((rule) => isOf(rule, kind)),
    request,
    (rule) => codeKey(rule.code),
  )
}

export const numberOfRules = (world: World, kind: RuleKind, status: RuleStatus | null): Promise<number> => countRules(world, kind, status)

/** The drafts of these codes, as `publish` would take them: all, or the first that cannot be had. */
export const draftsOf = async (world: World, codes: readonly string[]): Promise<Result<readonly Rule[], Problem>> =>
  publishable(await rulesByCode(world, codes), codes)

/** What staff should look at in terms by themselves; more is known further down the street (src/foresight). */
export const warningsOfTerms = (terms: Terms, now: Instant): Omit<PublishWarning, 'ruleCode'>[] => faultsOf(terms, now)

/** The code of a rule, drafted, set for an instant or in force, that names a tier. */
export const ruleNamingTier = (world: World, tierCode: string): Promise<string | null> => findRuleNamingTier(world, tierCode)

/** The audiences of rules, drafted or in force, that may name segments. */
export async function queriesOfRules(world: World): Promise<readonly HeldQuery[]> {
  const found = await findAudiences(world, 'in_segment')
  return found.map(({ kind, code, audience }) => ({ what: `${kind.toLowerCase()} "${code}"`, query: audience, place: 'AUDIENCE' }))
}

const isOf = <K extends RuleKind>(rule: Rule, kind: K): rule is Rule & RuleOf<K> => rule.kind === kind

const targetOf = (rule: Rule) => `${rule.kind.toLowerCase()}/${rule.code}`
