import type { Id } from '../kernel/id.ts'
import { isUuid } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain } from '../kernel/text.ts'
import { Fresh } from '../shell/fresh.ts'
import { slot } from '../shell/memory.ts'
import { keyIn, remember } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { Consent, Customer, CustomerRef, Identity } from './customer.model.ts'
import {
  type Asked,
  type Found,
  findConsents,
  findCurrentConsents,
  findCustomers,
  findIdentities,
  findMergedInto,
  findNamed,
  holdCustomers,
  shareCustomerRow,
} from './customer.store.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { findTags } from './customer-file.store.ts'
import { externalIdOf, nameKey, nameOf, unverifiedContacts } from './identity.rules.ts'

/** In the order of the ids; what is not there is left out. Somebody merged into another is still their own row here. */
export async function customersByIds(world: World, ids: readonly string[]): Promise<Customer[]> {
  const found = new Map((await findCustomers(world, ids.filter(isUuid))).map((customer) => [customer.id as string, customer]))
  return ids.flatMap((id) => found.get(id.toLowerCase()) ?? [])
}

/** Every name of each customer, in the order of the ids: their own external id first, then those of who was merged into them. */
export async function identitiesOf(world: World, ids: readonly string[]): Promise<Identity[][]> {
  const kept = await findIdentities(world, ids)
  const customers = await findCustomers(world, ids)
  const merged = await findMergedInto(world, ids)
  return ids.map((id) => {
    const files = [...customers.filter((customer) => customer.id === id), ...merged.filter((customer) => customer.mergedInto === id)]
    const own = kept.filter(({ customerId }) => customerId === id).map(({ kind, value, verified }) => ({ kind, value, verified }))
    // What is known for sure stands before what is not: of a name that is there twice, the first stays.
    const names = [...files.flatMap(externalIdOf), ...own, ...files.flatMap(unverifiedContacts)]
    return names.filter((name, i) => names.findIndex((other) => nameKey(other) === nameKey(name)) === i)
  })
}

/** The tags of each customer, in the order of the ids. */
export async function tagsOf(world: World, ids: readonly string[]): Promise<string[][]> {
  const found = await findTags(world, ids)
  return ids.map((id) => found.filter(({ customerId }) => customerId === id).map(({ text }) => text))
}

/** What each customer's consents are now, in the order of the ids. */
export async function consentsOf(world: World, ids: readonly string[]): Promise<Consent[][]> {
  const found = await findCurrentConsents(world, ids)
  return ids.map((id) => found.filter(({ customerId }) => customerId === id))
}

/** All that each customer ever said, the newest first, in the order of the ids. */
export async function consentHistoryOf(world: World, ids: readonly string[]): Promise<Consent[][]> {
  const found = (await findConsents(world, ids)).toReversed()
  return ids.map((id) => found.filter(({ customerId }) => customerId === id))
}

/** Whom a reference names; whoever was merged into another is that other. */
export async function findCustomerId(world: World, ref: CustomerRef): Promise<Result<Id<'Customer'>, Problem>> {
  const [id] = await findCustomerIds(world, [ref])
  return id ? accept(id) : refuse(unknownCustomer(ref))
}

/** Whom each reference names, in their order; null for nobody. One statement for however many. */
export async function findCustomerIds(world: World, refs: readonly CustomerRef[]): Promise<(Id<'Customer'> | null)[]> {
  return (await findPersons(world, refs)).map((found) => found && (found.mergedInto ?? found.id))
}

/** The same, with the customers held until the transaction ends: nobody merges them away before what is decided here is done. */
export async function holdCustomerIds(world: World, refs: readonly CustomerRef[]): Promise<(Id<'Customer'> | null)[]> {
  for (;;) {
    const ids = await findCustomerIds(world, refs)
    const held = await holdCustomers(world, [...new Set(ids.filter((id) => id !== null))])
    // Merged between the look and the hold: they are somebody else now.
    if (held.every((customer) => customer.mergedInto === null)) return ids
  }
}

/** The same of one, held so that nobody merges them away, by however many at once. */
export async function shareCustomer(world: World, ref: CustomerRef): Promise<Result<Id<'Customer'>, Problem>> {
  for (;;) {
    const found = await findCustomerId(world, ref)
    if (!found.ok || (await shareCustomerRow(world, found.value)) !== null) return found
  }
}

/** Whom references name, merges not followed: the row that bears the name, and whom it was merged into. */
export async function findPersons(world: World, refs: readonly CustomerRef[]): Promise<(Found | null)[]> {
  const asked = refs.map(askFor)
  const found = await findNamed(
    world,
    asked.filter((name) => name !== null),
  )
  let next = 0
  return asked.map((name) => (name === null ? null : (found[next++] ?? null)))
}

/** What to look for; null where the name can be nobody's, and need not be looked for. */
function askFor(ref: CustomerRef): Asked | null {
  const name = nameOf(ref)
  if (name === null || !isPlain(name)) return null
  if (ref.by === 'id') return isUuid(name) ? { id: name } : null
  return ref.by === 'externalId' ? { externalId: name } : { kind: ref.by, value: name }
}

/** Who is behind each name of a shop, for a moment. A name that this process gives to somebody, or takes, is dropped at once. */
const NAMED = slot((memory) => remember(memory, CUSTOMERS, new Fresh<Id<'Customer'>>(50_000)))

/** Whom a reference names, at most a second old: for prices. What is decided for good asks findCustomerId. */
export async function resolveRef(world: World, ref: CustomerRef): Promise<Result<Id<'Customer'>, Problem>> {
  const name = nameOf(ref)
  if (name === null) return refuse(unknownCustomer(ref))
  const key = memoryKey(world, ref.by, name)
  const id = await world.memory.of(NAMED).get(key, async () => (await findCustomerIds(world, [ref]))[0] ?? null)
  return id === null ? refuse(unknownCustomer(ref)) : accept(id)
}

/** An id is kept under itself, where the topic of customers finds it; the other names beside it. */
const memoryKey = (world: World, kind: string, value: string) => keyIn(world.shopId, kind === 'id' ? value : nameKey({ kind, value }))

/** Says, once this act is committed, that these names may be somebody else's now; 'ALL' when they are too many to name. */
export function renamed(world: World, names: readonly { kind: string; value: string }[] | 'ALL'): void {
  world.afterCommit(() => {
    const kept = world.memory.of(NAMED)
    if (names === 'ALL') kept.dropAll()
    else kept.drop(names.map(({ kind, value }) => memoryKey(world, kind, value)))
  })
}

export const unknownCustomer = (ref: CustomerRef): Problem =>
  problem('UNKNOWN_CUSTOMER', `There is no customer with the ${WORDS[ref.by]} "${ref.value.slice(0, 200)}".${HINT[ref.by] ?? ''}`)

const WORDS: Record<CustomerRef['by'], string> = { id: 'id', externalId: 'external id', email: 'verified email', phone: 'verified phone' }
const HINT: Partial<Record<CustomerRef['by'], string>> = {
  externalId: ' Send it with upsertCustomers first.',
  email: ' Only an email that was verified names somebody.',
  phone: ' Only a whole phone number that was verified names somebody; masked and relay numbers name nobody.',
}
