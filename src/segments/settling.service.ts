import { CUSTOMERS } from '../customers/customer.topic.ts'
import { changedCustomers } from '../customers/customer-change.service.ts'
import { accept } from '../kernel/result.ts'
import type { Segments } from '../query/segment.ts'
import { knownSegments } from '../query/segments.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { forget } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { conditionOf } from './customer-query.service.ts'
import { holdSettling, isUnsettled, markRefreshed, placesOf, placesWritten, writeMembers, writeMoves } from './membership.store.ts'
import { movesBetween } from './moves.rules.ts'
import { packsOf } from './packs.rules.ts'
import type { Place, Segment } from './segment.model.ts'
import { allSegments } from './segment.store.ts'
import type { TagRule } from './tag-rule.model.ts'
import { inOrder } from './tag-rule.rules.ts'
import { allTagRules, markApplied, wearByRule } from './tag-rule.store.ts'

// Tags by rule first, each after those whose tags it asks for; then who is in which segment. So once is enough, and
// whoever changed is looked at in every rule and segment, since any of them may have let go of them.

/** Follows what changed since this was last done: customers, segments, rules for tags. What was noted is taken in the same transaction. */
export async function settleChanges(world: World): Promise<void> {
  if (!(await isUnsettled(world))) return
  await transact(world, async (tx) => {
    await holdSettling(tx)
    const changed = await changedCustomers(tx)
    const [rules, segments] = [await allTagRules(tx), await allSegments(tx)]
    const dueRules = rules.filter(({ appliedAt }) => appliedAt === null)
    const dueSegments = segments.filter(({ refreshedAt }) => refreshedAt === null)
    // Who wears another tag by a new rule may be in other segments: then everybody is looked at.
    if (changed === 'ALL' || dueRules.length > 0) await settle(tx, rules, segments, segments, 'ALL')
    else {
      if (changed.length > 0) await settle(tx, rules, segments, segments, changed)
      if (dueSegments.length > 0) await settle(tx, [], segments, dueSegments, 'ALL')
    }
    return accept(null)
  })
}

/** The same of everybody, because time has passed; how many wear other tags than before is the answer. */
export function settleEverybody(world: World): Promise<number> {
  return settled(world, async (tx) => {
    await changedCustomers(tx)
    const segments = await allSegments(tx)
    return settle(tx, await allTagRules(tx), segments, segments, 'ALL')
  })
}

/** The same of one segment alone. */
export const settleSegment = (world: World, code: string): Promise<number> =>
  settled(world, async (tx) => {
    const segments = await allSegments(tx)
    const wanted = segments.filter((segment) => segment.code === code)
    return settle(tx, [], segments, wanted, 'ALL')
  })

async function settled(world: World, act: (tx: World) => Promise<number>): Promise<number> {
  const done = await transact<number, never>(world, async (tx) => {
    await holdSettling(tx)
    return accept(await act(tx))
  })
  return done.ok ? done.value : 0
}

async function settle(
  world: World,
  rules: readonly TagRule[],
  all: readonly Segment[],
  wanted: readonly Segment[],
  who: readonly string[] | 'ALL',
): Promise<number> {
  const known = knownSegments(all)
  const retagged = await applyRules(world, rules, known, who)
  if (who === 'ALL') {
    for (const segment of wanted) await writeMembers(world, segment, await conditionOf(world, queryOfSegment(known, segment)))
    await markRefreshed(
      world,
      wanted.map(({ id }) => id),
    )
    if (rules.length > 0) await markApplied(world)
  } else await moveSome(world, known, wanted, who)
  return retagged
}

function queryOfSegment(known: Segments, { code }: Segment): CustomerQuery {
  const query = known.find(code)
  if (!query?.ok) throw new Error(`segment ${code} cannot be read`)
  return query.query
}

/** Where some customers are now, in all segments at once, against where they were. */
async function moveSome(world: World, known: Segments, segments: readonly Segment[], customerIds: readonly string[]): Promise<void> {
  const ids = new Map(segments.map((segment) => [queryOfSegment(known, segment), segment.id]))
  const now: Place[] = []
  for (const pack of packsOf([...ids.keys()])) {
    const asked = pack.map(async (query) => ({ id: ids.get(query) ?? '', condition: await conditionOf(world, query, { ofFew: true }) }))
    now.push(...(await placesOf(world, await Promise.all(asked), customerIds)))
  }
  await writeMoves(world, movesBetween(await placesWritten(world, customerIds), now, segments))
}

async function applyRules(world: World, rules: readonly TagRule[], known: Segments, who: readonly string[] | 'ALL'): Promise<number> {
  const order = inOrder(rules, known)
  if (!order.ok) throw new Error(`the rules for tags cannot be read: ${order.problem.message}`)
  const others = new Set<string>()
  for (const { rule, query } of order.value) {
    const changed = await wearByRule(world, rule, await conditionOf(world, query, { ofFew: who !== 'ALL' }), who)
    for (const id of changed) others.add(id)
  }
  // Not noted down: who follows customers is here already.
  if (others.size > 0) forget(world, CUSTOMERS, [...others])
  return others.size
}
