import type { Id } from '../kernel/id.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { addTags, removeTags } from './customer-file.store.ts'
import { decideRetagging } from './tag.rules.ts'

/** Adds and removes tags of customers whom the caller holds, in two statements; those who have other tags now are the answer. */
export async function retagCustomers(
  world: World,
  ids: readonly Id<'Customer'>[],
  add: readonly string[],
  remove: readonly string[],
): Promise<Result<readonly Id<'Customer'>[], Problem>> {
  const decision = decideRetagging(add, remove)
  if (!decision.ok) return decision
  const coming = decision.value.add.flatMap((tag) => ids.map((customerId) => ({ customerId, tag })))
  const added = await addTags(world, coming)
  const removed = await removeTags(
    world,
    ids,
    decision.value.remove.map(({ key }) => key),
  )
  const others = [...new Set([...added, ...removed])]
  changed(world, CUSTOMERS, others)
  return accept(others)
}
