import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { type WallClock, wholeMinute } from '../kernel/wall-clock.ts'
import { type Counted, firstFit, fits, HORIZON_MS, isAbout, isCounted } from './cap.rules.ts'
import type { Cap, TouchPolicy } from './policy.model.ts'
import { firstLoud, type QuietWeek, quietWeek } from './quiet.rules.ts'
import { type Standing, whyNotOn } from './standing.rules.ts'
import type { Purpose, TouchChannel, TouchReason, WantedTouch } from './touch.model.ts'

/** One that waits: who is wanted with less priority leaves it its place. */
export type Waiting = Counted & { readonly key: string; readonly priority: number }
/** One that counts; `priority`: it was decided just now, before the others. */
export type Made = Counted & { readonly priority: number | null }

/** All that is asked of one customer. */
export type CustomerFacts = Standing & {
  readonly clock: WallClock
  readonly made: readonly Made[]
  readonly waiting: readonly Waiting[]
  readonly hasOpen: { readonly complaint: boolean; readonly order: boolean; readonly refund: boolean }
  readonly lastCareAt: Instant | null
  /** Those of the policy whose audience they are in. */
  readonly caps: readonly Cap[]
  /** Since when each key has been held. */
  readonly heldSince: ReadonlyMap<string, Instant>
}

type ByChannel = Readonly<Partial<Record<TouchChannel, TouchReason>>>
/** What is to become of a wanted touch. `channel`: on which it is sent or came furthest. */
export type Verdict =
  | { readonly kind: 'SEND'; readonly channel: TouchChannel }
  | {
      readonly kind: 'HOLD'
      readonly until: Instant
      readonly reason: TouchReason
      readonly channel: TouchChannel
      readonly byChannel: ByChannel
    }
  | { readonly kind: 'DROP'; readonly reason: TouchReason; readonly channel: TouchChannel | null; readonly byChannel: ByChannel }

/** The order in which they are decided: the larger priority first, then by key, whatever order they came in. */
export const inTurn = (wanted: readonly WantedTouch[]): WantedTouch[] =>
  wanted.toSorted((a, b) => b.priority - a.priority || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))

/** Decides each, as if one came after the other: what is sent counts for the next, what waits keeps its place before those of less priority. */
export function decideAll(
  policy: TouchPolicy,
  factsOf: (wanted: WantedTouch) => CustomerFacts,
  wanted: readonly WantedTouch[],
  now: Instant,
): Map<string, Verdict> {
  const weeks = quietWeeks(policy)
  const verdicts = new Map<string, Verdict>()
  const news = new Map<CustomerFacts, { made: Made[]; waiting: Waiting[] }>()
  for (const one of inTurn(wanted)) {
    if (verdicts.has(one.key)) continue
    const facts = factsOf(one)
    const later = news.get(facts) ?? { made: [...facts.made], waiting: [...facts.waiting] }
    news.set(facts, later)
    const verdict = decide(policy, weeks, { ...facts, ...later }, one, now)
    verdicts.set(one.key, verdict)
    if (verdict.kind === 'DROP') continue
    const counted = { channel: verdict.channel, purpose: one.purpose, byHand: false, priority: one.priority }
    if (verdict.kind === 'SEND') later.made.push({ ...counted, at: now })
    else later.waiting.push({ ...counted, at: verdict.until, key: one.key })
  }
  return verdicts
}

type Weeks = (channel: TouchChannel, purpose: Purpose) => QuietWeek

export function quietWeeks(policy: TouchPolicy): Weeks {
  const known = new Map<string, QuietWeek>()
  return (channel, purpose) => {
    const name = `${channel} ${purpose}`
    const week = known.get(name) ?? quietWeek(policy, channel, purpose)
    known.set(name, week)
    return week
  }
}

/**
 * Channels are tried in order. One that may not be used is passed over; the first that may is used, or waited for while only
 * quiet hours stand in the way. When none may be used, but a cap says that it may wait, the earliest is waited for.
 */
function decide(policy: TouchPolicy, weeks: Weeks, facts: CustomerFacts, wanted: WantedTouch, now: Instant): Verdict {
  if (wanted.notAfter !== null && now > wanted.notAfter) return dropped('TOO_LATE')
  if (wanted.shielded && wanted.purpose === 'MARKETING') return dropped('PRICE_SHIELD')
  const byChannel: Partial<Record<TouchChannel, TouchReason>> = {}
  for (const channel of wanted.channels) {
    const why = whyNotOn(policy, facts, channel, wanted.purpose)
    if (why !== null) byChannel[channel] = why
  }
  const allowed = wanted.channels.filter((channel) => byChannel[channel] === undefined)
  const [first] = allowed
  if (first === undefined) return furthest(byChannel)
  const block = wanted.purpose === 'MARKETING' ? whyNotNow(policy, facts, now) : null
  if (block !== null) {
    const tomorrow = instant(now + DAY_MS)
    const until = firstLoud(weeks(first, wanted.purpose), facts.clock, tomorrow) ?? tomorrow
    return heldUnlessTooLong(policy, facts, wanted, now, { kind: 'HOLD', until, reason: block, channel: first, byChannel })
  }
  return decideWhen(policy, weeks, facts, wanted, now, allowed, byChannel)
}

