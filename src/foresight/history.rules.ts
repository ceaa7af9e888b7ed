import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { addToDay, localInstant, localTime } from '../kernel/zone.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import type { PastPrice, PastRule } from './history.model.ts'
import { isRunning } from './running.rules.ts'

/** A time of the past days, and the rules that ran then; `rules` are the same list wherever the same ones ran. */
export type PastMoment = { readonly at: Instant; readonly rules: readonly Terms[] }

/** So many sets of rules that ran together are looked at, the newest first, and so many changes of rules. */
const MOST_SETS = 20
const MOST_CHANGES = 100

/**
 * The times at which prices of the past days are looked at, the newest first: just before now, each day at this hour and at
 * the hours at which a rule began, and right after each change of the rules. Only rules that make unit prices by themselves count.
 */
export function pastMoments(past: readonly PastRule[], window: { from: Instant; now: Instant }, timeZone: string): PastMoment[] {
  const rules = past.filter(({ terms }) => terms.kind === 'LADDER' || (terms.level === 'PRODUCT' && terms.trigger === 'AUTOMATIC'))
  const sets = new Map<string, readonly Terms[]>()
  const moments: PastMoment[] = []
  for (const at of timesIn(rules, window, timeZone)) {
    const ran = rules.flatMap((rule, i) => (wasInForce(rule, at) && isRunning(rule.terms, timeZone, at) ? [i] : []))
    const key = ran.join()
    let set = sets.get(key)
    if (set === undefined) {
      if (sets.size === MOST_SETS) continue
      set = ran.flatMap((i) => (rules[i] === undefined ? [] : [always(rules[i].terms)]))
      sets.set(key, set)
    }
    moments.push({ at, rules: set })
  }
  return moments
}

/** The rules of the past with those that are set to come: each ends what is in force of its rule until then. */
export function withComing(past: readonly PastRule[], coming: readonly { readonly terms: Terms; readonly at: Instant }[]): PastRule[] {
  const rules = [...past]
  const inForce = new Map(past.flatMap(({ terms, until }, i) => (until === null ? [[terms.code, i] as const] : [])))
  for (const { terms, at } of coming) {
    const i = inForce.get(terms.code) ?? -1
    if (rules[i] !== undefined) rules[i] = { ...rules[i], until: at }
    inForce.set(terms.code, rules.push({ terms, from: at, until: null }) - 1)
  }
  return rules
}

const wasInForce = ({ from, until }: PastRule, at: Instant): boolean => from <= at && (until === null || at < until)

const always = (terms: Terms): Terms => ({ ...terms, validFrom: null, validUntil: null, schedule: null })

function timesIn(rules: readonly PastRule[], { from, now }: { from: Instant; now: Instant }, timeZone: string): Instant[] {
  const edges = rules.flatMap(({ terms, from: begun, until }) => [begun, until, terms.validFrom, terms.validUntil])
  const changes = edges.filter((at) => at !== null && at >= from && at < now) as Instant[]
  const newest = [...new Set(changes)].sort((a, b) => b - a).slice(0, MOST_CHANGES)
  const times = new Set<number>([now - 1, from, ...newest])
  for (let at = now - DAY_MS; at > from; at -= DAY_MS) times.add(at)
  const hours = new Set(rules.flatMap(({ terms }) => (terms.schedule?.fromTime === undefined ? [] : [terms.schedule.fromTime])))
  const today = localTime(now, timeZone).day
  for (const hour of [...hours].slice(0, 5))
    for (let ago = 0; ago * DAY_MS <= now - from; ago++) times.add(localInstant(`${addToDay(today, -ago, 'days')}T${hour}:00`, timeZone))
  return [...times]
    .filter((at) => at >= from && at < now)
    .sort((a, b) => b - a)
    .map(instant)
}

/** A product's prices as they were at an instant; null before it had any. `prices` stand the oldest first. */
export const pricesAt = (prices: readonly PastPrice[], at: Instant): PastPrice | null => prices.findLast(({ since }) => since <= at) ?? null

/** The lowest list price from an instant on, that which was in force then with it; null when there was none before now. */
export function lowestList(prices: readonly PastPrice[], from: Instant, now: Instant): PastPrice | null {
  const first = prices.findLastIndex(({ since }) => since <= from)
  const inWindow = prices.slice(Math.max(0, first)).filter(({ since }) => since < now)
  return inWindow.reduce<PastPrice | null>((low, one) => (low === null || one.listPrice < low.listPrice ? one : low), null)
}
