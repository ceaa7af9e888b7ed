import type { Instant } from '../kernel/clock.ts'
import type { Purpose, TouchChannel } from './touch.model.ts'

/** ALL: every channel; PERSONAL: no marketing meant for them alone (care and broadcasts may be); else one channel. */
export type ObjectionScope = 'ALL' | 'PERSONAL' | Exclude<TouchChannel, 'ON_SITE'>

/** How it is known that somebody said something: where, to what wording, and when (null: now). */
export type Proof = { readonly source: string | null; readonly wording: string | null; readonly at: Instant | null }

/** Somebody does not want to be spoken to. It stays, withdrawn or not, as the proof that they said so. */
export type Objection = {
  readonly id: string
  readonly customerId: string
  readonly scope: ObjectionScope
  readonly at: Instant
  readonly source: string | null
  readonly wording: string | null
  readonly notedBy: string
  readonly notedAt: Instant
  readonly withdrawnAt: Instant | null
  readonly withdrawnSource: string | null
  readonly withdrawnWording: string | null
}

/** What a customer wants, channel by channel. `granted` null: they never said. */
export type Preference = {
  readonly channel: Exclude<TouchChannel, 'ON_SITE' | 'PARCEL'>
  readonly purpose: Purpose
  readonly granted: boolean | null
  readonly at: Instant | null
  /** Whether the shop may use the channel for this, by what they said and by its rule for those who said nothing. */
  readonly mayBeUsed: boolean
}

export type Preferences = {
  readonly channels: readonly Preference[]
  /** False: no marketing that is meant for them alone. */
  readonly personalMarketing: boolean
  /** They want to hear nothing at all. */
  readonly objectsToAll: boolean
}

/** One thing that is wanted or not on a channel; `purpose` null: for everything. */
export type WantedWord = { readonly channel: Preference['channel']; readonly purpose: Purpose | null; readonly granted: boolean }

/** What a customer is to be kept as saying. What is left out stays as it is. */
export type WantedPreferences = {
  readonly channels: readonly WantedWord[]
  readonly personalMarketing: boolean | null
  readonly objectsToAll: boolean | null
}
