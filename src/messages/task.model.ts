import type { Instant } from '../kernel/clock.ts'
import type { Message, MessageChannel, MessageContent } from './message.model.ts'

export type TaskOutcome = 'DONE' | 'FAILED'
/** OPEN: a person has to do it. */
export type TaskState = 'OPEN' | TaskOutcome

/** A message that a person carries: a call, a letter, a card in a parcel, a group sending to be confirmed. */
export type Task = {
  readonly message: Message
  readonly state: TaskState
  /** Whom it is for, as long as it is kept. */
  readonly recipient: string | null
  readonly content: MessageContent | null
  readonly claimedBy: string | null
  readonly claimedAt: Instant | null
  readonly note: string | null
  readonly resolvedBy: string | null
  readonly resolvedAt: Instant | null
}

export type TaskFilter = {
  readonly state: TaskState
  readonly channel: MessageChannel | null
  readonly campaignCode: string | null
  readonly customerId: string | null
  /** FREE: nobody has taken it up. MINE: the caller has. */
  readonly claimed: 'FREE' | 'MINE' | null
}

export type TaskResult = {
  readonly id: string
  readonly outcome: TaskOutcome
  readonly note: string | null
  /** They said that they do not want this again. */
  readonly objects: boolean
}

/** What became of each task of an act: it was done, somebody else has it, it may not be done any more (and why), or there is no such task. */
export type TaskAnswer = {
  readonly id: string
  readonly kind: 'DONE' | 'TAKEN' | 'CALLED_OFF' | 'SETTLED' | 'UNKNOWN'
  readonly reason: string | null
}
