import type { CustomerRef } from '../customers/customer.model.ts'
import type { MessageChannel, MessageContent } from '../messages/message.model.ts'

export type WantedRehearsal = {
  readonly code: string
  readonly step: number
  /** Null: the first of the step's that somebody carries. */
  readonly channel: MessageChannel | null
  readonly to: readonly string[]
  /** As whom it is written; null: somebody who would join, or made up where nobody would. */
  readonly customer: CustomerRef | null
}

export type Rehearsed = {
  readonly channel: MessageChannel
  /** What they got; null: it could not be written. */
  readonly content: MessageContent | null
  readonly results: readonly { readonly to: string; readonly fault: string | null }[]
}
