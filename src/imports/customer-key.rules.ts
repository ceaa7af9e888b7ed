import { isWord } from '../kernel/text.ts'
import type { NamedCustomer } from './staged.model.ts'

/** What an email or a phone is as a name; null when it names nobody (masked, a relay number, none at all). */
export type ContactName = (kind: 'email' | 'phone', text: string) => string | null

/** What exports write where there is nobody. */
const NOBODY = new Set(['null', 'none', 'nil', 'nan', 'n/a', 'na', 'undefined', '-', '--', '匿名', '匿名买家', '游客', '无'])

const MAX_EXTERNAL_ID = 200

/**
 * A customer by a name of a kind: `externalId` as it is; an email as itself; a phone as `phone:…`; a name in another
 * system as `kind:name`. Null for nobody: masked names (小**) are shared by many.
 */
export function customerNamed(kind: string, text: string, contactName: ContactName): NamedCustomer | null {
  if (text === '' || NOBODY.has(text.toLowerCase())) return null
  if (kind === 'externalId') return text.includes('**') || !isKey(text) ? null : { externalId: text, kind: null, value: null }
  if (kind === 'email' || kind === 'phone') {
    const value = contactName(kind, text)
    return value === null ? null : { externalId: kind === 'email' ? value : `phone:${value}`, kind, value }
  }
  return text.includes('*') || !isKey(`${kind}:${text}`) ? null : { externalId: `${kind}:${text}`, kind, value: text }
}

const isKey = (text: string) => isWord(text, MAX_EXTERNAL_ID) && !text.includes('\ufffd')
