import type { Channel, TouchPurpose } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'

/** What a customer is spoken to for: CARE sells nothing. */
export type Purpose = TouchPurpose
/** A way to reach a customer; a card in a parcel and what is shown on the site are touches too. */
export type TouchChannel = Channel | 'PARCEL' | 'ON_SITE'

export const CHANNELS = ['EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST'] as const satisfies readonly Channel[]
export const TOUCH_CHANNELS = [...CHANNELS, 'PARCEL', 'ON_SITE'] as const satisfies readonly TouchChannel[]

/** Why nothing was sent, or not yet. */
export type TouchReason =
  | 'NO_CONSENT'
  | 'OBJECTED'
  | 'UNREACHABLE'
  | 'CAP'
  | 'QUIET_HOURS'
  | 'CARE_FIRST'
  | 'OPEN_COMPLAINT'
  | 'UNDELIVERED_ORDER'
  | 'PENDING_REFUND'
  | 'PRICE_SHIELD'
  | 'PRIORITY'
  | 'TOO_LATE'
  | 'CONTROL_GROUP'
  | 'BOUGHT'
  | 'CONDITION'
  | 'BUDGET'
  | 'PAUSED'
  | 'CAMPAIGN_OVER'
  | 'FORGOTTEN'
  | 'TEMPLATE_FAULT'

/** A contact that somebody wants to make. */
export type WantedTouch = {
  /** Its own name for good: the exposure's id. Asked again under the same key it is the same touch. */
  readonly key: string
  readonly customerId: string
  readonly purpose: Purpose
  /** In order of preference. */
  readonly channels: readonly TouchChannel[]
  readonly campaignId: string | null
  readonly campaignCode: string | null
  readonly step: number | null
  /** Of two that are wanted for one customer at the same time the larger goes first. */
  readonly priority: number
  /** What it says would anger this customer, who bought the product at full price lately: the caller knows. */
  readonly shielded: boolean
  /** After this it is not wanted any more. */
  readonly notAfter: Instant | null
}

export type TouchDecision =
  | { readonly key: string; readonly kind: 'SEND'; readonly channel: TouchChannel; readonly touchId: string }
  | { readonly key: string; readonly kind: 'HOLD'; readonly until: Instant; readonly reason: TouchReason }
  | { readonly key: string; readonly kind: 'DROP'; readonly reason: TouchReason }

/** DECIDED counts at once; FAILED, BOUNCED and CANCELLED do not. */
export type TouchStatus = 'DECIDED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'BOUNCED' | 'CANCELLED'

/** A contact in the ledger. */
export type Touch = {
  readonly id: string
  readonly customerId: string
  readonly purpose: Purpose
  readonly channel: TouchChannel
  readonly campaignId: string | null
  readonly campaignCode: string | null
  readonly step: number | null
  readonly status: TouchStatus
  readonly decidedAt: Instant
  readonly sentAt: Instant | null
  /** Staff made it and wrote it down. */
  readonly byHand: boolean
  readonly note: string | null
}

/** That something was not sent, or not yet, and why; held again for the same reason it is the same row. */
export type Refusal = {
  readonly id: string
  readonly customerId: string
  readonly kind: 'HOLD' | 'DROP'
  readonly reason: TouchReason
  readonly purpose: Purpose | null
  /** On which channel it came furthest; null where it never came to a channel. */
  readonly channel: TouchChannel | null
  readonly byChannel: Readonly<Partial<Record<TouchChannel, TouchReason>>>
  readonly campaignId: string | null
  readonly campaignCode: string | null
  readonly step: number | null
  readonly until: Instant | null
  /** It waits still. */
  readonly isOpen: boolean
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly times: number
}
