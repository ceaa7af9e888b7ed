import { trace } from '../audit/audit.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import { problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { tagKey } from '../query/facts.ts'
import { changed, wake } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBook } from '../shops/shop.service.ts'
import { holdSettling } from './membership.store.ts'
import { shopSegments } from './segment.service.ts'
import { settleEverybody } from './settling.service.ts'
import type { TagRule, WantedTagRule } from './tag-rule.model.ts'
import { decideTagRule, tierCircle } from './tag-rule.rules.ts'
import {
  allTagRules,
  countByRule,
  countTagRules,
  dropRuleTag,
  listTagRules,
  removeTagRule,
  tierConditions,
  writeTagRule,
} from './tag-rule.store.ts'

/** Creates the rule of this tag, or replaces it. Who wears the tag follows once this is committed. */
export function saveTagRule(world: World, wanted: WantedTagRule): Promise<Result<TagRule, Problem>> {
  return transact(world, async (tx) => {
    // Segments that it names cannot go meanwhile, and no other rule can close a circle with it.
    await holdSettling(tx)
    await holdBook(tx)
    const saved = await allTagRules(tx)
    const segments = await shopSegments(tx)
    const decision = decideTagRule(saved, wanted, segments, tx.now)
    if (!decision.ok) return decision
    const rule = decision.value
    const circle = tierCircle([...saved.filter(({ key }) => key !== rule.key), rule], await tierConditions(tx), segments)
    if (circle !== null) return refuse(circle)
    await writeTagRule(tx, rule)
    const before = saved.find(({ key }) => key === rule.key)
    await trace(tx, { action: 'saveTagRule', target: `tagRule/${rule.tag}`, before, after: rule })
    wake(tx, CUSTOMERS)
    return accept(before === undefined ? rule : { ...rule, tag: before.tag })
  })
}

/** Why tiers may not ask this of customers, beside the rules for tags as they are; null: they may. Who calls it holds the book. */
export const whyNotOfTiers = async (world: World, conditions: readonly string[]): Promise<Problem | null> =>
  tierCircle(await allTagRules(world), conditions, await shopSegments(world))

/** The tag goes with its rule from everybody on whom nobody put it by hand. */
export function deleteTagRule(world: World, tag: string): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    await holdSettling(tx)
    await holdBook(tx)
    const rule = (await allTagRules(tx)).find(({ key }) => key === tagKey(tag.trim()))
    if (rule === undefined) return refuse(problem('NOT_FOUND', `There is no rule for the tag "${tag}".`, ['tag']))
    await removeTagRule(tx, rule.key)
    changed(tx, CUSTOMERS, await dropRuleTag(tx, rule.key))
    await trace(tx, { action: 'deleteTagRule', target: `tagRule/${rule.tag}`, before: rule })
    return accept(true)
  })
}

/** Applies every rule to everybody now; how many wear other tags than before is the answer. */
export function applyTagRules(world: World): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const retagged = await settleEverybody(tx)
    await trace(tx, { action: 'applyTagRules', after: { retagged } })
    return accept(retagged)
  })
}

/** In the order of the alphabet. */
export async function pageOfTagRules(world: World, request: PageRequest): Promise<Page<TagRule>> {
  return page(await listTagRules(world, request), request, ({ key }) => key)
}

export const numberOfTagRules = (world: World): Promise<number> => countTagRules(world)

/** On how many customers each tag is held by its rule, in the order of the tags. */
export async function wearersOf(world: World, tags: readonly string[]): Promise<number[]> {
  const keys = tags.map(tagKey)
  const counts = await countByRule(world, keys)
  return keys.map((key) => counts.get(key) ?? 0)
}
