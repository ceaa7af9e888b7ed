import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { MessageChannel } from './message.model.ts'
import type { ProviderKind, SmtpSettings, WantedProvider } from './provider.model.ts'

/** Which channels a kind of provider can carry. */
const CARRIES: Record<ProviderKind, readonly MessageChannel[]> = {
  SMTP: ['EMAIL'],
  WEBHOOK: ['EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM'],
  TASK: ['SMS', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL'],
}

export function readProvider(wanted: WantedProvider): Result<WantedProvider, Problem> {
  const bad = (message: string, ...path: string[]) => refuse(problem('BAD_USER_INPUT', message, ['input', ...path]))
  if (!/^[\w-]{1,40}$/.test(wanted.code)) return bad('code has 1 to 40 letters, digits, dashes and underscores.', 'code')
  if (!isWord(wanted.name, 200)) return bad('name must have 1 to 200 printable characters.', 'name')
  if (!CARRIES[wanted.kind].includes(wanted.channel))
    return bad(`${wanted.kind} carries ${CARRIES[wanted.kind].join(', ')}, not ${wanted.channel}.`, 'channel')
  const { ratePerSecond: rate, secret } = wanted
  if (rate !== null && !(rate >= 0.001 && rate <= 100_000)) return bad('ratePerSecond is from 0.001 to 100,000.', 'ratePerSecond')
  if (secret != null && (secret.length > 10_000 || !isWord(secret, 10_000)))
    return bad('secret has 1 to 10,000 printable characters.', 'secret')
  const settings = JSON.stringify(wanted.settings)
  if (settings.length > 20_000 || !settings.isWellFormed() || settings.includes('\\u0000') || /\\ud[89a-f]/i.test(settings))
    return bad('settings hold what cannot be kept, or more than 20,000 characters.', 'settings')
  return accept(wanted)
}

/** The settings of a mail server; whatever else is written there is refused. */
export function readSmtp(given: Readonly<Record<string, unknown>>): Result<SmtpSettings, Problem> {
  const bad = (message: string, name: string) => refuse(problem('BAD_USER_INPUT', message, ['input', 'smtp', name]))
  const text = (name: string) => (typeof given[name] === 'string' && given[name] !== '' ? (given[name] as string) : null)
  const host = text('host') ?? ''
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,252})$/.test(host)) return bad('host is the name or address of a mail server.', 'host')
  const port = given.port ?? 587
  if (!(typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535)) return bad('port is from 1 to 65535.', 'port')
  const security = given.security ?? (port === 465 ? 'TLS' : 'STARTTLS')
  if (security !== 'TLS' && security !== 'STARTTLS' && security !== 'NONE') return bad('security is TLS, STARTTLS or NONE.', 'security')
  const from = text('from') ?? ''
  if (!isEmail(from)) return bad('from is the address from which the shop writes.', 'from')
  const replyTo = text('replyTo')
  if (replyTo !== null && !isEmail(replyTo)) return bad('replyTo is an email address.', 'replyTo')
  const [username, fromName] = [text('username'), text('fromName')]
  if (username !== null && !isWord(username, 200)) return bad('username has 1 to 200 printable characters.', 'username')
  if (fromName !== null && !isWord(fromName, 200)) return bad('fromName has 1 to 200 printable characters.', 'fromName')
  const connections = given.connections ?? 5
  if (!(typeof connections === 'number' && Number.isInteger(connections) && connections >= 1 && connections <= 50))
    return bad('connections is from 1 to 50.', 'connections')
  const [trackClicks, trackOpens] = [given.trackClicks ?? true, given.trackOpens ?? false]
  if (typeof trackClicks !== 'boolean') return bad('trackClicks is true or false.', 'trackClicks')
  if (typeof trackOpens !== 'boolean') return bad('trackOpens is true or false.', 'trackOpens')
  return accept({ host, port, security, username, from, fromName, replyTo, connections, trackClicks, trackOpens })
}

/** An address that can stand in an envelope and a header as it is; nothing quoted, nothing that separates addresses. */
export const isEmail = (text: string): boolean =>
  text.isWellFormed() && /^[^\s\p{Cc}()<>[\]:;@\\,"]{1,64}@[^\s\p{Cc}()<>[\]:;@\\,"]{1,189}$/u.test(text)

/** How long a provider that takes nobody is left alone: half a minute, then twice as long each time, at most a quarter of an hour. */
export const holdFor = (failures: number): number => Math.min(900_000, 30_000 * 2 ** Math.min(failures, 10))

const MOST_ATTEMPTS = 6

/** When what was not taken is tried again: after a minute, five, 25, then ever later; null: it was tried often enough. */
export const againAfter = (attempts: number): number | null => (attempts >= MOST_ATTEMPTS ? null : 60_000 * 5 ** (attempts - 1))

/**
 * How many may go now at a rate, and until when that is their time: what was not used earlier is good for a fifth of a second, or for one
 * message.
 */
export function allowed(
  now: number,
  nextAt: number | null,
  perSecond: number,
  wanted: number,
): { readonly count: number; readonly nextAt: number } {
  const saved = Math.max(200, 1_000 / perSecond)
  const from = Math.max(nextAt ?? 0, now - saved)
  const count = Math.min(wanted, Math.max(0, Math.floor(((now - from) * perSecond) / 1_000 + 1e-9)))
  return { count, nextAt: from + (count * 1_000) / perSecond }
}
