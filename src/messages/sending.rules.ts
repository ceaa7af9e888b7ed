import type { Instant } from '../kernel/clock.ts'
import { instant } from '../kernel/clock.ts'
import type { Message, MessageStatus, Outcome } from './message.model.ts'
import { againAfter } from './provider.rules.ts'

/** What becomes of a message by what came of sending it, or by not having been tried. */
export type Settled = {
  readonly status: MessageStatus
  readonly reason: string | null
  readonly providerMessageId: string | null
  readonly costMinor: number
  /** When it is tried again; null: as it was. */
  readonly dueAt: Instant | null
  /** It was not tried. */
  readonly givenBack: boolean
}

const settled = (status: MessageStatus, reason: string | null, more: Partial<Settled> = {}): Settled => ({
  status,
  reason,
  providerMessageId: null,
  costMinor: 0,
  dueAt: null,
  givenBack: false,
  ...more,
})

/** How long whoever paused a campaign need not be asked again; resuming it asks at once. */
const PAUSED_MS = 15 * 60_000

export const givenBack = (): Settled => settled('QUEUED', null, { givenBack: true })

/** Kept from going, moments before: what is paused waits, whatever else is over. */
export const kept = (reason: string, now: Instant): Settled =>
  reason === 'PAUSED'
    ? settled('QUEUED', reason, { givenBack: true, dueAt: instant(now + PAUSED_MS) })
    : settled('CANCELLED', reason, { givenBack: true })

export function settlementOf(message: Message, outcome: Outcome, now: Instant, usualCost: number): Settled {
  switch (outcome.kind) {
    case 'SENT':
    case 'ACCEPTED':
    case 'DELIVERED':
    case 'AWAITING_STAFF':
      return settled(outcome.kind, null, {
        providerMessageId: outcome.providerMessageId ?? null,
        costMinor: outcome.costMinor ?? usualCost,
      })
    case 'UNREACHABLE':
      return givenBack()
    case 'AGAIN': {
      const after = againAfter(message.attempts)
      if (after === null) return settled('FAILED', outcome.reason)
      const dueAt = instant(now + after)
      return message.notAfter !== null && dueAt > message.notAfter
        ? settled('FAILED', outcome.reason)
        : settled('QUEUED', outcome.reason, { dueAt })
    }
    default:
      return settled(outcome.kind, outcome.reason)
  }
}
