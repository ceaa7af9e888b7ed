import fc from 'fast-check'
import { type Instant, instant } from '../../kernel/clock.ts'
import { wallClock } from '../../kernel/wall-clock.ts'
import type { CustomerFacts, Made, Waiting } from '../decision.rules.ts'
import { type Cap, DEFAULT_POLICY, type QuietHours, type TouchPolicy } from '../policy.model.ts'
import { CHANNELS, type Purpose, TOUCH_CHANNELS, type TouchChannel, type WantedTouch } from '../touch.model.ts'

// What decisions are tried on: policies, customers and wishes as they come.

export const ZONES = ['America/New_York', 'Asia/Shanghai', 'America/Havana', 'Australia/Lord_Howe'] as const
const PURPOSES = ['CARE', 'MARKETING'] as const

/** About the days on which clocks change in spring and autumn, and any other. */
export const aMoment = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 6), max: Date.UTC(2026, 2, 10) }),
  fc.integer({ min: Date.UTC(2026, 9, 30), max: Date.UTC(2026, 10, 3) }),
  fc.integer({ min: Date.UTC(2026, 3, 3), max: Date.UTC(2026, 3, 6) }),
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
).map((at) => instant(at)) // biome-ignore format: one thing

const someChannels = fc.uniqueArray(fc.constantFrom<TouchChannel>(...TOUCH_CHANNELS), { minLength: 1, maxLength: 4 })
const somePurposes = fc.constantFrom<readonly Purpose[]>(['MARKETING'], ['CARE'], ['CARE', 'MARKETING'])

/** At most ten hours at a time, so that the next loud minute is within a day. */
export const quietHours: fc.Arbitrary<QuietHours> = fc
  .record({
    channels: someChannels,
    purposes: somePurposes,
    from: fc.integer({ min: 0, max: 1_439 }),
    length: fc.integer({ min: 1, max: 600 }),
    weekdays: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }), { nil: null }),
  })
  .map(({ from, length, ...rest }) => ({ ...rest, from, until: (from + length) % 1_440 }))

export const aCap: fc.Arbitrary<Cap> = fc.record({
  purposes: somePurposes,
  channels: fc.option(someChannels, { nil: null }),
  most: fc.integer({ min: 1, max: 3 }),
  window: fc.oneof(
    fc.integer({ min: 1, max: 9 }).map((days) => ({ kind: 'ROLLING', days }) as const),
    fc.constantFrom('DAY', 'WEEK', 'MONTH').map((unit) => ({ kind: 'CALENDAR', unit }) as const),
  ),
  audience: fc.constant(null),
  onCap: fc.constantFrom('DROP', 'WAIT'),
})

export const aPolicy: fc.Arbitrary<TouchPolicy> = fc
  .record({
    caps: fc.array(aCap, { maxLength: 3 }),
    quietHours: fc.array(quietHours, { maxLength: 2 }),
    uncountedChannels: fc.constantFrom<readonly TouchChannel[]>([], ['PARCEL', 'ON_SITE'], ['EMAIL']),
    countManual: fc.boolean(),
  })
  .map((some) => ({ ...DEFAULT_POLICY, ...some, waitAtMostDays: 366 }))

const counted = (from: Instant) =>
  fc.record({
    at: fc.integer({ min: -9 * 24 * 60, max: 0 }).map((minutes) => from + minutes * 60_000),
    channel: fc.constantFrom<TouchChannel>(...TOUCH_CHANNELS),
    purpose: fc.constantFrom<Purpose>(...PURPOSES),
    byHand: fc.boolean(),
  })

/** Somebody who said yes to everything and is reached everywhere, with what was sent to them lately. */
export const aCustomer = (now: Instant): fc.Arbitrary<CustomerFacts> =>
  fc
    .record({
      zone: fc.constantFrom(...ZONES),
      made: fc.array(counted(now), { maxLength: 5 }),
      waiting: fc.array(
        fc.record({ of: counted(now), ahead: fc.integer({ min: 0, max: 3_000 }), priority: fc.integer({ min: 0, max: 9 }) }),
        { maxLength: 2 },
      ),
    })
    .map(({ zone, made, waiting }) => ({
      ...OPEN,
      clock: wallClock(zone),
      made: made.map((one): Made => ({ ...one, priority: null })),
      waiting: waiting.map(({ of, ahead, priority }, i): Waiting => ({ ...of, at: now + ahead * 60_000, priority, key: `another-${i}` })),
    }))

export const OPEN: Omit<CustomerFacts, 'clock'> = {
  reachable: new Set(TOUCH_CHANNELS),
  words: CHANNELS.map((channel) => ({ channel, purpose: null, granted: true, at: instant(0), order: '0' })),
  objections: [],
  made: [],
  waiting: [],
  hasOpen: { complaint: false, order: false, refund: false },
  lastCareAt: null,
  caps: [],
  heldSince: new Map(),
}

export const aWish = (key: string): fc.Arbitrary<WantedTouch> =>
  fc.record({
    key: fc.constant(key),
    customerId: fc.constant('mei'),
    purpose: fc.constantFrom<Purpose>(...PURPOSES),
    channels: someChannels,
    campaignId: fc.constant(null),
    campaignCode: fc.constant(null),
    step: fc.constant(null),
    priority: fc.integer({ min: 0, max: 9 }),
    shielded: fc.constant(false),
    notAfter: fc.constant(null),
  })
