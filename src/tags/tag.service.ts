import { traceAll } from '../audit/audit.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { holdCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import { retagCustomers } from '../customers/tag.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import type { UsedTag } from './tag.model.ts'
import { countTags, listTags } from './tag.store.ts'

const MAX_CUSTOMERS = 500

/** Adds and removes tags of customers, all of them or none. How many have other tags than before is the answer. */
export function tagCustomers(
  world: World,
  refs: readonly CustomerRef[],
  add: readonly string[],
  remove: readonly string[],
): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    if (refs.length > MAX_CUSTOMERS)
      return refuse(problem('TOO_MANY_ITEMS', `At most ${MAX_CUSTOMERS} customers a call; these are ${refs.length}.`, ['customers']))
    const held = await holdCustomerIds(tx, refs)
    for (const [i, ref] of refs.entries()) if (!held[i]) return refuse(within(unknownCustomer(ref), 'customers', i))
    const retagged = await retagCustomers(tx, [...new Set(held.filter((id) => id !== null))], add, remove)
    if (!retagged.ok) return retagged
    const after = { add, remove }
    const traces = retagged.value.map((id) => ({ action: 'tagCustomers', target: `customer/${id}`, after }))
    await traceAll(tx, traces.length > 0 ? traces : [{ action: 'tagCustomers', after: { ...after, changed: 0 } }])
    return accept(retagged.value.length)
  })
}

/** In the order of the alphabet. */
export async function pageOfTags(world: World, request: PageRequest): Promise<Page<UsedTag>> {
  return page(await listTags(world, request), request, (tag) => tag.key)
}

export const numberOfTags = (world: World): Promise<number> => countTags(world)
