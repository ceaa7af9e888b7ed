import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type Memory, slot } from './memory.ts'
import { isPublicAddress } from './public-address.ts'

const PRIVATE_ALLOWED = slot(() => ({ allowed: false }))

/** Said once by whoever starts a process: whether what staff typed in may be a private address. */
export function allowPrivateAddresses(memory: Memory, allowed: boolean): void {
  memory.of(PRIVATE_ALLOWED).allowed = allowed
}

export const privateAddressesAllowed = (memory: Memory): boolean => memory.of(PRIVATE_ALLOWED).allowed

/** What is sent to an address that somebody gave us. */
export type OutboundPost = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** For the whole of it, from the name to the answer's last byte. */
  readonly timeoutMs: number
  /** Of an answer. */
  readonly mostBytes: number
  /** What becomes of a longer one: it is no answer, or its beginning is. */
  readonly longer: 'NO_ANSWER' | 'CUT'
  /** Also to private addresses, and there without TLS. */
  readonly allowPrivate: boolean
}

export type OutboundAnswer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly body: string }

/**
 * Why there is no answer. NOT_ALLOWED: we do not send there. NOT_SENT: nobody was reached, nothing was said. UNKNOWN: it may have been
 * heard. `sentence` is for staff, and holds nothing that was sent.
 */
export type OutboundFault = { readonly kind: 'NOT_ALLOWED' | 'NOT_SENT' | 'UNKNOWN'; readonly sentence: string }

/** Whether an address may be one of somebody's who takes what we send; a name is looked up each time that something is sent. */
export function outboundUrl(text: string, allowPrivate: boolean): Result<URL, string> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return refuse('it must be an address that begins with https://')
  if (url.username !== '' || url.password !== '') return refuse('it must hold no name and no password')
  if (url.protocol === 'http:' && !allowPrivate) return refuse('it must begin with https://')
  const host = hostOf(url)
  if (isIP(host) !== 0 && !allowPrivate && !isPublicAddress(host)) return refuse(PRIVATE)
  return accept(url)
}

const PRIVATE = 'it leads to a private address (REGULARS_ALLOW_PRIVATE_WEBHOOKS allows that)'
const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

/** Connections are kept for what comes next to the same place; a place's address was checked when its connection was opened. */
const AGENTS = {
  'http:': new http.Agent({ keepAlive: true, timeout: 10_000, maxSockets: 64 }),
  'https:': new https.Agent({ keepAlive: true, timeout: 10_000, maxSockets: 64 }),
}

/**
 * Sends to an address that a caller chose. Its name is looked up once, every address it has is looked at, and the connection goes to
 * one of these: a name that answers otherwise the next moment leads nowhere else. No redirect is followed, and what comes back is bounded.
 */
export async function postOutbound(post: OutboundPost): Promise<Result<OutboundAnswer, OutboundFault>> {
  const url = outboundUrl(post.url, post.allowPrivate)
  if (!url.ok) return refuse({ kind: 'NOT_ALLOWED', sentence: url.problem })
  const over = AbortSignal.timeout(post.timeoutMs)
  const addresses = await addressesOf(hostOf(url.value), over)
  if (addresses === null) return refuse({ kind: 'NOT_SENT', sentence: 'its name could not be looked up' })
  if (!post.allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    return refuse({ kind: 'NOT_ALLOWED', sentence: PRIVATE })
  return send(url.value, post, addresses, over)
}

type Address = { readonly address: string; readonly family: number }

async function addressesOf(host: string, over: AbortSignal): Promise<readonly Address[] | null> {
  if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }]
  const given = new Promise<null>((resolve) => over.addEventListener('abort', () => resolve(null), { once: true }))
  const found = lookup(host, { all: true }).catch(() => null)
  const addresses = await Promise.race([found, given])
  return addresses === null || addresses.length === 0 ? null : addresses
}

function send(
  url: URL,
  post: OutboundPost,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Result<OutboundAnswer, OutboundFault>> {
  const secure = url.protocol === 'https:'
  const { promise, resolve } = Promise.withResolvers<Result<OutboundAnswer, OutboundFault>>()
  let connected = false
  const fail = (error: unknown) => {
    const sentence = faultSentence(error)
    resolve(refuse({ kind: connected || signal.aborted ? 'UNKNOWN' : 'NOT_SENT', sentence }))
  }
  const request = (secure ? https : http).request(url, {
    method: 'POST',
    agent: secure ? AGENTS['https:'] : AGENTS['http:'],
    lookup: only(addresses),
    signal,
    headers: { ...post.headers, 'content-length': String(Buffer.byteLength(post.body)) },
  })
  request.on('socket', (socket) => {
    if (!socket.connecting) connected = true
    else
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true
      })
  })
  request.on('error', fail)
  request.on('response', (response) => {
    const parts: Buffer[] = []
    let bytes = 0
    response.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes <= post.mostBytes || post.longer === 'CUT') parts.push(part)
      if (bytes > post.mostBytes) {
        if (post.longer === 'CUT') end()
        request.destroy(new Error(`its answer had more than ${post.mostBytes} bytes`))
      }
    })
    const end = () => {
      const body = Buffer.concat(parts).subarray(0, post.mostBytes).toString('utf8')
      resolve(accept({ status: response.statusCode ?? 0, headers: response.headers, body }))
    }
    response.on('end', end)
    response.on('error', fail)
  })
  request.end(post.body)
  return promise
}

/** Whatever name is asked for, the addresses that were looked at. */
const only =
  (addresses: readonly Address[]): LookupFunction =>
  (_, options, answer) => {
    const first = addresses[0] as Address
    if (options.all) answer(null, [...addresses])
    else answer(null, first.address, first.family)
  }

function faultSentence(error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: string; message?: string }
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR') return 'it did not answer in time'
  if (code === 'ECONNREFUSED') return 'it refused the connection'
  if (code === 'ECONNRESET') return 'it broke the connection off'
  if (message?.startsWith('its answer had')) return message
  return `it could not be reached (${code ?? 'no code'})`
}
