import { traceAll } from '../audit/audit.service.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { Customer, CustomerRef } from './customer.model.ts'
import { customersByIds, findPersons, renamed, unknownCustomer } from './customer.service.ts'
import { findIdentities, findMergedInto, holdCustomers, holdNames } from './customer.store.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { type Names, withVerification } from './customer-file.rules.ts'
import { addIdentities, addTags, findTags, removeIdentities, removeTags, writeCustomers } from './customer-file.store.ts'
import { externalIdOf, nameKey } from './identity.rules.ts'
import type { Belongings, Merge, Taken } from './merge.model.ts'
import { checkReason, decideMerge, decideUnmerge, fillFrom, unfill } from './merge.rules.ts'
import { findOpenMerges, holdMerge, insertMerge, lead, markUndone, moveConsents, returnConsents, unlead } from './merge.store.ts'

/**
 * Makes `from` part of `into`: all that names `from` names `into`; identities, tags and consents come along, and what
 * later domains keep of them (`belongings`). What `into` does not know is filled in. Everything taken is remembered.
 */
export function mergeCustomers(
  world: World,
  refs: { readonly from: CustomerRef; readonly into: CustomerRef },
  reason: string,
  belongings: readonly Belongings[],
): Promise<Result<Customer, Problem>> {
  return transact(world, async (tx) => {
    const fault = checkReason(reason)
    if (fault !== null) return refuse(fault)
    const pair = await findPair(tx, refs)
    if (!pair.ok) return pair
    for (const belonging of belongings) await belonging.hold(tx)
    const [from, into] = await holdPair(tx, ...pair.value)
    const decision = decideMerge(from, into)
    if (!decision.ok) return decision
    const { customer, taken } = await take(tx, from, into, belongings)
    await insertMerge(tx, from.id, into.id, reason, taken)
    await conclude(tx, 'mergeCustomers', from, into, belongings, reason)
    return accept(customer)
  })
}

/** Gives back what the merge of this customer took, as far as it is still there. What came since stays. */
export function unmergeCustomer(world: World, fromId: string, belongings: readonly Belongings[]): Promise<Result<Customer, Problem>> {
  return transact(world, async (tx) => {
    const ref: CustomerRef = { by: 'id', value: fromId }
    const [person] = await findPersons(tx, [ref])
    if (!person) return refuse(within(unknownCustomer(ref), 'from'))
    for (const belonging of belongings) await belonging.hold(tx)
    const [from, into] = await holdPair(tx, person.id, person.mergedInto ?? person.id)
    const decision = decideUnmerge(from, await holdMerge(tx, from.id))
    if (!decision.ok) return decision
    const customer = await giveBack(tx, from, into, decision.value.taken, belongings)
    await markUndone(tx, decision.value)
    await conclude(tx, 'unmergeCustomer', from, into, belongings, decision.value.reason)
    return accept(customer)
  })
}

export type MergedCustomer = { readonly customer: Customer; readonly merge: Merge }

/** Who was merged into each customer and can be given back now, the first merged first, in the order of the ids. */
export async function mergedInto(world: World, ids: readonly string[]): Promise<MergedCustomer[][]> {
  const merges = await findOpenMerges(world, ids)
  const found = await customersByIds(
    world,
    merges.map(({ fromId }) => fromId),
  )
  const merged = merges.flatMap((merge) => found.filter(({ id }) => id === merge.fromId).map((customer) => ({ customer, merge })))
  return ids.map((id) => merged.filter(({ merge }) => merge.intoId === id))
}

async function findPair(
  world: World,
  refs: { readonly from: CustomerRef; readonly into: CustomerRef },
): Promise<Result<[Id<'Customer'>, Id<'Customer'>], Problem>> {
  const [from, into] = await findPersons(world, [refs.from, refs.into])
  if (!from) return refuse(within(unknownCustomer(refs.from), 'from'))
  if (!into) return refuse(within(unknownCustomer(refs.into), 'into'))
  return accept([from.id, into.id])
}

