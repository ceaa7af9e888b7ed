import { companyIdsByExternalId, unknownCompany } from '../companies/company.service.ts'
import type { Id } from '../kernel/id.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { brokenConstraint } from '../shell/sql.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { Customer, Identity, WantedCustomer } from './customer.model.ts'
import { renamed } from './customer.service.ts'
import { findConsents, findIdentities, findNamed, findOwners, holdCustomers, holdNames, type Owned } from './customer.store.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { type Cabinet, type CustomerFile, type Entry, fileAll, type Names } from './customer-file.rules.ts'
import { addConsents, addIdentities, addTags, removeIdentities, writeCustomers } from './customer-file.store.ts'
import { attributesTooLarge, checkCustomers, tooManyAttributes } from './customer-input.rules.ts'
import { contactName, EMAIL, EXTERNAL_ID, nameFrom, nameKey, PHONE } from './identity.rules.ts'
import { readTags } from './tag.rules.ts'

/**
 * Creates or updates customers by external id, all of them or none; whose files they went into is the answer, in the
 * order given. What is left out stays; the same call again changes nothing. An external id whose customer was merged
 * into another writes into that other's file.
 */
export async function upsertCustomers(
  world: World,
  wanted: readonly WantedCustomer[],
): Promise<Result<readonly Id<'Customer'>[], Problem>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact(world, (tx) => upsertOnce(tx, wanted))
    } catch (error) {
      // An import, which holds no names, made one of them between our look and our write: now we see them.
      if (brokenConstraint(error) !== 'customer_shop_id_external_id_key' || attempt === MAX_ATTEMPTS) throw error
    }
  }
}

const MAX_ATTEMPTS = 5

async function upsertOnce(tx: World, wanted: readonly WantedCustomer[]): Promise<Result<readonly Id<'Customer'>[], Problem>> {
  const checked = checkCustomers(wanted, tx.now)
  if (!checked.ok) return checked
  const companies = await findCompanies(tx, wanted)
  if (!companies.ok) return companies
  const names = wanted.flatMap(namesIn)
  await holdNames(tx, names.map(nameKey))
  const { entries, before } = await openFiles(tx, wanted, companies.value, names)
  const after = fileAll(before, entries, tx.now)
  const overfull = entries.findLastIndex((entry) => attributesTooLarge(after.files.get(entry.customerId)?.customer.attributes ?? {}))
  if (overfull >= 0) return refuse(tooManyAttributes(overfull))
  const gone = await writeFiles(tx, before, after)
  await addTags(tx, entries.flatMap(tagsOf))
  changed(tx, CUSTOMERS, [...after.files.keys()])
  renamed(tx, [...names, ...gone])
  return accept(entries.map((entry) => entry.customerId))
}

async function findCompanies(
  world: World,
  wanted: readonly WantedCustomer[],
): Promise<Result<ReadonlyMap<string, Id<'Company'>>, Problem>> {
  const externalIds = [...new Set(wanted.flatMap(({ companyExternalId }) => companyExternalId ?? []))]
  const found: ReadonlyMap<string, Id<'Company'>> = externalIds.length === 0 ? new Map() : await companyIdsByExternalId(world, externalIds)
  for (const [i, { companyExternalId }] of wanted.entries())
    if (companyExternalId !== null && !found.has(companyExternalId))
      return refuse(unknownCompany(companyExternalId, 'customers', i, 'companyExternalId'))
  return accept(found)
}

/** Every name that a customer of a call may come to have. */
function namesIn(wanted: WantedCustomer): { kind: string; value: string }[] {
  const contacts = ([EMAIL, PHONE] as const).flatMap((kind) => {
    const value = contactName(kind, wanted[kind])
    return value === null ? [] : [{ kind, value }]
  })
  return [{ kind: EXTERNAL_ID, value: wanted.externalId }, ...contacts]
}

/** The files that a call goes into, held; an empty one for each external id that nobody has. */
async function openFiles(
  world: World,
  wanted: readonly WantedCustomer[],
  companies: ReadonlyMap<string, Id<'Company'>>,
  names: readonly { kind: string; value: string }[],
): Promise<{ entries: readonly Entry[]; before: Cabinet }> {
  const { owners, held } = await holdOwners(world, [...new Set(wanted.map(({ externalId }) => externalId))])
  const blanks = new Map<string, Customer>()
  const entries = wanted.map((one): Entry => {
    const owner = owners.get(one.externalId)
    const blank = blanks.get(one.externalId) ?? blankCustomer(world, one.externalId)
    if (owner === undefined) blanks.set(one.externalId, blank)
    const companyId = one.companyExternalId === null ? null : (companies.get(one.companyExternalId) ?? null)
    return { customerId: owner?.mergedInto ?? owner?.id ?? blank.id, wanted: one, companyId, beside: (owner?.mergedInto ?? null) !== null }
  })
  return { entries, before: await readCabinet(world, held, [...blanks.values()], names, entries) }
}

