import { hash } from 'node:crypto'

const RANDOM_BYTES = 32

/**
 * A link's token: `main.<43 characters, 256 random bits in base64url>`. It names its shop and stands in an address as it is. Its
 * last character stands for four bits, so it is a letter or a digit: no program that finds addresses in a text cuts it off.
 */
export function writeToken(shopCode: string, random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`a token takes ${RANDOM_BYTES} random bytes`)
  return `${shopCode}.${Buffer.from(random).toString('base64url')}`
}

/** The shop that a token names; empty for what is no token at all. */
export const shopOfToken = (token: string): string => /^([a-z0-9-]{1,40})\.[\w-]{43}$/.exec(token)?.[1] ?? ''

/** What is kept of a token. A fast hash is right: 256 random bits cannot be guessed, however fast. */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer')

/** An address with the token in its place. */
export const addressOf = (template: string, token: string): string => template.replaceAll('{token}', token)

/** What is handed out: by the shop's template; without one the path of this server that counts opens. */
export const urlOf = (template: string | null, token: string): string => addressOf(template ?? '/l/{token}', token)

/**
 * Where who opens a link is sent: the page that the shop names, else its template, unless that leads back to /l/. A shop
 * that names neither has its storefront at this very host.
 */
export function pageOf(shop: { readonly privateLinkUrl: string | null; readonly privateLinkPage: string | null }, token: string): string {
  const { privateLinkPage: page, privateLinkUrl: url } = shop
  const named = page ?? (url !== null && isOurs(url) ? null : url)
  // Written as a header must have it: other scripts than ASCII are encoded.
  return named !== null ? new URL(addressOf(named, token)).href : `/?privateLink=${token}`
}

const isOurs = (template: string): boolean => new URL(addressOf(template, 'token')).pathname.endsWith('/l/token')
