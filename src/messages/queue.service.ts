import { customersByIds } from '../customers/customer.service.ts'
import { newId } from '../shell/ids.ts'
import { wake } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { addressesOf } from '../touches/reach.service.ts'
import { type Follower, followerOf } from './following.service.ts'
import type { Message, MessageChannel, MessageContent, NewMessage, Queued, QueueRefusal } from './message.model.ts'
import { cancelQueued, findByExposures, insertMessages, type Made, resumePaused, type Whose } from './message.store.ts'
import { MESSAGES, messageFollowers } from './message.topic.ts'
import type { Provider } from './provider.model.ts'
import { isEmail } from './provider.rules.ts'
import { listProviders } from './provider.service.ts'
import type { Template } from './template.model.ts'
import { variantFor, writeVariant } from './template.rules.ts'
import { templatesByCode } from './template.service.ts'
import { unsubscribeUrls } from './unsubscribe.service.ts'
import { known, type Reader, readersOf } from './variables.service.ts'
import { contentFault, readWebhook } from './webhook.rules.ts'

/** So many are read and written together. */
const AT_ONCE = 1_000

/**
 * Writes messages, each in its reader's language and for their tier, and puts them into the queue; in the caller's transaction, set-based. What
 * cannot be written, or reach anybody, is refused with its reason; the answers are in the order of the rows. Of an exposure that has a message
 * already that one is the answer.
 */
export async function queueMessages(world: World, rows: readonly NewMessage[]): Promise<readonly Queued[]> {
  const answers: Queued[] = []
  for (let from = 0; from < rows.length; from += AT_ONCE) answers.push(...(await queueSome(world, rows.slice(from, from + AT_ONCE))))
  if (answers.some(({ kind }) => kind === 'QUEUED')) wake(world, MESSAGES)
  return answers
}

async function queueSome(world: World, rows: readonly NewMessage[]): Promise<Queued[]> {
  const write = await writerOf(world, rows)
  const written = rows.map(write)
  const made = written.flatMap((one) => (one.ok ? one.made : []))
  const queued = new Set(await insertMessages(world, made))
  const known = await findByExposures(
    world,
    made.flatMap(({ id, exposureId }) => (queued.has(id) ? [] : (exposureId ?? []))),
  )
  return written.map((one) => {
    if (!one.ok) return one.refused
    const id = queued.has(one.made.id) ? one.made.id : known.get(one.made.exposureId ?? '')
    return id === undefined ? refusedFor('TEMPLATE_FAULT', 'It could not be kept.') : { kind: 'QUEUED', id }
  })
}

export type Written =
  | { readonly ok: true; readonly made: Made }
  | { readonly ok: false; readonly refused: Queued & { readonly kind: 'REFUSED' } }

const refusedFor = (reason: QueueRefusal, detail: string) => ({ kind: 'REFUSED', reason, detail }) as const
const refused = (reason: QueueRefusal, detail: string) => ({ ok: false, refused: refusedFor(reason, detail) }) as const

/** All that is needed to write these messages, read at once; the answer writes one. */
export async function writerOf(world: World, rows: readonly NewMessage[]): Promise<(row: NewMessage) => Written> {
  const customers = await customersByIds(world, [...new Set(rows.map(({ customerId }) => customerId))])
  const addresses = await addressesOf(
    world,
    customers.map(({ id }) => id),
  )
  const readers = await readersOf(world, customers)
  const templates = await templatesByCode(
    world,
    rows.map(({ templateCode }) => templateCode),
  )
  const providers = new Map((await listProviders(world)).flatMap((one) => (one.enabled ? [[one.channel, one] as const] : [])))
  const [shop, urlOf, followed] = [await readShop(world), await unsubscribeUrls(world), await followerOf(world)]
  return (row) => {
    const template = templates.get(row.templateCode)
    if (template === undefined) return refused('TEMPLATE_FAULT', `There is no template "${row.templateCode}".`)
    const provider = providers.get(row.channel)
    if (provider === undefined) return refused('NO_PROVIDER', `Nobody carries ${row.channel}: save a provider for it.`)
    const reader = readers.get(row.customerId)
    if (reader === undefined) return refused('FORGOTTEN', 'The customer is not known.')
    const recipient = addresses.get(row.customerId)?.[row.channel]
    if (recipient === undefined || (row.channel === 'EMAIL' && !isEmail(recipient)))
      return refused('UNREACHABLE', `Nothing is known by which they are reached by ${row.channel}.`)
    return writeOne({ row, template, provider, reader, recipient, shop, urlOf, followed })
  }
}

type Parts = {
  readonly row: NewMessage
  readonly template: Template
  readonly provider: Provider
  readonly reader: Reader
  readonly recipient: string
  readonly shop: { readonly timeZone: string; readonly currency: string }
  readonly urlOf: ((who: { customerId: string; channel: MessageChannel; messageId: string }) => string) | null
  readonly followed: Follower
}

function writeOne({ row, template, provider, reader, recipient, shop, urlOf, followed }: Parts): Written {
  const { variables: given, ...about } = row
  const { customer, tier } = reader
  const variant = variantFor(template, row.channel, { language: customer.language, tierCode: tier?.code ?? null })
  if (variant === null) return refused('TEMPLATE_FAULT', `Template "${template.code}" says nothing by ${row.channel}.`)
  if (urlOf === null && row.channel === 'EMAIL' && row.purpose === 'MARKETING')
    return refused('TEMPLATE_FAULT', 'Marketing by mail says where to unsubscribe: start the server with REGULARS_PUBLIC_URL.')
  const id = newId()
  const variables = {
    ...known(given),
    ...reader.variables,
    ...(urlOf === null ? {} : { unsubscribe_url: urlOf({ customerId: customer.id, channel: row.channel, messageId: id }) }),
  }
  const content = writeVariant(variant, variables, shop, {
    isMarketing: row.purpose === 'MARKETING',
    recipientName: customer.name,
    language: customer.language,
  })
  if (!content.ok) return refused('TEMPLATE_FAULT', content.problem)
  const fault = providerFault(provider, row.channel, content.value)
  if (fault !== null) return refused('TEMPLATE_FAULT', fault)
  const { version: templateVersion } = template
  const { language, tierCode } = variant
  return {
    ok: true,
    made: {
      ...about,
      id,
      providerCode: provider.code,
      templateVersion,
      language,
      tierCode,
      recipient,
      content: followed(provider, id, content.value),
    },
  }
}

/** What keeps a text from going to its provider, in words; null: nothing. */
function providerFault({ kind, settings, channel: carried }: Provider, channel: MessageChannel, content: MessageContent): string | null {
  if (kind !== 'WEBHOOK') return null
  const agreed = readWebhook(settings, carried)
  return agreed.ok ? contentFault(agreed.value, channel, content) : agreed.problem.message
}

/** Takes what still waits out of the queue; how many that were. Who follows messages is told in this transaction. */
export async function cancelMessages(world: World, whose: Whose, reason: string): Promise<number> {
  const cancelled = await cancelQueued(world, whose, reason)
  await tellFollowers(world, cancelled)
  return cancelled.length
}

/** Has what was put off while its campaign paused go at once. */
export async function resumeMessages(world: World, campaignId: string): Promise<number> {
  const resumed = await resumePaused(world, campaignId)
  wake(world, MESSAGES)
  return resumed
}

export async function tellFollowers(world: World, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  const changes = messages.map((message) => ({ message, status: message.status }))
  for (const follow of messageFollowers(world)) await follow(world, changes)
}
