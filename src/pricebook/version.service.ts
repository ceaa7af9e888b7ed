import { trace } from '../audit/audit.service.ts'
import type { Id } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { understand } from '../segments/segment.service.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBook } from '../shops/shop.service.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import type { RuleKind, RuleVersion, Terms } from './rule.model.ts'
import { withDraft } from './rule.rules.ts'
import { findRules, writeDraft } from './rule.store.ts'
import { isRuleCode, type TierOf, tiersByCode } from './terms.model.ts'
import { changesBetween, restorable, type VersionChange } from './version.rules.ts'
import { countVersionRows, findVersionRow, listVersionRows } from './version.store.ts'

type TermsOf<K extends RuleKind> = Extract<Terms, { readonly kind: K }>

/** The versions of each of these rules, all of one kind, the newest first, in the order of the rules. */
export async function versionsOfRules<K extends RuleKind>(
  world: World,
  kind: K,
  ruleIds: readonly string[],
  request: PageRequest,
): Promise<Page<RuleVersion<TermsOf<K>>>[]> {
  const versions = await listVersionRows(world, ruleIds, request)
  return ruleIds.map((id) =>
    page(
      (versions.get(id) ?? []).filter((version) => isOf(version, kind)),
      request,
      ({ version }) => String(version),
    ),
  )
}

/** Whether a text is the number of a version: what cursors of their lists hold. */
export const isVersionKey = (text: string): boolean => /^\d{1,9}$/.test(text)

export async function numbersOfVersions(world: World, ruleIds: readonly string[]): Promise<number[]> {
  const numbers = await countVersionRows(world, ruleIds)
  return ruleIds.map((id) => numbers.get(id) ?? 0)
}

/** The programme that versions name tiers of, read once for all who ask. */
export async function tiersForAll(keys: readonly string[], world: World): Promise<TierOf[]> {
  const tierOf = tiersByCode(await currentTiers(world))
  return keys.map(() => tierOf)
}

/** One version of a ladder or an offer; null when there is none. */
export async function findVersion<K extends RuleKind>(
  world: World,
  kind: K,
  code: string,
  version: number,
): Promise<RuleVersion<TermsOf<K>> | null> {
  const found = isRuleCode(code) ? await findVersionRow(world, kind, code, version) : null
  return found !== null && isOf(found, kind) ? found : null
}

const isOf = <K extends RuleKind>(version: RuleVersion, kind: K): version is RuleVersion & RuleVersion<TermsOf<K>> =>
  version.terms.kind === kind

/** What two versions of a rule say differently. */
export async function compareVersions(
  world: World,
  code: string,
  from: number,
  to: number,
): Promise<Result<readonly VersionChange[], Problem>> {
  const before = await getVersion(world, code, from, 'from')
  if (!before.ok) return before
  const after = await getVersion(world, code, to, 'to')
  return after.ok ? accept(changesBetween(before.value.terms, after.value.terms)) : after
}

/**
 * Makes what a version says the draft again, to be edited and published as any other; what is published stays until it is.
 * The number of the draft is the answer.
 */
export function restoreVersion(
  world: World,
  code: string,
  version: number,
  expectedVersion: number | null,
): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    await holdBook(tx)
    const old = await getVersion(tx, code, version, 'version')
    if (!old.ok) return old
    const terms = restorable(old.value, tiersByCode(await currentTiers(tx)))
    if (!terms.ok) return terms
    // A segment that it names may be gone since.
    const audience = await understand(tx, terms.value.audience, ['version'])
    if (!audience.ok) return audience
    const [found = null] = await findRules(tx, [code])
    const decision = withDraft(found, terms.value, expectedVersion, newId() as Id<'Rule'>)
    if (!decision.ok) return decision
    await writeDraft(tx, decision.value)
    await trace(tx, {
      action: 'restoreVersion',
      target: `${decision.value.kind.toLowerCase()}/${decision.value.code}`,
      before: found?.draft?.terms,
      after: { restored: version, ...terms.value },
    })
    return accept(decision.value.draft.version)
  })
}

async function getVersion(world: World, code: string, version: number, argument: string): Promise<Result<RuleVersion, Problem>> {
  const found = isRuleCode(code) ? await findVersionRow(world, null, code, version) : null
  return found === null ? refuse(problem('NOT_FOUND', `There is no version ${version} of "${code}".`, [argument])) : accept(found)
}
