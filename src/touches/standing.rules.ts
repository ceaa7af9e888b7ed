import type { Instant } from '../kernel/clock.ts'
import type { ObjectionScope } from './objection.model.ts'
import { consentRuleOf, type TouchPolicy } from './policy.model.ts'
import type { Purpose, TouchChannel, TouchReason } from './touch.model.ts'

/** The newest word of a customer on a channel for a purpose; null: for every purpose. `order` breaks a tie of instants. */
export type Word = {
  readonly channel: TouchChannel
  readonly purpose: Purpose | null
  readonly granted: boolean
  readonly at: Instant
  readonly order: string
}
/** Not withdrawn. */
export type StandingObjection = { readonly scope: ObjectionScope; readonly at: Instant }

export type Standing = {
  /** Channels on which there is an address. */
  readonly reachable: ReadonlySet<TouchChannel>
  readonly words: readonly Word[]
  readonly objections: readonly StandingObjection[]
}

/** Why a customer may not be spoken to on a channel at all; null: they may. */
export function whyNotOn(policy: TouchPolicy, of: Standing, channel: TouchChannel, purpose: Purpose): TouchReason | null {
  if (!of.reachable.has(channel)) return 'UNREACHABLE'
  const word = newestWord(of.words, channel, purpose)
  if (word?.granted === false || hasObjected(of.objections, channel, purpose, word)) return 'OBJECTED'
  return consentRuleOf(policy, channel, purpose) === 'OPT_IN' && word === null ? 'NO_CONSENT' : null
}

function newestWord(words: readonly Word[], channel: TouchChannel, purpose: Purpose): Word | null {
  const said = words.filter((word) => word.channel === channel && (word.purpose === null || word.purpose === purpose))
  return said.reduce<Word | null>((newest, word) => (newest === null || isLater(word, newest) ? word : newest), null)
}

const isLater = (a: Word, b: Word): boolean => a.at > b.at || (a.at === b.at && a.order > b.order)

/** A yes to a channel after an objection is a yes all the same; to marketing meant for them alone only withdrawing says yes. */
function hasObjected(objections: readonly StandingObjection[], channel: TouchChannel, purpose: Purpose, word: Word | null): boolean {
  return objections.some(({ scope, at }) => {
    if (scope === 'PERSONAL') return purpose === 'MARKETING'
    // What somebody is shown who comes to the site was not sent to them.
    const isMeant = scope === 'ALL' ? channel !== 'ON_SITE' : scope === channel
    return isMeant && !(word !== null && word.at > at)
  })
}
