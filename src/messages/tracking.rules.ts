import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '../kernel/id.ts'

/** A link of a message, or that it was opened (link 0, no address). */
export type Tracked = { readonly messageId: string; readonly link: number; readonly url: string }

/** 128 bits: nobody makes one that this shop did not write. */
const MAC_BYTES = 16
const LONGEST_URL = 2_000
export const MOST_LINKS = 200

/**
 * `main.<what>.<22 characters>`: the shop, which message, which of its links and where that leads, and that the shop wrote it (HMAC-SHA-256
 * under its secret). The address stands in the token itself, so nothing is kept of it, it leads for good, and it leads nowhere else.
 */
export function writeTracked(shopCode: string, { messageId, link, url }: Tracked, secret: Uint8Array): string {
  if (!isUuid(messageId)) throw new RangeError('not an id')
  const body = Buffer.concat([Buffer.from(messageId.replaceAll('-', ''), 'hex'), Buffer.from([link]), Buffer.from(url, 'utf8')]).toString(
    'base64url',
  )
  return `${shopCode}.${body}.${macOf(shopCode, body, secret).toString('base64url')}`
}

const macOf = (shopCode: string, body: string, secret: Uint8Array) =>
  createHmac('sha256', secret).update(`link/1/${shopCode}/${body}`).digest().subarray(0, MAC_BYTES)

/** The shop that a token names; empty for what is no token at all. */
export const shopOfTracked = (token: string): string => /^([a-z0-9-]{1,40})\.[\w-]{23,2800}\.[\w-]{22}$/.exec(token)?.[1] ?? ''

/** Null for what this shop did not write. */
export function readTracked(token: string, secret: Uint8Array): Tracked | null {
  const shopCode = shopOfTracked(token)
  const [, body = '', mac = ''] = token.split('.')
  if (shopCode === '') return null
  const [expected, given] = [macOf(shopCode, body, secret), Buffer.from(mac, 'base64url')]
  // Written back, so that of the texts that stand for the same bytes one is good.
  if (given.length !== MAC_BYTES || given.toString('base64url') !== mac || !timingSafeEqual(expected, given)) return null
  const bytes = Buffer.from(body, 'base64url')
  if (bytes.toString('base64url') !== body) return null
  const messageId = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { messageId, link: bytes[16] ?? 0, url: bytes.toString('utf8', 17) }
}

const HREF = /(<a\b[^>]*?\shref\s*=\s*)("([^"]*)"|'([^']*)')/gi

/**
 * A mail whose links lead by way of us. Each address is that of the template as it was written for this reader; where it leads is in what
 * `by` makes of it. What is no address of the web (mail, telephone, within the mail) and what must stay as it is (where one
 * unsubscribes) stays.
 */
export function trackLinks(html: string, stays: readonly string[], by: (link: number, url: string) => string): string {
  let link = 0
  return html.replace(HREF, (whole, before: string, _: string, double?: string, single?: string) => {
    const url = unescapeHtml(double ?? single ?? '').trim()
    if (!isWeb(url) || stays.includes(url) || link >= MOST_LINKS) return whole
    link += 1
    return `${before}"${escapeAttribute(by(link, url))}"`
  })
}

/** A mail that asks for a picture when it is opened. */
export function trackOpen(html: string, url: string): string {
  const picture = `<img src="${escapeAttribute(url)}" width="1" height="1" alt="">`
  const at = html.toLowerCase().lastIndexOf('</body>')
  return at < 0 ? `${html}${picture}` : `${html.slice(0, at)}${picture}${html.slice(at)}`
}

/** An address that a browser goes to, and that can stand in a header as it is once it is parsed. */
export const isWeb = (url: string): boolean => {
  if (Buffer.byteLength(url) > LONGEST_URL || !URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' }
const unescapeHtml = (text: string): string =>
  text.replace(/&(?:(amp|quot|apos|lt|gt)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** Programs that follow links and fetch pictures before, or instead of, a person; those that say what they are. No list of them is complete. */
const PROGRAMS =
  /bot\b|bot[/;]|crawl|spider|slurp|preview|scan|fetch|monitor|check|curl|wget|python|java\/|okhttp|go-http|axios|node|libwww|headless|phantom|barracuda|mimecast|proofpoint|safelinks|facebookexternalhit|whatsapp|telegram|slack|discord|skypeuripreview/i

/** Whether a request looks like a person's. */
export function isPersonal(headers: {
  readonly userAgent: string | undefined
  readonly purposes: readonly (string | undefined)[]
}): boolean {
  if (headers.userAgent === undefined || headers.userAgent.trim() === '' || PROGRAMS.test(headers.userAgent)) return false
  return !headers.purposes.some((purpose) => /prefetch|prerender|preview/i.test(purpose ?? ''))
}
