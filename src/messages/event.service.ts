import { contactName } from '../customers/contact.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { accept, type Result } from '../kernel/result.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { noteDeadAddresses } from '../touches/dead-address.service.ts'
import { object } from '../touches/objection.service.ts'
import type { EventKind, MessageEvent, NewEvent, ReportedEvent, Taken } from './event.model.ts'
import { FORWARD, farthest, SAYS } from './event.rules.ts'
import { advanceMessages, findByPhone, findEvents, findRecipients, findReported, findTold, insertEvents } from './event.store.ts'
import type { Message, MessageChannel } from './message.model.ts'
import { tellFollowers } from './queue.service.ts'
import { endsIt } from './webhook.rules.ts'

/** Who tells: a provider, and by which words its recipients end it. */
export type Teller = { readonly code: string; readonly channel: MessageChannel; readonly optOutWords: readonly string[] }

/**
 * Takes what a provider tells of its messages: each event once, in whatever order it comes. Whoever complains, or answers with a word that
 * ends it, has objected to the channel, at once.
 */
export async function takeEvents(world: World, teller: Teller, reports: readonly ReportedEvent[]): Promise<Taken> {
  const answer = await transact(world, async (tx): Promise<Result<Taken, never>> => {
    const found = await findReported(tx, teller.code, reports)
    const placed = await Promise.all(
      reports.map(async (report, i) => ({ report, messageIds: await whichOf(tx, teller, report, found[i] ?? null) })),
    )
    const events = placed.flatMap(({ report, messageIds }) => messageIds.map((messageId, i) => toNew(teller, report, messageId, i)))
    const fresh = await takeIn(tx, events, teller)
    const unknown = placed.filter(({ messageIds }) => messageIds.length === 0).map(({ report }) => report.id)
    return accept({ taken: fresh.length, known: events.length - fresh.length, unknown })
  })
  if (!answer.ok) throw new Error('events are taken')
  return answer.value
}

/** The message that a report is about; of a reply from a number, the newest to each who has it. */
async function whichOf(tx: World, teller: Teller, report: ReportedEvent, messageId: string | null): Promise<string[]> {
  if (messageId !== null) return [messageId]
  const phone = report.kind === 'REPLIED' && report.messageId === null && report.from !== null ? contactName('phone', report.from) : null
  if (phone === null) return []
  const people = await findByPhone(tx, teller.code, phone)
  // Nothing of ours ever went to some of them by this provider: that they end it holds all the same.
  const ends = report.detail !== null && endsIt(report.detail, teller.optOutWords)
  for (const { customerId } of ends ? people.filter((one) => one.messageId === null) : [])
    await object(tx, { by: 'id', value: customerId }, teller.channel, {
      source: `provider ${teller.code}`,
      wording: report.detail,
      at: report.at,
    })
  return people.flatMap((one) => one.messageId ?? [])
}

const toNew = (teller: Teller, { id, kind, at, link, detail }: ReportedEvent, messageId: string, place: number): NewEvent => ({
  messageId,
  kind,
  at,
  providerCode: teller.code,
  eventId: place === 0 ? id : `${id}/${place + 1}`,
  link,
  detail,
})

/** Something was noticed at our own doors: counted, and new only the first time. */
export async function noteAtDoor(world: World, messageId: string, kind: EventKind, link: number | null): Promise<void> {
  await transact(world, async (tx) => {
    const [message] = await findTold(tx, [messageId])
    if (message === undefined) return accept(null)
    const eventId = `${messageId}/${kind}${link === null ? '' : `/${link}`}`
    await takeIn(tx, [{ messageId, kind, at: tx.now, providerCode: '', eventId, link, detail: null }], null)
    return accept(null)
  })
}

/** Keeps what is new and lets follow what follows: first the customers who object are held, then messages. */
async function takeIn(tx: World, events: readonly NewEvent[], teller: Teller | null): Promise<readonly NewEvent[]> {
  const fresh = await insertEvents(tx, events)
  if (fresh.length === 0) return fresh
  const messages = new Map((await findTold(tx, [...new Set(fresh.map(({ messageId }) => messageId))])).map((one) => [one.id, one]))
  if (teller !== null) await objectWhoDid(tx, fresh, messages, teller)
  const advances = Array.from(
    Map.groupBy(fresh, ({ messageId }) => messageId),
    ([id, of]) => {
      const status = farthest(of.map(({ kind }) => kind))
      const saying = of.filter(({ kind }) => SAYS[kind] === status)
      const at = Math.min(...saying.map((event) => event.at))
      const reason = status === 'FAILED' || status === 'BOUNCED' ? (saying.find(({ detail }) => detail !== null)?.detail ?? status) : null
      return { id, status, at, reason, providerMessageId: null }
    },
  )
  const moved = await advanceMessages(tx, advances, FORWARD)
  await noteBounced(tx, moved)
  await tellFollowers(tx, moved)
  return fresh
}

async function objectWhoDid(tx: World, fresh: readonly NewEvent[], messages: ReadonlyMap<string, Message>, teller: Teller): Promise<void> {
  const noes = fresh.flatMap((event) => {
    const message = messages.get(event.messageId)
    const says =
      event.kind === 'COMPLAINED' ||
      event.kind === 'UNSUBSCRIBED' ||
      (event.kind === 'REPLIED' && endsIt(event.detail ?? '', teller.optOutWords))
    return message !== undefined && says ? [{ event, message }] : []
  })
  // Customers are held in the order of their ids, whoever holds several.
  noes.sort((a, b) => (a.message.customerId < b.message.customerId ? -1 : a.message.customerId > b.message.customerId ? 1 : 0))
  for (const { event, message } of noes) {
    const proof = { source: `provider ${teller.code}`, wording: event.detail ?? event.kind, at: event.at }
    await object(tx, { by: 'id', value: message.customerId }, message.channel, proof)
  }
}

/** Where nobody is nothing goes any more. */
async function noteBounced(tx: World, moved: readonly Message[]): Promise<void> {
  const bounced = moved.filter(({ status }) => status === 'BOUNCED')
  if (bounced.length === 0) return
  const recipients = await findRecipients(
    tx,
    bounced.map(({ id }) => id),
  )
  const dead = bounced.flatMap(({ id, customerId, channel, reason }) => {
    const address = recipients.get(id)
    return address === undefined || channel === 'PARCEL' ? [] : [{ customerId, channel, address, why: reason ?? 'BOUNCED' }]
  })
  await noteDeadAddresses(tx, dead)
  changed(
    tx,
    CUSTOMERS,
    dead.map(({ customerId }) => customerId),
  )
}

/** What happened to each of these messages, the first first. */
export async function eventsOf(world: World, messageIds: readonly string[]): Promise<MessageEvent[][]> {
  const events = Map.groupBy(await findEvents(world, messageIds), ({ messageId }) => messageId)
  return messageIds.map((id) => events.get(id) ?? [])
}

/** What staff say came of messages that they carried; said once for each. */
export async function noteStaff(
  tx: World,
  said: readonly { readonly messageId: string; readonly kind: EventKind; readonly detail: string | null }[],
): Promise<void> {
  const events = said.map((one) => ({ ...one, at: tx.now, providerCode: '', eventId: `${one.messageId}/STAFF`, link: null }))
  await takeIn(tx, events, null)
}
