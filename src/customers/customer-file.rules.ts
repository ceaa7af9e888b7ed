import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import {
  type Consent,
  type Customer,
  FACTS,
  type Identity,
  type TouchPurpose,
  type WantedConsent,
  type WantedCustomer,
} from './customer.model.ts'
import { contactName, EMAIL, nameKey, PHONE } from './identity.rules.ts'

/** What is written of one customer beside their row. */
export type CustomerFile = {
  readonly customer: Customer
  /** Not written yet. */
  readonly isNew: boolean
  /** Names in other systems. They tell nobody apart, so two customers may have the same. */
  readonly otherNames: readonly Identity[]
  /** All that was ever said, in any order. */
  readonly consents: readonly Consent[]
}

/** Whom each verified email and phone names (nameKey): one customer and no other. */
export type Names = ReadonlyMap<string, Id<'Customer'>>

export type Cabinet = { readonly files: ReadonlyMap<Id<'Customer'>, CustomerFile>; readonly names: Names }

/** One customer of a call, with whose file it goes into. */
export type Entry = {
  readonly customerId: Id<'Customer'>
  readonly wanted: WantedCustomer
  readonly companyId: Id<'Company'> | null
  /** Sent under the external id of a customer who was merged into this one: its email and phone come beside those here. */
  readonly beside: boolean
}

/**
 * Puts a call into the files, in the order given: whoever is in it twice has what came later, as if there had been two
 * calls, and an email that one customer gives up can be had by the next. Nothing is refused here and no customer is made
 * one with another: a verified email that names somebody else stays theirs.
 */
export function fileAll(cabinet: Cabinet, entries: readonly Entry[], now: Instant): Cabinet {
  const files = new Map(cabinet.files)
  const names = new Map(cabinet.names)
  for (const entry of entries) {
    const file = files.get(entry.customerId)
    if (file === undefined) throw new Error(`no file of customer ${entry.customerId}`)
    files.set(entry.customerId, fileOne(file, names, entry, now))
  }
  for (const [id, file] of files) files.set(id, { ...file, customer: withVerification(file.customer, names) })
  return { files, names }
}

function fileOne(file: CustomerFile, names: Map<string, Id<'Customer'>>, entry: Entry, now: Instant): CustomerFile {
  const { wanted } = entry
  const told = FACTS.flatMap((fact) => (wanted[fact] === null ? [] : [[fact, cleaned(wanted[fact])] as const]))
  const before = file.customer
  return {
    ...file,
    customer: {
      ...before,
      ...Object.fromEntries(told),
      companyId: entry.companyId ?? before.companyId,
      attributes: wanted.attributes === null ? before.attributes : mergeAttributes(before.attributes, wanted.attributes),
      email: fileContact(before, names, EMAIL, wanted.email, wanted.emailVerified, entry.beside),
      phone: fileContact(before, names, PHONE, wanted.phone, wanted.phoneVerified, entry.beside),
    },
    otherNames: [...file.otherNames, ...newNames(file.otherNames, wanted.identities)],
    consents: withConsents(file.consents, wanted.consents, now),
  }
}

const cleaned = <T>(value: T): T | string | null => (typeof value === 'string' ? value.trim() || null : value)

/** What the contact is afterwards. `names` learns whom it names, and forgets what was given up. */
function fileContact(
  before: Customer,
  names: Map<string, Id<'Customer'>>,
  kind: typeof EMAIL | typeof PHONE,
  given: string | null,
  verified: boolean,
  beside: boolean,
): string | null {
  const current = before[kind]
  const untold = beside ? null : current
  const next = given === null ? untold : given.trim() || null
  const key = keyOf(kind, next)
  const currentKey = keyOf(kind, current)
  if (currentKey !== null && currentKey !== key && !beside && names.get(currentKey) === before.id) names.delete(currentKey)
  // "Not verified" is what everybody says who leaves it out: it takes nothing back of an address that was verified.
  if (key !== null && verified && !names.has(key)) names.set(key, before.id)
  return beside ? (current ?? next) : next
}

function keyOf(kind: typeof EMAIL | typeof PHONE, contact: string | null): string | null {
  const value = contactName(kind, contact)
  return value === null ? null : nameKey({ kind, value })
}

/** A contact is verified when it names this customer. */
export function withVerification(customer: Customer, names: Names): Customer {
  const isTheirs = (kind: typeof EMAIL | typeof PHONE) => names.get(keyOf(kind, customer[kind]) ?? '') === customer.id
  return { ...customer, emailVerified: isTheirs(EMAIL), phoneVerified: isTheirs(PHONE) }
}

/** Name by name; null takes one away. */
function mergeAttributes(before: Customer['attributes'], given: Readonly<Record<string, unknown>>): Customer['attributes'] {
  const merged = new Map(Object.entries(before))
  for (const [name, value] of Object.entries(given))
    if (value === null) merged.delete(name)
    else merged.set(name, value)
  return Object.fromEntries(merged)
}

function newNames(known: readonly Identity[], given: WantedCustomer['identities']): Identity[] {
  const seen = new Set(known.map(nameKey))
  const added: Identity[] = []
  for (const { kind, value } of given) {
    const name = { kind, value: value.trim(), verified: false }
    if (seen.has(nameKey(name))) continue
    seen.add(nameKey(name))
    added.push(name)
  }
  return added
}

function withConsents(known: readonly Consent[], given: readonly WantedConsent[], now: Instant): readonly Consent[] {
  const consents = [...known]
  for (const consent of given) consents.push(...newConsent(consents, consent, now))
  return consents
}

/**
 * The same words again are nothing new. Without an instant, that is what the channel's newest consent says already; an
 * instant ahead is no instant at which anybody has said anything: it counts as now. A yes without an instant does not take back a no
 * that the shop was told: a list that is sent every night knows nothing of it.
 */
function newConsent(known: readonly Consent[], wanted: WantedConsent, now: Instant): Consent[] {
  const { channel, granted, purpose } = wanted
  const source = wanted.source?.trim() || null
  const wording = wanted.wording?.trim() || null
  const of = known.filter((consent) => consent.channel === channel)
  const saysIt = (consent: Consent) =>
    consent.granted === granted && (source === null || consent.source === source) && (wording === null || consent.wording === wording)
  const said = (at: Instant): Consent => ({ channel, purpose, granted, at, source, wording, firm: false })
  if (wanted.at !== null && wanted.at <= now)
    return of.some((consent) => consent.at === wanted.at && consent.purpose === purpose && saysIt(consent)) ? [] : [said(wanted.at)]
  const newest = (purpose === null ? PURPOSES : [purpose]).map((one) => newestFor(of, one))
  const isTold = newest.every((consent) => consent !== null && saysIt(consent))
  const isOvertalked = granted && wanted.at === null && newest.some((word) => word?.firm && !word.granted)
  return isTold || isOvertalked ? [] : [said(now)]
}

const PURPOSES: readonly TouchPurpose[] = ['CARE', 'MARKETING']

/** A word without a purpose is for every purpose. */
const newestFor = (of: readonly Consent[], purpose: TouchPurpose): Consent | null =>
  of
    .filter((consent) => consent.purpose === null || consent.purpose === purpose)
    .reduce<Consent | null>((latest, consent) => (latest === null || consent.at >= latest.at ? consent : latest), null)
