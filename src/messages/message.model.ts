import type { Channel, TouchPurpose } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'

/** A channel on which messages go to one customer each; a card in a parcel too. */
export type MessageChannel = Channel | 'PARCEL'

/**
 * QUEUED waits. SENDING is in a worker's hands. DOUBTFUL was, and nobody knows whether it went; it is never sent again by itself.
 * ACCEPTED: the provider took it and will say more. AWAITING_STAFF: a person does it. CANCELLED was never given to anybody.
 */
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]
export const MESSAGE_STATUSES = [
  'QUEUED',
  'SENDING',
  'DOUBTFUL',
  'ACCEPTED',
  'AWAITING_STAFF',
  'SENT',
  'DELIVERED',
  'FAILED',
  'BOUNCED',
  'CANCELLED',
] as const

/** One message to one customer. What it says lies beside it (MessageContent), and is gone sooner. */
export type Message = {
  readonly id: string
  readonly customerId: string
  readonly channel: MessageChannel
  /** Through whom it went; null while nobody has it. */
  readonly providerCode: string | null
  readonly purpose: TouchPurpose
  readonly campaignId: string | null
  readonly campaignCode: string | null
  readonly step: number | null
  readonly exposureId: string | null
  readonly touchId: string | null
  readonly templateCode: string
  readonly templateVersion: number
  /** Of the variant that was taken; null: the one for any. */
  readonly language: string | null
  readonly tierCode: string | null
  readonly status: MessageStatus
  /** Why it failed, bounced, was cancelled, is in doubt or is tried again. */
  readonly reason: string | null
  readonly queuedAt: Instant
  readonly dueAt: Instant
  readonly notAfter: Instant | null
  readonly attempts: number
  readonly sentAt: Instant | null
  readonly providerMessageId: string | null
  readonly costMinor: number
}

/** What is to be sent to one customer. */
export type NewMessage = {
  readonly exposureId: string | null
  readonly campaignId: string | null
  readonly campaignCode: string | null
  readonly step: number | null
  readonly touchId: string | null
  readonly customerId: string
  readonly channel: MessageChannel
  readonly purpose: TouchPurpose
  readonly templateCode: string
  /** What the template may say besides what is known of the customer: coupon, link, offers, campaign. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Later than this it is not sent. */
  readonly notAfter: Instant | null
}

export type Queued =
  | { readonly kind: 'QUEUED'; readonly id: string }
  | { readonly kind: 'REFUSED'; readonly reason: QueueRefusal; readonly detail: string }

/** Why a message cannot be made: no provider for its channel, no address, or the template cannot be written for this customer. */
export type QueueRefusal = 'NO_PROVIDER' | 'UNREACHABLE' | 'TEMPLATE_FAULT' | 'FORGOTTEN'

/** What a message says, as it leaves. */
export type MessageContent = {
  readonly subject: string | null
  readonly html: string | null
  readonly text: string | null
  /** A provider's own approved text, named by its id, and what goes into it. */
  readonly providerTemplateId: string | null
  readonly parameters: Readonly<Record<string, string>>
  /** Where this message's reader unsubscribes. */
  readonly unsubscribeUrl: string | null
  /** By what name the reader is greeted; an address may carry it. */
  readonly recipientName: string | null
}

export type Outgoing = { readonly message: Message; readonly recipient: string; readonly content: MessageContent }

/**
 * What came of giving a message to its provider. BOUNCED: the address is bad for good. AGAIN: not taken this time. UNREACHABLE: nobody
 * is taken now (`until`: until then, which is no fault), and this message was not tried. DOUBTFUL: it may have been taken.
 */
export type Outcome =
  | {
      readonly kind: 'SENT' | 'ACCEPTED' | 'AWAITING_STAFF' | 'DELIVERED'
      readonly providerMessageId?: string | null
      /** Where the provider says it; else what it usually costs. */
      readonly costMinor?: number
    }
  | { readonly kind: 'FAILED' | 'BOUNCED' | 'DOUBTFUL' | 'AGAIN'; readonly reason: string }
  | { readonly kind: 'UNREACHABLE'; readonly reason: string; readonly until?: Instant }

export type MessageFilter = {
  readonly customerId?: string | null
  readonly campaignId?: string | null
  readonly status?: MessageStatus | null
  readonly channel?: MessageChannel | null
}

/** What is done with a message of which nobody knows whether it went. */
export type Resolution = 'SEND_AGAIN' | 'LEAVE'
