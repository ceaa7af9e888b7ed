import { auditOf, eraseAuditOf, trace } from '../audit/audit.service.ts'
import { companiesByIds } from '../companies/company.service.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { Customer, CustomerRef } from './customer.model.ts'
import { customersByIds, findCustomerId, renamed } from './customer.service.ts'
import { findConsents, findIdentities, findMergedInto, holdCustomers, holdNames } from './customer.store.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { findTags } from './customer-file.store.ts'
import { externalIdOf, nameKey } from './identity.rules.ts'
import type { Belongings, Merge } from './merge.model.ts'
import { checkReason } from './merge.rules.ts'
import { eraseMerges, findMerges } from './merge.store.ts'
import { eraseConsents, eraseCustomers } from './personal-data.store.ts'

/** All that is kept about a customer, those who were merged into them included, as plain data. */
export async function exportCustomer(world: World, ref: CustomerRef, belongings: readonly Belongings[]): Promise<Result<object, Problem>> {
  const person = await findPerson(world, ref)
  if (!person.ok) return person
  const { files } = person.value
  const [customer, ...merged] = files
  const ids = files.map(({ id }) => id)
  const told: Record<string, unknown> = {}
  for (const belonging of belongings) told[belonging.name] = await belonging.tell(world, ids)
  const companies = await companiesByIds(
    world,
    files.flatMap(({ companyId }) => companyId ?? []),
  )
  return accept({
    exportedAt: day(world.now),
    customer: customer && toldOf(customer),
    mergedCustomers: merged.map(toldOf),
    companies: companies.map(({ id, externalId, name, industry, certified }) => ({ id, externalId, name, industry, certified })),
    identities: await findIdentities(world, ids),
    tags: (await findTags(world, ids)).map(({ customerId, text }) => ({ customerId, tag: text })),
    consents: (await findConsents(world, ids)).map((consent) => ({ ...consent, at: day(consent.at) })),
    merges: (await findMerges(world, ids)).map(mergeToldOf),
    changes: (await auditOf(world, ids.map(targetOf))).map(({ at, ...entry }) => ({ ...entry, at: day(at) })),
    ...told,
  })
}

const toldOf = ({ registeredAt, pin, ...customer }: Customer) => ({
  ...customer,
  registeredAt: day(registeredAt),
  pin: pin && { ...pin, until: pin.until === null ? null : day(pin.until) },
})
const mergeToldOf = ({ at, ...merge }: Merge) => ({ ...merge, at: day(at) })
const day = (at: Instant) => new Date(at).toISOString()
const targetOf = (id: string) => `customer/${id}`

/**
 * Forgets who a customer is, those who were merged into them included: facts, names, tags, attributes, what they agreed
 * to, and how all that looked in the audit log. What stays is nobody's: orders and figures under the same id, the tier, the
 * company they bought for, and that they objected to being written to. It cannot be undone.
 */
export function eraseCustomer(
  world: World,
  ref: CustomerRef,
  reason: string,
  belongings: readonly Belongings[],
): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    const fault = checkReason(reason)
    if (fault !== null) return refuse(fault)
    for (const belonging of belongings) await belonging.hold(tx)
    const person = await holdPerson(tx, ref)
    if (!person.ok) return person
    const ids = person.value.files.map(({ id }) => id)
    await eraseCustomers(tx, ids)
    await eraseConsents(tx, ids)
    await eraseMerges(tx, ids)
    for (const belonging of belongings) await belonging.forget(tx, ids)
    await eraseAuditOf(tx, ids.map(targetOf))
    await trace(tx, { action: 'eraseCustomer', target: targetOf(person.value.id), after: { reason } })
    changed(tx, CUSTOMERS, ids)
    renamed(tx, 'ALL')
    return accept(true)
  })
}

/** A customer, and those who were merged into them: theirs are the first of the files. */
type Person = { readonly id: Id<'Customer'>; readonly files: readonly Customer[] }

async function findPerson(world: World, ref: CustomerRef): Promise<Result<Person, Problem>> {
  const found = await findCustomerId(world, ref)
  if (!found.ok) return refuse(within(found.problem, 'ref'))
  const files = [...(await customersByIds(world, [found.value])), ...(await findMergedInto(world, [found.value]))]
  return accept({ id: found.value, files })
}

/** The same, held with their names; looked up again if somebody was merged meanwhile. */
async function holdPerson(world: World, ref: CustomerRef): Promise<Result<Person, Problem>> {
  for (;;) {
    const seen = await findPerson(world, ref)
    if (!seen.ok) return seen
    await holdNames(world, seen.value.files.flatMap(externalIdOf).map(nameKey))
    await holdCustomers(
      world,
      seen.value.files.map(({ id }) => id),
    )
    const held = await findPerson(world, ref)
    if (!held.ok || held.value.files.length === seen.value.files.length) return held
  }
}