/** Whose external ids these are, with the rows that are to be written held. Merged meanwhile: looked up again. */
async function holdOwners(world: World, externalIds: readonly string[]) {
  for (;;) {
    const found = await findNamed(
      world,
      externalIds.map((externalId) => ({ externalId })),
    )
    const owners = new Map(externalIds.flatMap((externalId, i) => (found[i] ? [[externalId, found[i]] as const] : [])))
    const held = await holdCustomers(world, [...new Set([...owners.values()].map(({ id, mergedInto }) => mergedInto ?? id))])
    if (held.every((customer) => customer.mergedInto === null)) return { owners, held }
  }
}

async function readCabinet(
  world: World,
  held: readonly Customer[],
  blanks: readonly Customer[],
  names: readonly { kind: string; value: string }[],
  entries: readonly Entry[],
): Promise<Cabinet> {
  const ids = held.map(({ id }) => id)
  const own = ids.length === 0 ? [] : await findIdentities(world, ids)
  const others = await findOwners(world, names)
  const speaking = new Set(entries.flatMap(({ wanted, customerId }) => (wanted.consents.length > 0 ? [customerId] : [])))
  const consents =
    speaking.size === 0
      ? []
      : await findConsents(
          world,
          ids.filter((id) => speaking.has(id)),
        )
  const fileOf = (customer: Customer): CustomerFile => ({
    customer,
    isNew: !ids.includes(customer.id),
    otherNames: own.filter((name) => !name.verified && name.customerId === customer.id),
    consents: consents.filter((consent) => consent.customerId === customer.id),
  })
  return {
    files: new Map([...held, ...blanks].map((customer) => [customer.id, fileOf(customer)])),
    names: new Map([...own, ...others].filter((name) => name.verified).map((name) => [nameKey(name), name.customerId])),
  }
}

const blankCustomer = (world: World, externalId: string): Customer => ({
  id: newId() as Id<'Customer'>,
  externalId,
  name: null,
  email: null,
  emailVerified: false,
  phone: null,
  phoneVerified: false,
  kind: 'INDIVIDUAL',
  role: null,
  companyId: null,
  industry: null,
  purpose: null,
  gender: null,
  birthDate: null,
  language: null,
  country: null,
  region: null,
  city: null,
  source: null,
  attributes: {},
  registeredAt: world.now,
  tierId: null,
  pin: null,
  mergedInto: null,
})

/** Writes what is other than before; the names that were given up are the answer. */
async function writeFiles(world: World, before: Cabinet, after: Cabinet): Promise<readonly Identity[]> {
  const files = [...after.files.values()]
  const given = differences(before.names, after.names)
  const claimed = differences(after.names, before.names)
  await removeIdentities(world, given)
  await writeCustomers(
    world,
    files
      .filter((file) => file.isNew || !isSame(file.customer, before.files.get(file.customer.id)?.customer))
      .map(({ customer }) => customer),
  )
  await addIdentities(world, [...claimed, ...files.flatMap((file) => added(file, before, 'otherNames'))])
  await addConsents(
    world,
    files.flatMap((file) => added(file, before, 'consents')),
  )
  return given
}

const isSame = (a: Customer, b: Customer | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** What stands at the end of a list that only grows, with whose it is. */
function added<List extends 'otherNames' | 'consents'>(
  file: CustomerFile,
  before: Cabinet,
  list: List,
): Owned<CustomerFile[List][number]>[] {
  const known = before.files.get(file.customer.id)?.[list].length ?? 0
  return file[list].slice(known).map((item) => ({ ...item, customerId: file.customer.id }))
}

/** The names that these name somebody by, and those not, or somebody else. */
function differences(these: Names, those: Names): Owned<Identity>[] {
  return [...these].flatMap(([key, customerId]) =>
    those.get(key) === customerId ? [] : [{ ...nameFrom(key), verified: true, customerId }],
  )
}

const tagsOf = ({ wanted, customerId }: Entry) => {
  const tags = readTags(wanted.tags, [])
  return tags.ok ? tags.value.map((tag) => ({ customerId, tag })) : []
}
