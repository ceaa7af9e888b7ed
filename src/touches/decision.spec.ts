import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { wallClock } from '../kernel/wall-clock.ts'
import { localTime } from '../kernel/zone.ts'
import { isCounted } from './cap.rules.ts'
import { aCustomer, aMoment, aPolicy, aWish, OPEN } from './cases/world.ts'
import { type CustomerFacts, decideAll, type Made, type Verdict } from './decision.rules.ts'
import { type Cap, DEFAULT_POLICY, type TouchPolicy } from './policy.model.ts'
import { CHANNELS, type WantedTouch } from './touch.model.ts'

const decideOne = (policy: TouchPolicy, facts: CustomerFacts, wish: WantedTouch, now: Instant): Verdict => {
  const verdict = decideAll(policy, () => facts, [wish], now).get(wish.key)
  if (verdict === undefined) throw new Error('nothing was decided')
  return verdict
}
const inWords = (verdict: Verdict): string =>
  verdict.kind === 'SEND'
    ? `SEND ${verdict.channel}`
    : verdict.kind === 'HOLD'
      ? `HOLD ${verdict.channel} ${verdict.reason} ${new Date(verdict.until).toISOString()}`
      : `DROP ${verdict.channel ?? '-'} ${verdict.reason}`

type Case = {
  readonly name: string
  readonly now: string
  readonly zone?: string
  readonly policy?: object
  readonly facts?: {
    readonly reachable?: readonly string[]
    readonly words?: readonly { readonly at: string }[]
    readonly objections?: readonly { readonly at: string }[]
    readonly made?: readonly { readonly at: string }[]
    readonly waiting?: readonly { readonly at: string }[]
    readonly hasOpen?: object
    readonly lastCareAt?: string
    readonly heldSince?: string
  }
  readonly wanted: readonly object[]
  readonly verdicts: readonly string[]
}

describe('the table of decisions', () => {
  const cases = JSON.parse(readFileSync(new URL('cases/decisions.json', import.meta.url), 'utf8')) as readonly Case[]
  test.each(cases)('$name', ({ now, zone, policy, facts, wanted, verdicts }) => {
    const at = instant(Date.parse(now))
    const terms = { ...DEFAULT_POLICY, ...policy } as TouchPolicy
    const dated = (rows: readonly { readonly at: string }[] | undefined) => rows?.map((row) => ({ ...row, at: Date.parse(row.at) }))
    const wishes = wanted.map((wish, i) => ({
      key: `wish-${i}`, customerId: 'mei', purpose: 'MARKETING', channels: ['EMAIL'], campaignId: null, campaignCode: null, step: null,
      priority: 0, shielded: false, notAfter: null, ...wish,
    })) as WantedTouch[] // biome-ignore format: one thing
    const of = {
      ...OPEN,
      clock: wallClock(zone ?? 'Asia/Shanghai'),
      caps: terms.caps,
      ...(facts?.reachable && { reachable: new Set(facts.reachable) }),
      ...(facts?.words && { words: dated(facts.words)?.map((word, i) => ({ purpose: null, order: String(i), ...word })) }),
      ...(facts?.objections && { objections: dated(facts.objections) }),
      ...(facts?.made && { made: dated(facts.made)?.map((one) => ({ channel: 'EMAIL', purpose: 'MARKETING', byHand: false, priority: null, ...one })) }),
      ...(facts?.waiting && { waiting: dated(facts.waiting)?.map((one, i) => ({ channel: 'EMAIL', purpose: 'MARKETING', byHand: false, key: `rival-${i}`, ...one })) }),
      ...(facts?.hasOpen && { hasOpen: { ...OPEN.hasOpen, ...facts.hasOpen } }),
      ...(facts?.lastCareAt && { lastCareAt: Date.parse(facts.lastCareAt) }),
      ...(facts?.heldSince && { heldSince: new Map([['wish-0', Date.parse(facts.heldSince)]]) }),
    } as unknown as CustomerFacts // biome-ignore format: one thing
    const decided = decideAll(terms, () => of, wishes, at)
    expect(wishes.map(({ key }) => inWords(decided.get(key) as Verdict))).toEqual(verdicts)
  })
})

/** A policy, a customer whom all its caps are for, and a moment. */
const aScene = fc
  .record({ policy: aPolicy, now: aMoment })
  .chain(({ policy, now }) => aCustomer(now).map((facts) => ({ policy, now, facts: { ...facts, caps: policy.caps } })))
const wishes = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => aWish(`wish-${i}`))))

