import type { TouchPurpose } from '../customers/customer.model.ts'
import { newId } from '../shell/ids.ts'
import type { World } from '../shell/world.ts'
import type { Message, MessageChannel, MessageContent } from './message.model.ts'
import { senderOf } from './message.topic.ts'
import { openProviders } from './provider.service.ts'

export type Rehearsal = {
  readonly templateCode: string
  readonly channel: MessageChannel
  readonly purpose: TouchPurpose
  readonly content: MessageContent
  readonly to: string
}

/**
 * Sends something to a member of staff at once, as a customer would get it. It is no message of the shop's: nothing is kept or counted, and
 * nobody follows it. Null: it was taken; else why not, for staff.
 */
export async function sendRehearsal(world: World, { templateCode, channel, purpose, content, to }: Rehearsal): Promise<string | null> {
  const { open } = await openProviders(world)
  const provider = open.find((one) => one.channel === channel)
  if (provider === undefined) return `Nobody carries ${channel}: save a provider for it.`
  const sender = senderOf(world, provider.kind)
  if (sender === null || provider.kind === 'TASK') return `A person does ${channel}: there is nothing to be sent.`
  const message: Message = {
    id: newId(),
    customerId: newId(),
    channel,
    providerCode: provider.code,
    purpose,
    campaignId: null,
    campaignCode: null,
    step: null,
    exposureId: null,
    touchId: null,
    templateCode,
    templateVersion: 0,
    language: null,
    tierCode: null,
    status: 'SENDING',
    reason: null,
    queuedAt: world.now,
    dueAt: world.now,
    notAfter: null,
    attempts: 1,
    sentAt: null,
    providerMessageId: null,
    costMinor: 0,
  }
  const subject = content.subject === null ? null : `[Test] ${content.subject}`
  const outcome = await sender.send(world, provider, { message, recipient: to, content: { ...content, subject } })
  return 'reason' in outcome ? outcome.reason : null
}
