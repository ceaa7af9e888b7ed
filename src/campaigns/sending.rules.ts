import type { Message, MessageStatus } from '../messages/message.model.ts'
import type { TouchReason, TouchStatus } from '../touches/touch.model.ts'

/** What becomes of an exposure by what became of its message; null: it goes on waiting. */
export function exposureAfter(status: MessageStatus): 'SENT' | 'FAILED' | 'DROPPED' | null {
  switch (status) {
    case 'ACCEPTED':
    case 'SENT':
    case 'DELIVERED':
      return 'SENT'
    case 'FAILED':
    case 'BOUNCED':
      return 'FAILED'
    case 'CANCELLED':
      return 'DROPPED'
    default:
      return null
  }
}

/** What the ledger says of a touch by what became of its message; null: nothing new. What is in doubt counts: somebody may have it. */
export function touchAfter(status: MessageStatus): TouchStatus | null {
  switch (status) {
    case 'ACCEPTED':
    case 'SENT':
      return 'SENT'
    case 'DELIVERED':
    case 'FAILED':
    case 'BOUNCED':
    case 'CANCELLED':
      return status
    default:
      return null
  }
}

/** Whether a message was never given to anybody who charges for it. */
export const wasFree = ({ costMinor, status }: Message): boolean => costMinor === 0 && (status === 'CANCELLED' || status === 'FAILED')

const REASONS = new Set<string>([
  'NO_CONSENT',
  'OBJECTED',
  'UNREACHABLE',
  'OPEN_COMPLAINT',
  'UNDELIVERED_ORDER',
  'PENDING_REFUND',
  'TOO_LATE',
  'CONTROL_GROUP',
  'BOUGHT',
  'CAMPAIGN_OVER',
  'FORGOTTEN',
] satisfies TouchReason[])

/** The reason of a cancelled message, if it is one that touches know. */
export const touchReason = (reason: string | null): TouchReason | null =>
  reason !== null && REASONS.has(reason) ? (reason as TouchReason) : null
