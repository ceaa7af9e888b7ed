import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Ladder, Offer } from '../pricing/rule.ts'

/** What a rule says, as it is stored and priced: a ladder or an offer. */
export type Terms = Ladder | Offer
export type RuleKind = Terms['kind']
export type RuleStatus = 'DRAFT' | 'PUBLISHED' | 'RETIRED'

/** One state of a rule's terms. `version` counts from 1 over the rule's life; a draft that is saved again gets the next. */
export type RuleVersion<T extends Terms = Terms> = {
  readonly version: number
  readonly terms: T
  readonly publishedAt: Instant | null
}

/** A ladder or an offer under its code, with what is being edited and what is in force. */
export type Rule<T extends Terms = Terms> = {
  readonly id: Id<'Rule'>
  readonly kind: T['kind']
  readonly code: string
  readonly status: RuleStatus
  readonly draft: RuleVersion<T> | null
  readonly published: RuleVersion<T> | null
  /** The highest version number ever given; the next one is one more. */
  readonly lastVersion: number
}

/** Codes are one whatever the case of their ASCII letters. */
export const codeKey = (code: string): string => code.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

export type PublishWarning = { readonly ruleCode: string; readonly kind: string; readonly message: string }
