import type { Instant } from '../kernel/clock.ts'
import type { MessageChannel } from './message.model.ts'

/** SMTP: a mail server. WEBHOOK: whoever speaks our contract. TASK: the shop's own people. */
export type ProviderKind = 'SMTP' | 'WEBHOOK' | 'TASK'

/** Who carries the messages of a channel. Of each channel one is enabled. */
export type Provider = {
  readonly code: string
  readonly channel: MessageChannel
  readonly kind: ProviderKind
  readonly name: string
  /** By its kind (SmtpSettings). Nothing secret. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly hasSecret: boolean
  readonly enabled: boolean
  /** Null: as fast as it takes them. */
  readonly ratePerSecond: number | null
  /** What a message costs, in minor units. */
  readonly costMinor: number
  /** Nobody is taken until then; what failed is in `fault`. */
  readonly heldUntil: Instant | null
  readonly failures: number
  readonly fault: string | null
  readonly updatedAt: Instant
}

/** With what opens its door. Never shown, never logged. */
export type OpenProvider = Provider & { readonly secret: string | null }

export type WantedProvider = {
  readonly code: string
  readonly channel: MessageChannel
  readonly kind: ProviderKind
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Absent: the one it has stays. */
  readonly secret?: string | null
  readonly enabled: boolean
  readonly ratePerSecond: number | null
  readonly costMinor: number
}

export type SmtpSettings = {
  readonly host: string
  readonly port: number
  /** TLS: from the first byte on. STARTTLS: and nothing without it. NONE: in the clear, for a server beside this one. */
  readonly security: 'TLS' | 'STARTTLS' | 'NONE'
  readonly username: string | null
  readonly from: string
  readonly fromName: string | null
  readonly replyTo: string | null
  /** Connections at once. */
  readonly connections: number
  /** Links of mails lead by way of this server, which counts who follows them. */
  readonly trackClicks: boolean
  /** A picture in mails tells that they were opened; many mailboxes fetch it unasked, or never. */
  readonly trackOpens: boolean
}
