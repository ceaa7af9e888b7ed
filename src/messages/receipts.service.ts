import type { Result } from '../kernel/result.ts'
import { accept, refuse } from '../kernel/result.ts'
import type { World } from '../shell/world.ts'
import type { Taken } from './event.model.ts'
import { readEvents } from './event.rules.ts'
import { takeEvents } from './event.service.ts'
import { listProviders, secretOf } from './provider.service.ts'
import { isSigned, type SignatureHeaders } from './signature.rules.ts'
import { readWebhook } from './webhook.rules.ts'

/** Why nothing was taken: nobody known signed it, or it cannot be read. */
type ReceiptFault = { readonly kind: 'UNKNOWN' | 'UNREADABLE'; readonly sentence: string }

const NOBODY: ReceiptFault = { kind: 'UNKNOWN', sentence: 'Nobody who is known here signed this just now.' }

/** Takes what a provider tells of its messages, if it was the provider and just now. */
export async function receiveReceipts(
  world: World,
  providerCode: string,
  headers: SignatureHeaders,
  body: string,
): Promise<Result<Taken, ReceiptFault>> {
  const provider = (await listProviders(world)).find(({ code, kind }) => code === providerCode && kind === 'WEBHOOK')
  const secret = provider === undefined ? null : await secretOf(world, provider.code)
  if (provider === undefined || secret === null || !isSigned(secret, headers, body, world.now)) return refuse(NOBODY)
  const events = readEvents(parsed(body), world.now)
  if (!events.ok) return refuse({ kind: 'UNREADABLE', sentence: events.problem })
  const settings = readWebhook(provider.settings, provider.channel)
  const optOutWords = settings.ok ? settings.value.optOutWords : []
  return accept(await takeEvents(world, { code: provider.code, channel: provider.channel, optOutWords }, events.value))
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
