import { instant } from '../kernel/clock.ts'
import { localTime } from '../kernel/zone.ts'
import { type OutboundFault, outboundUrl, privateAddressesAllowed } from '../shell/outbound.ts'
import { postSigned } from '../shell/signed-post.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Outcome, Outgoing } from './message.model.ts'
import type { Sender } from './message.topic.ts'
import type { OpenProvider } from './provider.model.ts'
import type { WebhookSettings } from './webhook.model.ts'
import { bodyOf, contentFault, isOpenAt, opensInMinutes, outcomeOf, readWebhook } from './webhook.rules.ts'

/** Of an answer nothing longer is read. */
const LONGEST_ANSWER = 64_000

/** Messages to whoever speaks our contract (docs/guides/message-providers.md), signed as Standard Webhooks has it. */
export const WEBHOOK: Sender = {
  // The id of the request is the message's: whoever has it already knows it again.
  ifLost: 'AGAIN',
  settings: readWebhook,
  atOnce: () => 10,
  send: async (world, provider, outgoing) => {
    const settings = settingsOf(provider)
    const closed = await closedUntil(world, settings)
    if (closed !== null) return { kind: 'UNREACHABLE', reason: `the provider takes messages from ${settings.hours?.from}`, until: closed }
    const fault = contentFault(settings, outgoing.message.channel, outgoing.content)
    if (fault !== null) return { kind: 'FAILED', reason: fault }
    return give(world, provider, settings, outgoing)
  },
  test: async (world, provider, to) => {
    const body = JSON.stringify({ type: 'ping', timestamp: new Date(world.now).toISOString(), data: { to } })
    const answer = await post(world, provider, settingsOf(provider), `ping_${crypto.randomUUID()}`, body)
    if (!answer.ok) return `${provider.name}: ${answer.problem.sentence}.`
    const { status } = answer.value
    return status >= 200 && status < 300 ? null : `${provider.name} answered ${status}, and a test is answered with 200 to 299.`
  },
}

async function give(world: World, provider: OpenProvider, settings: WebhookSettings, outgoing: Outgoing): Promise<Outcome> {
  const body = JSON.stringify(bodyOf(outgoing, settings, new Date(world.now).toISOString()))
  const answer = await post(world, provider, settings, outgoing.message.id, body)
  if (answer.ok) return outcomeOf(answer.value.status, answer.value.body)
  const { kind, sentence } = answer.problem
  return { kind: kind === 'UNKNOWN' ? 'AGAIN' : 'UNREACHABLE', reason: sentence }
}

function post(world: World, { secret }: OpenProvider, settings: WebhookSettings, id: string, body: string) {
  if (secret === null) return { ok: false, problem: { kind: 'NOT_ALLOWED', sentence: 'it has no secret' } satisfies OutboundFault } as const
  return postSigned({
    url: settings.url,
    id,
    at: world.now,
    secrets: [secret],
    body,
    timeoutMs: settings.timeoutSeconds * 1_000,
    mostBytes: LONGEST_ANSWER,
    longer: 'NO_ANSWER',
    allowPrivate: privateAddressesAllowed(world.memory),
  })
}

function settingsOf(provider: OpenProvider): WebhookSettings {
  const settings = readWebhook(provider.settings, provider.channel)
  if (!settings.ok) throw new Error(`the settings of provider ${provider.code} are not those of a webhook`)
  return settings.value
}

/** Until when the provider takes nothing; null: it takes messages now. */
async function closedUntil(world: World, settings: WebhookSettings) {
  if (settings.hours === null) return null
  const { minuteOfDay } = localTime(world.now, (await readShop(world)).timeZone)
  return isOpenAt(settings, minuteOfDay) ? null : instant(world.now + opensInMinutes(settings, minuteOfDay) * 60_000)
}

/** What is wrong with where a provider is, in words; null: nothing that can be known before something is sent. */
export function webhookUrlFault(world: World, url: string): string | null {
  const read = outboundUrl(url, privateAddressesAllowed(world.memory))
  return read.ok ? null : read.problem
}
