import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse, isWord } from '../kernel/text.ts'
import type { WantedBroadcast } from './broadcast.model.ts'
import { isWeb } from './tracking.rules.ts'

const LONGEST_TEXT = 10_000

export function readBroadcast(wanted: WantedBroadcast): Result<WantedBroadcast, Problem> {
  const bad = (message: string, ...path: string[]) => refuse(problem('BAD_USER_INPUT', message, ['input', ...path]))
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(wanted.code))
    return bad('code has 1 to 40 small letters, digits, dashes and underscores: it stands in its link.', 'code')
  if (!isWord(wanted.name, 200)) return bad('name must have 1 to 200 printable characters.', 'name')
  if (!isProse(wanted.text, LONGEST_TEXT)) return bad(`text has 1 to ${LONGEST_TEXT.toLocaleString('en')} characters.`, 'text')
  if (wanted.url !== null && !isWeb(wanted.url))
    return bad('url is an address that begins with https:// or http://, at most 2,000 bytes.', 'url')
  for (const name of ['offerCode', 'campaignCode'] as const)
    if (wanted[name] !== null && !isWord(wanted[name], 200)) return bad(`${name} has 1 to 200 printable characters.`, name)
  return accept(wanted)
}

/** `main.<code>`: which shop, and which of its broadcasts. No secret: it is read out to everybody. */
export const writeBroadcastToken = (shopCode: string, code: string): string => `${shopCode}.${code}`

export function readBroadcastToken(token: string): { readonly shop: string; readonly code: string } | null {
  const [, shop, code] = /^([a-z0-9-]{1,40})\.([a-z0-9][a-z0-9_-]{0,39})$/.exec(token) ?? []
  return shop === undefined || code === undefined ? null : { shop, code }
}

/** Where its link leads, saying of which broadcast: a storefront that records orders with that channel has them counted. */
export function landingOf(url: string, code: string): string {
  const page = new URL(url)
  if (!page.searchParams.has('broadcast')) page.searchParams.set('broadcast', code)
  return page.href
}
