import type { Customer, CustomerRef, Identity } from './customer.model.ts'

/** The kinds of names that the house itself knows; other systems' names (unionid, a marketplace nickname) have kinds of their own. */
export const EXTERNAL_ID = 'externalId'
export const EMAIL = 'email'
export const PHONE = 'phone'

const MAX_EMAIL = 254
/** Something, one @, something with a dot in it. Asterisks are how marketplaces mask: m***@163.com is nobody. */
const ADDRESS = /^[^\s@*]+@[^\s@*.]+(\.[^\s@*.]+)+$/

/** The name that an email address is, for comparing: trimmed, in lower case. Null when it can name nobody. */
export function emailName(text: string): string | null {
  const name = text.trim().toLowerCase()
  return name.length <= MAX_EMAIL && ADDRESS.test(name) ? name : null
}

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0(10|2\d|[3-9]\d{2})\d{7,8}$/
const DASH = /[-\u2010-\u2015\u2212]/
/** Digits and what people put between them. Anything else (an asterisk, an x, 转, #) hides or extends the number. */
const NUMBER = /^\+?[\d\s().\u00b7\u2010-\u2015\u2212-]+$/

/**
 * The name that a phone number is, for comparing: a Chinese mobile as its 11 digits, whatever prefix and separators it is
 * written with; a Chinese landline with its 0 and area; another country's as +digits (E.164); else the digits as they are.
 * Null when it names nobody: masked numbers (138****0000), and relay numbers and extensions (13800000000-1234, 转1234),
 * which a platform lends to many people one after another.
 */
export function phoneName(text: string): string | null {
  const plain = text.normalize('NFKC').trim()
  if (!NUMBER.test(plain) || hasExtension(plain)) return null
  const digits = plain.replace(/\D/g, '')
  if (plain.startsWith('+')) return internationalName(digits)
  if (digits.startsWith('00')) return internationalName(digits.slice(2))
  const national = digits.replace(/^(86|0)(?=1[3-9]\d{9}$)/, '')
  if (MOBILE.test(national)) return national
  if (/^(86)?1[3-9]\d{10,}$/.test(digits)) return null
  if (digits.startsWith('0')) return LANDLINE.test(digits) ? digits : null
  return /^\d{7,12}$/.test(digits) ? digits : null
}

function internationalName(digits: string): string | null {
  if (!digits.startsWith('86')) return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null
  const national = digits.slice(2).replace(/^0/, '')
  if (MOBILE.test(national)) return national
  return LANDLINE.test(`0${national}`) ? `0${national}` : null
}

/** A last group of three digits or more behind a dash, after what is a whole number already: 010-12345678-801. */
function hasExtension(plain: string): boolean {
  const groups = plain.split(DASH).map((group) => group.replace(/\D/g, ''))
  const last = groups.pop() ?? ''
  const whole = plain.startsWith('+') ? 11 : 10
  return last.length >= 3 && last.length <= 6 && groups.join('').replace(/^0086/, '').length >= whole
}

/** The name that a contact is; null when it is none or names nobody. */
export const contactName = (kind: typeof EMAIL | typeof PHONE, text: string | null): string | null =>
  text === null ? null : kind === EMAIL ? emailName(text) : phoneName(text)

/** One text for one name, to look it up by. */
export const nameKey = ({ kind, value }: Pick<Identity, 'kind' | 'value'>): string => `${kind}:${value}`

export function nameFrom(key: string): Pick<Identity, 'kind' | 'value'> {
  const colon = key.indexOf(':')
  return { kind: key.slice(0, colon), value: key.slice(colon + 1) }
}

/** What a reference asks for, as it is kept: null when nobody can have such a name. */
export function nameOf(ref: CustomerRef): string | null {
  switch (ref.by) {
    case 'id':
      return ref.value.toLowerCase()
    case 'externalId':
      return ref.value
    case 'email':
      return emailName(ref.value)
    case 'phone':
      return phoneName(ref.value)
  }
}

export const externalIdOf = ({ externalId }: Customer): Identity[] =>
  externalId === null ? [] : [{ kind: EXTERNAL_ID, value: externalId, verified: true }]

/** The contacts of a customer that could name somebody, and as yet do not. */
export const unverifiedContacts = (customer: Customer): Identity[] =>
  ([EMAIL, PHONE] as const).flatMap((kind) => {
    const value = contactName(kind, customer[kind])
    return value === null ? [] : [{ kind, value, verified: false }]
  })
