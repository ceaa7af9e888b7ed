import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Ladder, Offer } from '../pricing/rule.ts'
import { foldCode } from '../pricing/text.ts'

/** What a rule says, as it is stored and priced: a ladder or an offer. */
export type Terms = Ladder | Offer
export type RuleKind = Terms['kind']
/** Whether the rule is in force; if not, whether something waits to be published; if not, it was taken out of force. */
export type RuleStatus = 'PUBLISHED' | 'DRAFT' | 'RETIRED'
/** Of an offer; a ladder has none. */
type Level<T extends Terms = Terms> = T extends { readonly level: infer L } ? L : null

/** A version is edited, set for an instant, in force, or was in force once. */
export type VersionState = 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'SUPERSEDED'

/** One state of a rule's terms. `version` counts from 1 over the rule's life; a draft that is saved again gets the next. */
export type RuleVersion<T extends Terms = Terms> = {
  readonly version: number
  readonly terms: T
  readonly state: VersionState
  /** The instant that was set for it to go into force; null: none was. */
  readonly scheduledFor: Instant | null
  readonly publishedAt: Instant | null
  readonly endedAt: Instant | null
}

/** What a version is that nobody has published yet. */
export const UNPUBLISHED = { state: 'DRAFT', scheduledFor: null, publishedAt: null, endedAt: null } as const

/** A ladder or an offer under its code, with what is being edited and what is in force. */
export type Rule<T extends Terms = Terms> = {
  readonly id: Id<'Rule'>
  readonly kind: T['kind']
  /** In the case it was first written in. */
  readonly code: string
  readonly level: Level<T>
  readonly status: RuleStatus
  readonly draft: RuleVersion<T> | null
  readonly published: RuleVersion<T> | null
  /** Whether it was ever in force: then what counts for its code, over all its versions, may have begun. */
  readonly wasPublished: boolean
  /** The highest version number ever given; the next one is one more. */
  readonly lastVersion: number
}

export type DraftedRule = Rule & { readonly draft: RuleVersion }
export type RuleOf<K extends RuleKind> = Rule<Extract<Terms, { readonly kind: K }>>

/** What codes are kept apart by: those that are one to the engine are one here. */
export const codeKey = (code: string): string => foldCode(code)

export type PublishWarning = { readonly ruleCode: string; readonly kind: string; readonly message: string }