/** How many of these are in any window of the cap, said plainly: by the calendar of the zone, and by every window that ends with one. */
function mostTogether({ window }: Cap, times: readonly number[], zone: string): number {
  if (window.kind === 'ROLLING')
    return Math.max(0, ...times.map((end) => times.filter((time) => time <= end && time > end - window.days * DAY_MS).length))
  const nameOf = (time: number) => {
    const { day, dayOfWeek } = localTime(instant(time), zone)
    if (window.unit === 'DAY') return day
    if (window.unit === 'MONTH') return day.slice(0, 7)
    return new Date(Date.parse(day) - (dayOfWeek - 1) * DAY_MS).toISOString()
  }
  return Math.max(0, ...[...Map.groupBy(times, nameOf).values()].map((of) => of.length))
}

test('no cap is ever passed in any of its windows, whatever is wanted, in whatever order, and however often it is asked', () => {
  const asked = fc.array(fc.record({ after: fc.integer({ min: 0, max: 3_000 }), wanted: wishes(4) }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(aPolicy, aMoment, aCustomer(instant(0)), asked, (policy, start, someone, rounds) => {
      const made: Made[] = []
      let now: number = start
      for (const [round, { after, wanted }] of rounds.entries()) {
        now += after * 60_000
        const named = wanted.map((wish) => ({ ...wish, key: `${round}/${wish.key}` }))
        const facts = { ...someone, made, waiting: [], caps: policy.caps }
        const verdicts = decideAll(policy, () => facts, named, instant(now))
        for (const { key, purpose } of named) {
          const verdict = verdicts.get(key)
          if (verdict?.kind === 'SEND') made.push({ at: now, channel: verdict.channel, purpose, byHand: false, priority: null })
        }
      }
      for (const cap of policy.caps) {
        const times = made.filter((touch) => isCounted(policy, cap, touch)).map(({ at }) => at)
        expect(mostTogether(cap, times, someone.clock.zone)).toBeLessThanOrEqual(cap.most)
      }
    }),
    { numRuns: 300 },
  )
})

test('what is held may be sent at the instant until which it is held, and at no minute before', () => {
  fc.assert(
    fc.property(aScene, aWish('wish'), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), ({ policy, now, facts }, wish, parts) => {
      const verdict = decideOne(policy, facts, wish, now)
      if (verdict.kind !== 'HOLD') return
      expect(verdict.until).toBeGreaterThan(now)
      expect(verdict.until % 60_000).toBe(0)
      const alone = { ...wish, channels: [verdict.channel] }
      expect(inWords(decideOne(policy, facts, alone, verdict.until))).toBe(`SEND ${verdict.channel}`)
      const between = [...parts.map((part) => now + part * (verdict.until - now)), verdict.until - 60_000]
      for (const at of between.map((moment) => Math.floor(moment / 60_000) * 60_000).filter((moment) => moment > now && moment < verdict.until))
        expect(decideOne(policy, facts, alone, instant(at)).kind).not.toBe('SEND')
    }), // biome-ignore format: one thing
    { numRuns: 500 },
  )
})

test('whoever objects to more is sent no more', () => {
  const more = fc.record({
    objections: fc.array(fc.constantFrom('ALL', 'PERSONAL', ...CHANNELS, 'PARCEL'), { maxLength: 2 }),
    noes: fc.array(fc.record({ channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(null, 'CARE', 'MARKETING') }), {
      maxLength: 3,
    }),
  })
  fc.assert(
    fc.property(aScene, aWish('wish'), more, more, ({ policy, now, facts }, wish, some, others) => {
      const having = (...all: (typeof some)[]): CustomerFacts => ({
        ...facts,
        objections: all.flatMap(({ objections }) => objections.map((scope) => ({ scope, at: instant(1) }) as CustomerFacts['objections'][number])),
        words: [...facts.words, ...all.flatMap(({ noes }) => noes.map((no) => ({ ...no, granted: false, at: instant(1), order: '1' }) as CustomerFacts['words'][number]))],
      }) // biome-ignore format: one thing
      const before = decideOne(policy, having(some), wish, now)
      const after = decideOne(policy, having(some, others), wish, now)
      if (before.kind === 'DROP') expect(after.kind).toBe('DROP')
      if (after.kind === 'SEND') expect(wish.channels).toContain(after.channel)
    }),
    { numRuns: 500 },
  )
})

test('in which order they are wanted changes nothing, and the larger priority is never kept back by the smaller', () => {
  fc.assert(
    fc.property(aScene, wishes(5), fc.infiniteStream(fc.nat()), ({ policy, now, facts }, wanted, dice) => {
      const shuffled = wanted
        .map((wish) => ({ wish, place: dice.next().value as number }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ wish }) => wish)
      const [one, other] = [decideAll(policy, () => facts, wanted, now), decideAll(policy, () => facts, shuffled, now)]
      for (const { key } of wanted) expect(other.get(key)).toEqual(one.get(key))
      const top = wanted.reduce((first, wish) => (wish.priority > first.priority || (wish.priority === first.priority && wish.key < first.key) ? wish : first))
      expect(one.get(top.key)).toEqual(decideOne(policy, facts, top, now))
    }), // biome-ignore format: one thing
    { numRuns: 300 },
  )
})
