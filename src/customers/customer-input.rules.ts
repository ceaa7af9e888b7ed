import { type Instant, instant } from '../kernel/clock.ts'
import { type InputPath, type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain, isProse, isWord } from '../kernel/text.ts'
import type { Day } from '../kernel/zone.ts'
import type { WantedCustomer } from './customer.model.ts'
import { EMAIL, EXTERNAL_ID, PHONE } from './identity.rules.ts'
import { readTags } from './tag.rules.ts'

const MAX_CUSTOMERS = 500
const MAX_TEXT = 200
const MAX_ITEMS = 50
const MAX_SOURCE = 1_000
const MAX_WORDING = 2_000
const MAX_ATTRIBUTES = 200
const MAX_ATTRIBUTES_LENGTH = 20_000
const MAX_DEPTH = 10
const TEXTS = ['name', 'email', 'phone', 'industry', 'language', 'country', 'region', 'city', 'source'] as const

/** Instants outside of these are mistakes (and some, no calendar of a database has). */
const EARLIEST = instant(Date.UTC(1900, 0, 1))
const LATEST = instant(Date.UTC(2200, 0, 1))
const EARLIEST_BIRTH = '1850-01-01'

type Fault = { readonly path: InputPath; readonly message: string }

/** Whether a call can be taken as it is: all of it or nothing. The first fault is told, with where it lies. */
export function checkCustomers(wanted: readonly WantedCustomer[], now: Instant): Result<readonly WantedCustomer[], Problem> {
  if (wanted.length > MAX_CUSTOMERS)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MAX_CUSTOMERS} customers a call; these are ${wanted.length}.`, ['customers']))
  for (const [i, customer] of wanted.entries()) {
    const fault = faultOf(customer, now)
    if (fault !== null) return refuse(problem('BAD_USER_INPUT', fault.message, ['customers', i, ...fault.path]))
    const tags = readTags(customer.tags, ['tags'])
    if (!tags.ok) return refuse(within(tags.problem, 'customers', i))
  }
  return accept(wanted)
}

function faultOf(wanted: WantedCustomer, now: Instant): Fault | null {
  if (!isWord(wanted.externalId, MAX_TEXT))
    return { path: ['externalId'], message: `externalId must have 1 to ${MAX_TEXT} printable characters.` }
  for (const field of TEXTS) {
    const text = wanted[field]
    if (text !== null && (text.length > MAX_TEXT || !isPlain(text)))
      return { path: [field], message: `${field} must have at most ${MAX_TEXT} printable characters.` }
  }
  return dateFault(wanted, now) ?? identityFault(wanted) ?? consentFault(wanted) ?? attributesFault(wanted)
}

function dateFault({ birthDate, registeredAt }: WantedCustomer, now: Instant): Fault | null {
  // A day more than today's: in some time zone it is tomorrow already.
  const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10) as Day
  if (birthDate !== null && (birthDate < EARLIEST_BIRTH || birthDate > tomorrow))
    return { path: ['birthDate'], message: `birthDate must lie between ${EARLIEST_BIRTH} and today.` }
  if (registeredAt !== null && !isUsual(registeredAt))
    return { path: ['registeredAt'], message: 'registeredAt must lie between 1900 and 2200.' }
  return null
}

function identityFault({ identities }: WantedCustomer): Fault | null {
  if (identities.length > MAX_ITEMS) return { path: ['identities'], message: `At most ${MAX_ITEMS} identities.` }
  for (const [i, { kind, value }] of identities.entries()) {
    if (!/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/.test(kind))
      return { path: ['identities', i, 'kind'], message: 'kind has 1 to 40 letters, digits, _, - and ., and begins with a letter.' }
    if ([EMAIL, PHONE, EXTERNAL_ID].some((own) => own.toLowerCase() === kind.toLowerCase()))
      return { path: ['identities', i, 'kind'], message: `${kind} is a field of its own: give it there.` }
    if (!isWord(value, MAX_TEXT))
      return { path: ['identities', i, 'value'], message: `value must have 1 to ${MAX_TEXT} printable characters.` }
  }
  return null
}

function consentFault({ consents }: WantedCustomer): Fault | null {
  if (consents.length > MAX_ITEMS) return { path: ['consents'], message: `At most ${MAX_ITEMS} consents.` }
  for (const [i, { at, source, wording }] of consents.entries()) {
    if (at !== null && !isUsual(at)) return { path: ['consents', i, 'at'], message: 'at must lie between 1900 and 2200.' }
    if (source !== null && source.trim() !== '' && !isProse(source, MAX_SOURCE))
      return { path: ['consents', i, 'source'], message: `source must have at most ${MAX_SOURCE} characters of text.` }
    if (wording !== null && wording.trim() !== '' && !isProse(wording, MAX_WORDING))
      return { path: ['consents', i, 'wording'], message: `wording must have at most ${MAX_WORDING} characters of text.` }
  }
  return null
}

const isUsual = (at: Instant): boolean => at >= EARLIEST && at <= LATEST

function attributesFault({ attributes }: WantedCustomer): Fault | null {
  if (attributes === null) return null
  const path = ['attributes']
  if (typeof attributes !== 'object' || Array.isArray(attributes))
    return { path, message: 'attributes must be an object: each name with its value, null to take it away.' }
  const bad = Object.keys(attributes).find((name) => !isWord(name, MAX_TEXT))
  if (bad !== undefined) return { path, message: `A name in attributes must have 1 to ${MAX_TEXT} printable characters.` }
  if (!isStorable(attributes, MAX_DEPTH))
    return { path, message: `attributes must be at most ${MAX_DEPTH} levels deep, of text without the character U+0000.` }
  return attributesTooLarge(attributes) ? { path, message: TOO_LARGE } : null
}

const TOO_LARGE = `attributes hold at most ${MAX_ATTRIBUTES} names and ${MAX_ATTRIBUTES_LENGTH} characters of JSON.`

/** Together with what the customer has already they must still be of a size that every quote can carry. */
export const attributesTooLarge = (attributes: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(attributes).length > MAX_ATTRIBUTES || JSON.stringify(attributes).length > MAX_ATTRIBUTES_LENGTH

export const tooManyAttributes = (i: number): Problem => problem('BAD_USER_INPUT', TOO_LARGE, ['customers', i, 'attributes'])

/** What a jsonb column takes: PostgreSQL has no U+0000 in a text and no half of a surrogate pair. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (value === null || typeof value !== 'object') return true
  if (depth === 0) return false
  return Object.entries(value).every(([key, inner]) => isStorable(key, depth) && isStorable(inner, depth - 1))
}
