import type { Instant } from '../kernel/clock.ts'

/** What happens to a message once it is out of our hands. */
export const EVENT_KINDS = ['SENT', 'DELIVERED', 'OPENED', 'CLICKED', 'REPLIED', 'FAILED', 'BOUNCED', 'COMPLAINED', 'UNSUBSCRIBED'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** That something happened, as it is kept. */
export type MessageEvent = {
  readonly id: string
  readonly messageId: string
  readonly kind: EventKind
  readonly at: Instant
  /** Who told it; null: noticed here. */
  readonly providerCode: string | null
  /** Which of the message's links, from 1; null: none, or nobody said. */
  readonly link: number | null
  /** Why it failed, or what was replied. For staff. */
  readonly detail: string | null
  /** How often it was noticed here. */
  readonly times: number
}

/** What a provider tells of a message, as it was read. */
export type ReportedEvent = {
  /** The provider's own name of it: told again under this name it is the same one. */
  readonly id: string
  readonly kind: EventKind
  readonly at: Instant
  readonly messageId: string | null
  readonly providerMessageId: string | null
  /** The address of whoever replied, where the provider does not know to what. */
  readonly from: string | null
  readonly link: number | null
  readonly detail: string | null
}

/** An event that is about to be kept. */
export type NewEvent = {
  readonly messageId: string
  readonly kind: EventKind
  readonly at: Instant
  readonly providerCode: string
  readonly eventId: string
  readonly link: number | null
  readonly detail: string | null
}

/** What became of what was told: events that were new, that were known, and those of messages that are not this provider's (by their ids). */
export type Taken = { readonly taken: number; readonly known: number; readonly unknown: readonly string[] }
