import type { Channel, Consent } from '../customers/customer.model.ts'
import { DAY_MS, type Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { Objection, ObjectionScope, Preferences, WantedPreferences, WantedWord } from './objection.model.ts'
import type { Said } from './objection.rules.ts'
import type { TouchPolicy } from './policy.model.ts'
import { type Standing, whyNotOn } from './standing.rules.ts'
import { CHANNELS, type Purpose } from './touch.model.ts'

const PURPOSES: readonly Purpose[] = ['CARE', 'MARKETING']

/** On which channels somebody says no who objects. To a card in a parcel and to what is meant for them alone the objection itself says it. */
const channelsOf = (scope: ObjectionScope): readonly Channel[] => CHANNELS.filter((channel) => scope === 'ALL' || scope === channel)

/** The newest word on a channel for a purpose; those that were said last stand last. */
export const newestOf = (words: readonly Consent[], channel: Channel, purpose: Purpose): Consent | null =>
  words.reduce<Consent | null>((newest, word) => {
    const isAbout = word.channel === channel && (word.purpose === null || word.purpose === purpose)
    return isAbout && (newest === null || word.at >= newest.at) ? word : newest
  }, null)

/** The words that say no on these channels, where they do not say it already. */
export function noTo(words: readonly Consent[], scope: ObjectionScope, said: Said): Consent[] {
  return channelsOf(scope).flatMap((channel) => {
    const isSaid = PURPOSES.every((purpose) => isFirm(newestOf(words, channel, purpose), false, said.at))
    return isSaid ? [] : [{ ...said, channel, purpose: null, granted: false, firm: true }]
  })
}

const isFirm = (word: Consent | null, granted: boolean, at: Instant): boolean =>
  word !== null && word.granted === granted && word.firm && word.at <= at

/** What somebody had said yes to before they objected, they say again; where they had said nothing, nothing. */
export function yesAgain(words: readonly Consent[], objection: Objection, said: Said): Consent[] {
  return channelsOf(objection.scope).flatMap((channel) => {
    const now = newestOf(words, channel, 'MARKETING')
    if (now === null || now.granted || now.at !== objection.at) return []
    const before = words.filter((word) => word.at < objection.at)
    return PURPOSES.flatMap((purpose) =>
      newestOf(before, channel, purpose)?.granted ? [{ ...said, channel, purpose, granted: true, firm: true }] : [],
    )
  })
}

/** The words of a saved preference that say something new. */
export function newWords(words: readonly Consent[], wanted: readonly WantedWord[], said: Said): Consent[] {
  const news: Consent[] = []
  for (const { channel, purpose, granted } of wanted) {
    const asked = purpose === null ? PURPOSES : [purpose]
    const isSaid = asked.every((one) => isFirm(newestOf([...words, ...news], channel, one), granted, said.at))
    if (!isSaid) news.push({ ...said, channel, purpose, granted, firm: true })
  }
  return news
}

const MOST_WORDS = 50
const MOST_A_DAY = 200

/** A no is always heard. Who changes their mind all day long says their next yes tomorrow: every word is kept for good. */
export function preferenceFault(wanted: WantedPreferences, words: readonly Consent[], now: Instant): Problem | null {
  if (wanted.channels.length > MOST_WORDS)
    return problem('TOO_MANY_ITEMS', `At most ${MOST_WORDS} preferences a call.`, ['input', 'channels'])
  const saysYes = wanted.channels.some(({ granted }) => granted) || wanted.objectsToAll === false || wanted.personalMarketing === true
  if (wanted.objectsToAll === true && saysYes)
    return problem('BAD_USER_INPUT', 'Who wants to hear nothing at all says yes to nothing.', ['input', 'channels'])
  const today = words.filter(({ firm, at }) => firm && at > now - DAY_MS)
  return saysYes && today.length >= MOST_A_DAY
    ? problem('RATE_LIMITED', 'These preferences were changed very often today: change them again tomorrow.', ['input'])
    : null
}

/** What a customer wants, and what the shop may do. */
export function preferencesOf(policy: TouchPolicy, words: readonly Consent[], objections: readonly Objection[]): Preferences {
  const open = objections.filter(({ withdrawnAt }) => withdrawnAt === null)
  const of: Standing = {
    reachable: new Set(CHANNELS),
    words: words.map((word, i) => ({ ...word, order: String(i).padStart(9, '0') })),
    objections: open,
  }
  return {
    channels: CHANNELS.flatMap((channel) =>
      PURPOSES.map((purpose) => {
        const word = newestOf(words, channel, purpose)
        return {
          channel,
          purpose,
          granted: word?.granted ?? null,
          at: word?.at ?? null,
          mayBeUsed: whyNotOn(policy, of, channel, purpose) === null,
        }
      }),
    ),
    personalMarketing: !open.some(({ scope }) => scope === 'PERSONAL'),
    objectsToAll: open.some(({ scope }) => scope === 'ALL'),
  }
}
