import type { Purpose, TouchChannel } from './touch.model.ts'

/** How long a cap looks: days that roll with the instant, or the day, week (from Monday) or month of the customer's calendar. */
export type CapWindow =
  | { readonly kind: 'ROLLING'; readonly days: number }
  | { readonly kind: 'CALENDAR'; readonly unit: 'DAY' | 'WEEK' | 'MONTH' }

/** At most so many touches of these purposes on these channels in any such window. */
export type Cap = {
  readonly purposes: readonly Purpose[]
  /** Null: all that count. */
  readonly channels: readonly TouchChannel[] | null
  readonly most: number
  readonly window: CapWindow
  /** A customer query: whom it is for; null: everybody. Of several that are for somebody all hold. */
  readonly audience: string | null
  readonly onCap: 'DROP' | 'WAIT'
}

/** A time of the day, in the customer's zone, at which nothing is sent on these channels. */
export type QuietHours = {
  readonly channels: readonly TouchChannel[]
  readonly purposes: readonly Purpose[]
  /** Minutes of the day; `until` excluded. Past midnight when it is the smaller; the whole day when they are the same. */
  readonly from: number
  readonly until: number
  /** On which it begins, 1 Monday to 7 Sunday; null: every day. */
  readonly weekdays: readonly number[] | null
}

/** OPT_IN: only who said yes. OPT_OUT: everybody who did not say no. */
export type ConsentRule = { readonly channel: TouchChannel; readonly purpose: Purpose; readonly rule: 'OPT_IN' | 'OPT_OUT' }

/** Who may be spoken to, when and how often: one for each shop. */
export type TouchPolicy = {
  readonly caps: readonly Cap[]
  readonly quietHours: readonly QuietHours[]
  /** What is not said here is as in the policy that a shop begins with. */
  readonly consent: readonly ConsentRule[]
  /** No marketing for whoever had no care touch within so many days; null: it may be. */
  readonly careFirstDays: number | null
  /** No marketing while these are open. */
  readonly blockedBy: { readonly openComplaint: boolean; readonly undeliveredOrder: boolean; readonly pendingRefund: boolean }
  /** What nobody reports as over is taken to be over after so many days. */
  readonly openAtMostDays: number
  /** Whoever bought a product at full price within so many days gets no message that discounts it; 0: whoever did may. */
  readonly priceShieldDays: number
  /** Channels whose touches count only for caps that name them. */
  readonly uncountedChannels: readonly TouchChannel[]
  /** Whether touches that staff made and wrote down count. */
  readonly countManual: boolean
  /** What waited for longer than this is dropped: it was written for another day. */
  readonly waitAtMostDays: number
}

const everyDay = (most: number, days: number, onCap: Cap['onCap']): Cap => ({
  purposes: ['MARKETING'],
  channels: null,
  most,
  window: { kind: 'ROLLING', days },
  audience: null,
  onCap,
})

/**
 * Holds until a shop saves its own. Marketing: one a day, two in seven days, four in thirty. What would be the second of a
 * day or the third of a week may wait for days; the fifth of a month would come weeks late and is dropped. Nothing that makes a
 * phone ring or buzz between nine at night and nine in the morning, care neither; mail and post make no noise.
 */
export const DEFAULT_POLICY: TouchPolicy = {
  caps: [everyDay(1, 1, 'WAIT'), everyDay(2, 7, 'WAIT'), everyDay(4, 30, 'DROP')],
  quietHours: [
    {
      channels: ['SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE'],
      purposes: ['CARE', 'MARKETING'],
      from: 21 * 60,
      until: 9 * 60,
      weekdays: null,
    },
  ],
  consent: [],
  careFirstDays: null,
  blockedBy: { openComplaint: true, undeliveredOrder: true, pendingRefund: true },
  openAtMostDays: 90,
  priceShieldDays: 30,
  uncountedChannels: ['PARCEL', 'ON_SITE'],
  countManual: true,
  waitAtMostDays: 14,
}

/** Marketing needs a yes wherever it comes to somebody's own device; a letter, a card and the site do until a no. Care does until a no. */
const ASKED_FIRST: readonly TouchChannel[] = ['EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE']

export const consentRuleOf = (policy: TouchPolicy, channel: TouchChannel, purpose: Purpose): ConsentRule['rule'] =>
  policy.consent.find((one) => one.channel === channel && one.purpose === purpose)?.rule ??
  (purpose === 'MARKETING' && ASKED_FIRST.includes(channel) ? 'OPT_IN' : 'OPT_OUT')

/** A minute of the day as a clock shows it. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