/** Both, held in the order of their ids, with their external ids and those of who leads to them: nobody writes under those meanwhile. */
async function holdPair(world: World, fromId: Id<'Customer'>, intoId: Id<'Customer'>): Promise<[Customer, Customer]> {
  const named = [...(await customersByIds(world, [fromId, intoId])), ...(await findMergedInto(world, [fromId, intoId]))]
  await holdNames(world, named.flatMap(externalIdOf).map(nameKey))
  const held = await holdCustomers(world, [fromId, intoId])
  const [from, into] = [fromId, intoId].map((id) => held.find((customer) => customer.id === id))
  if (from === undefined || into === undefined) throw new Error('a customer is gone')
  return [from, into]
}

async function take(
  world: World,
  from: Customer,
  into: Customer,
  belongings: readonly Belongings[],
): Promise<{ customer: Customer; taken: Taken }> {
  const filled = fillFrom(into, from)
  const names = await findIdentities(world, [from.id, into.id])
  // What a rule put on is the rule's to put on again.
  const tags = await findTags(world, [from.id, into.id], { byHand: true })
  const of = <T extends { customerId: string }>(rows: readonly T[], id: string) => rows.filter((row) => row.customerId === id)
  const known = new Set(of(names, into.id).map(nameKey))
  const worn = new Set(of(tags, into.id).map(({ key }) => key))
  const identities = of(names, from.id).map(({ kind, value, verified }) => ({
    kind,
    value,
    verified,
    isNew: !known.has(nameKey({ kind, value })),
  }))
  const words = of(tags, from.id).map(({ key, text }) => ({ key, text, isNew: !worn.has(key) }))

  await removeIdentities(world, of(names, from.id))
  await addIdentities(
    world,
    identities.map((name) => ({ ...name, customerId: into.id })),
  )
  await removeTags(
    world,
    [from.id],
    words.map(({ key }) => key),
  )
  await addTags(
    world,
    words.map((tag) => ({ customerId: into.id, tag })),
  )
  const consents = await moveConsents(world, from.id, into.id)
  const followers = await lead(world, from.id, into.id)
  const customer = await verify(world, filled.into, from)
  const moved: Record<string, unknown> = {}
  for (const belonging of belongings) moved[belonging.name] = await belonging.take(world, from.id, into.id)
  return {
    customer,
    taken: { facts: filled.facts, attributes: filled.attributes, identities, tags: words, consents, followers, belongings: moved },
  }
}

async function giveBack(
  world: World,
  from: Customer,
  into: Customer,
  taken: Taken | null,
  belongings: readonly Belongings[],
): Promise<Customer> {
  if (taken === null) throw new Error('nothing was kept of this merge')
  const news = taken.identities.filter(({ isNew }) => isNew)
  await removeIdentities(
    world,
    news.map((name) => ({ ...name, customerId: into.id })),
  )
  await addIdentities(
    world,
    taken.identities.map((name) => ({ ...name, customerId: from.id })),
  )
  await removeTags(
    world,
    [into.id],
    taken.tags.filter(({ isNew }) => isNew).map(({ key }) => key),
  )
  await addTags(
    world,
    taken.tags.map((tag) => ({ customerId: from.id, tag })),
  )
  await returnConsents(world, from.id, into.id, taken.consents)
  await unlead(world, from.id, into.id, taken.followers)
  const customer = await verify(world, { ...from, mergedInto: null }, unfill(into, taken.facts, taken.attributes))
  for (const belonging of belongings) await belonging.giveBack(world, from.id, into.id, taken.belongings[belonging.name])
  return customer
}

/** Writes both, their contacts verified or not as their names now are; the first is the answer. */
async function verify(world: World, first: Customer, second: Customer): Promise<Customer> {
  const kept = await findIdentities(world, [first.id, second.id])
  const names: Names = new Map(kept.filter(({ verified }) => verified).map((name) => [nameKey(name), name.customerId]))
  const verified = withVerification(first, names)
  await writeCustomers(world, [verified, withVerification(second, names)])
  return verified
}

async function conclude(
  world: World,
  action: string,
  from: Customer,
  into: Customer,
  belongings: readonly Belongings[],
  reason: string,
): Promise<void> {
  for (const belonging of belongings) await belonging.settle(world, [from.id, into.id])
  await traceAll(world, [
    { action, target: `customer/${from.id}`, after: { into: into.id, reason } },
    { action, target: `customer/${into.id}`, after: { from: from.id, reason } },
  ])
  changed(world, CUSTOMERS, [from.id, into.id])
  renamed(world, 'ALL')
}