function decideWhen(
  policy: TouchPolicy,
  weeks: Weeks,
  facts: CustomerFacts,
  wanted: WantedTouch,
  now: Instant,
  allowed: readonly TouchChannel[],
  byChannel: Partial<Record<TouchChannel, TouchReason>>,
): Verdict {
  const waits: Extract<Verdict, { kind: 'HOLD' }>[] = []
  for (const channel of allowed) {
    const moment = firstMoment(policy, weeks(channel, wanted.purpose), facts, wanted, channel, now)
    if (moment.reason === null) return { kind: 'SEND', channel }
    byChannel[channel] = moment.reason
    if (moment.at === null) continue
    const hold = { kind: 'HOLD', until: moment.at, reason: moment.reason, channel, byChannel } as const
    if (moment.reason === 'QUIET_HOURS') return heldUnlessTooLong(policy, facts, wanted, now, hold)
    waits.push(hold)
  }
  const [earliest] = waits.toSorted((a, b) => a.until - b.until)
  return earliest === undefined ? furthest(byChannel) : heldUnlessTooLong(policy, facts, wanted, now, earliest)
}

const dropped = (reason: TouchReason): Verdict => ({ kind: 'DROP', reason, channel: null, byChannel: {} })

/** Of several reasons the one that came nearest to being sent says most. */
const FURTHER: readonly TouchReason[] = ['UNREACHABLE', 'NO_CONSENT', 'OBJECTED', 'QUIET_HOURS', 'CAP', 'PRIORITY']

function furthest(byChannel: ByChannel): Verdict {
  const found = Object.entries(byChannel) as [TouchChannel, TouchReason][]
  const [channel, reason] = found.reduce((far, one) => (FURTHER.indexOf(one[1]) > FURTHER.indexOf(far[1]) ? one : far))
  return { kind: 'DROP', reason, channel, byChannel }
}

/** What could only go when nobody wants it any more does not wait for that. */
function heldUnlessTooLong(
  policy: TouchPolicy,
  facts: CustomerFacts,
  { key, notAfter }: WantedTouch,
  now: Instant,
  hold: Extract<Verdict, { kind: 'HOLD' }>,
): Verdict {
  const last = (facts.heldSince.get(key) ?? now) + policy.waitAtMostDays * DAY_MS
  if (hold.until <= last && (notAfter === null || hold.until <= notAfter)) return hold
  return { kind: 'DROP', reason: hold.reason, channel: hold.channel, byChannel: hold.byChannel }
}

/** What keeps marketing away from a customer for now, whatever the channel. */
export function whyNotNow(policy: TouchPolicy, { hasOpen, lastCareAt }: Pick<CustomerFacts, 'hasOpen' | 'lastCareAt'>, now: Instant) {
  const { blockedBy, careFirstDays } = policy
  if (blockedBy.openComplaint && hasOpen.complaint) return 'OPEN_COMPLAINT'
  if (blockedBy.undeliveredOrder && hasOpen.order) return 'UNDELIVERED_ORDER'
  if (blockedBy.pendingRefund && hasOpen.refund) return 'PENDING_REFUND'
  if (careFirstDays !== null && (lastCareAt === null || lastCareAt <= now - careFirstDays * DAY_MS)) return 'CARE_FIRST'
  return null
}

/** When a channel may be used: `reason` null at once; `at` null never, or not as long as the cap would have it wait. */
type Moment = { readonly at: Instant | null; readonly reason: TouchReason | null }

/** The first instant, a whole minute unless it is now, at which it is not quiet and no cap is passed. */
function firstMoment(
  policy: TouchPolicy,
  week: QuietWeek,
  facts: CustomerFacts,
  wanted: WantedTouch,
  channel: TouchChannel,
  now: Instant,
): Moment {
  const capped = facts.caps.filter((cap) => isAbout(policy, cap, channel, wanted.purpose)).map((cap) => timesOf(policy, facts, wanted, cap))
  let reason: TouchReason | null = null
  for (let at = now; at <= now + HORIZON_MS; ) {
    const loud = firstLoud(week, facts.clock, at)
    if (loud === null) return { at: null, reason: 'QUIET_HOURS' }
    if (loud > at) reason ??= 'QUIET_HOURS'
    at = loud
    const full = capped.filter(({ cap, times }) => !fits(cap, times, facts.clock, at))
    if (full.length === 0) return { at, reason }
    reason = full.every(({ cap, withoutRivals }) => fits(cap, withoutRivals, facts.clock, at)) ? 'PRIORITY' : 'CAP'
    if (full.some(({ cap }) => cap.onCap === 'DROP')) return { at: null, reason }
    const next = full.map(({ cap, times }) => firstFit(cap, times, facts.clock, at))
    if (next.includes(null)) return { at: null, reason }
    at = wholeMinute(Math.max(...(next as number[])))
  }
  return { at: null, reason }
}

type Capped = { readonly cap: Cap; readonly times: readonly number[]; readonly withoutRivals: readonly number[] }

/** When there were touches that a cap counts, and will be some that go first. */
function timesOf(policy: TouchPolicy, { made, waiting }: CustomerFacts, { key, priority }: WantedTouch, cap: Cap): Capped {
  const before = made.filter((touch) => isCounted(policy, cap, touch))
  const rivals = waiting.filter((touch) => touch.key !== key && touch.priority > priority && isCounted(policy, cap, touch))
  const isRival = (touch: Made) => touch.priority !== null && touch.priority > priority
  return {
    cap,
    times: [...before, ...rivals].map(({ at }) => at),
    withoutRivals: before.filter((touch) => !isRival(touch)).map(({ at }) => at),
  }
}
