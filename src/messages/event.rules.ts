import { type Instant, instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { EVENT_KINDS, type EventKind, type ReportedEvent } from './event.model.ts'
import type { MessageStatus } from './message.model.ts'

/**
 * From what is known least to what is known last. An event takes a message forward along this and never back, so it does not matter in
 * which order events come, nor how often. Mail that was delivered can come back; what came back was never read.
 */
export const FORWARD: readonly MessageStatus[] = [
  'QUEUED',
  'SENDING',
  'DOUBTFUL',
  'CANCELLED',
  'ACCEPTED',
  'AWAITING_STAFF',
  'SENT',
  'FAILED',
  'DELIVERED',
  'BOUNCED',
]

/** What an event says of where a message stands. Whoever opens, follows, answers or ends a message has received it. */
export const SAYS: Readonly<Record<EventKind, MessageStatus>> = {
  SENT: 'SENT',
  DELIVERED: 'DELIVERED',
  OPENED: 'DELIVERED',
  CLICKED: 'DELIVERED',
  REPLIED: 'DELIVERED',
  COMPLAINED: 'DELIVERED',
  UNSUBSCRIBED: 'DELIVERED',
  FAILED: 'FAILED',
  BOUNCED: 'BOUNCED',
}

/** Where a message stands after an event. */
export const standingAfter = (status: MessageStatus, kind: EventKind): MessageStatus =>
  FORWARD.indexOf(SAYS[kind]) > FORWARD.indexOf(status) ? SAYS[kind] : status

/** Of several events of one message the one that says most of where it stands. */
export const farthest = (kinds: readonly EventKind[]): MessageStatus =>
  kinds.map((kind) => SAYS[kind]).reduce((most, status) => (FORWARD.indexOf(status) > FORWARD.indexOf(most) ? status : most))

const MOST_EVENTS = 500
const LONGEST_REPLY = 2_000
/** Clocks differ; what is told of further ahead than this is told of now. */
const AHEAD_MS = 300_000

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a provider tells in one request, `{"events": [...]}`; refused with what is wrong with the first that cannot be read. */
export function readEvents(body: unknown, now: Instant): Result<readonly ReportedEvent[], string> {
  const events = isRecord(body) ? body.events : null
  if (!Array.isArray(events) || events.length === 0) return refuse('Send {"events": [...]}, at least one.')
  if (events.length > MOST_EVENTS) return refuse(`At most ${MOST_EVENTS} events a request.`)
  const read: ReportedEvent[] = []
  for (const [i, event] of events.entries()) {
    const one = readEvent(event, now)
    if (typeof one === 'string') return refuse(`events[${i}]: ${one}`)
    read.push(one)
  }
  return accept(read)
}

function readEvent(given: unknown, now: Instant): ReportedEvent | string {
  if (!isRecord(given)) return 'an event is an object.'
  const { id, type, at, messageId = null, providerMessageId = null, from = null, link = null, reason = null, text = null } = given
  if (typeof id !== 'string' || !isWord(id, 200)) return 'id has 1 to 200 printable characters.'
  const kind = EVENT_KINDS.find((known) => type === `message.${known.toLowerCase()}`)
  if (kind === undefined) return `type is one of ${EVENT_KINDS.map((known) => `message.${known.toLowerCase()}`).join(', ')}.`
  const when = readInstant(at)
  if (when === null) return 'at is an instant of ISO 8601, as in 2026-11-22T03:00:00Z.'
  for (const [name, value] of Object.entries({ providerMessageId, from }))
    if (value !== null && !(typeof value === 'string' && isWord(value, 200))) return `${name} has 1 to 200 printable characters.`
  if (messageId !== null && !(typeof messageId === 'string' && isUuid(messageId))) return 'messageId is the one that the message came with.'
  if (messageId === null && providerMessageId === null && !(kind === 'REPLIED' && from !== null))
    return 'messageId or providerMessageId says which message (of a reply, from may say whose).'
  if (link !== null && !(typeof link === 'number' && Number.isInteger(link) && link >= 1 && link <= 1_000))
    return 'link is from 1 to 1,000.'
  const words = kind === 'REPLIED' ? text : reason
  if (words !== null && typeof words !== 'string') return `${kind === 'REPLIED' ? 'text' : 'reason'} is a text.`
  return {
    id,
    kind,
    at: when > now + AHEAD_MS ? now : when,
    messageId: messageId as string | null,
    providerMessageId: providerMessageId as string | null,
    from: from as string | null,
    link,
    detail: words === null ? null : tidyWords(words),
  }
}

function readInstant(at: unknown): Instant | null {
  if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(at)) return null
  const ms = Date.parse(at)
  return Number.isFinite(ms) && ms >= 0 ? instant(ms) : null
}

/** Somebody's words as they can be kept: lines stay lines. */
const tidyWords = (text: string): string | null =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REPLY)
    .toWellFormed() || null
