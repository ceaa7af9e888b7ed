import type { Instant } from '../kernel/clock.ts'

/** Somebody who is told of chosen events. */
export type Subscription = {
  readonly id: string
  readonly code: string
  readonly url: string
  readonly topics: readonly string[]
  readonly description: string | null
  readonly enabled: boolean
  /** Until when the secret before this one signs too; null: there is none. */
  readonly beforeUntil: Instant | null
  /** How many attempts in a row failed. */
  readonly failures: number
  /** Nothing is sent until then. */
  readonly heldUntil: Instant | null
  /** Why the last attempt failed; null: it did not. */
  readonly fault: string | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export type WantedSubscription = {
  readonly code: string
  readonly url: string
  readonly topics: readonly string[]
  readonly description: string | null
  readonly enabled: boolean
}

/** With what is sealed of it. Never shown, never logged. */
export type SealedSubscription = Subscription & { readonly sealed: Buffer; readonly sealedBefore: Buffer | null }

/** With the secrets that sign, the newest first. */
export type OpenSubscription = Subscription & { readonly secrets: readonly string[] }

/** Of a subscription, how many events are in each state. */
export type Backlog = { readonly waiting: number; readonly dead: number }
