import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { bad, eachFault, firstOf, type Optional, readEach, tooMany, wholeFault } from '../pricebook/checks.model.ts'
import type { Cap, CapWindow, ConsentRule, QuietHours, TouchPolicy } from './policy.model.ts'
import type { Purpose, TouchChannel } from './touch.model.ts'

/** A policy as it is asked for. What is left out, or null, stays as it is; a list is replaced whole. */
export type WantedPolicy = {
  readonly caps?: Optional<readonly WantedCap[]>
  readonly quietHours?: Optional<readonly WantedQuietHours[]>
  readonly consent?: Optional<readonly ConsentRule[]>
  /** 0: marketing needs no care before it. */
  readonly careFirstDays?: Optional<number>
  readonly blockedByComplaint?: Optional<boolean>
  readonly blockedByOrder?: Optional<boolean>
  readonly blockedByRefund?: Optional<boolean>
  readonly openAtMostDays?: Optional<number>
  readonly priceShieldDays?: Optional<number>
  readonly uncountedChannels?: Optional<readonly TouchChannel[]>
  readonly countManual?: Optional<boolean>
  readonly waitAtMostDays?: Optional<number>
}
export type WantedCap = {
  readonly purposes?: Optional<readonly Purpose[]>
  readonly channels?: Optional<readonly TouchChannel[]>
  readonly most: number
  readonly rollingDays?: Optional<number>
  readonly calendar?: Optional<Extract<CapWindow, { kind: 'CALENDAR' }>['unit']>
  readonly audience?: Optional<string>
  readonly onCap?: Optional<Cap['onCap']>
}
export type WantedQuietHours = {
  readonly channels: readonly TouchChannel[]
  readonly purposes?: Optional<readonly Purpose[]>
  readonly from: string
  readonly until: string
  readonly daysOfWeek?: Optional<readonly number[]>
}

const MOST_RULES = 20
const MOST_TOUCHES = 1_000
const A_YEAR = 366

/** The policy as it is to be, or the first thing that is wrong with it. Whether its audiences can be asked is asked by who knows the segments. */
export function readPolicyInput(before: TouchPolicy, wanted: WantedPolicy): Result<TouchPolicy, Problem> {
  const fault = firstOf(
    mostFault(wanted.caps, 'caps'),
    mostFault(wanted.quietHours, 'quietHours'),
    consentFault(wanted.consent ?? []),
    wholeFault(wanted.careFirstDays, 0, A_YEAR, 'careFirstDays'),
    wholeFault(wanted.openAtMostDays, 1, A_YEAR, 'openAtMostDays'),
    wholeFault(wanted.priceShieldDays, 0, A_YEAR, 'priceShieldDays'),
    wholeFault(wanted.waitAtMostDays, 0, A_YEAR, 'waitAtMostDays'),
  )
  if (fault !== null) return refuse(fault)
  const caps = wanted.caps == null ? accept(before.caps) : readEach(wanted.caps, 'caps', readCap)
  if (!caps.ok) return caps
  const quietHours = wanted.quietHours == null ? accept(before.quietHours) : readEach(wanted.quietHours, 'quietHours', readQuietHours)
  if (!quietHours.ok) return quietHours
  return accept({
    caps: caps.value,
    quietHours: quietHours.value,
    consent: wanted.consent == null ? before.consent : wanted.consent.map(({ channel, purpose, rule }) => ({ channel, purpose, rule })),
    careFirstDays: wanted.careFirstDays == null ? before.careFirstDays : wanted.careFirstDays || null,
    blockedBy: {
      openComplaint: wanted.blockedByComplaint ?? before.blockedBy.openComplaint,
      undeliveredOrder: wanted.blockedByOrder ?? before.blockedBy.undeliveredOrder,
      pendingRefund: wanted.blockedByRefund ?? before.blockedBy.pendingRefund,
    },
    openAtMostDays: wanted.openAtMostDays ?? before.openAtMostDays,
    priceShieldDays: wanted.priceShieldDays ?? before.priceShieldDays,
    uncountedChannels: wanted.uncountedChannels == null ? before.uncountedChannels : unique(wanted.uncountedChannels),
    countManual: wanted.countManual ?? before.countManual,
    waitAtMostDays: wanted.waitAtMostDays ?? before.waitAtMostDays,
  })
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

const mostFault = (list: Optional<readonly unknown[]>, field: string): Problem | null =>
  list != null && list.length > MOST_RULES ? tooMany(field, MOST_RULES, field) : null

/** Nobody can be asked whether a card may lie in their parcel: there is no word of a customer on it. */
function consentFault(rules: readonly ConsentRule[]): Problem | null {
  if (rules.length > MOST_RULES) return tooMany('rules of consent', MOST_RULES, 'consent')
  return eachFault(rules, 'consent', (rule) => {
    if (rules.filter(({ channel, purpose }) => channel === rule.channel && purpose === rule.purpose).length > 1)
      return bad(`${rule.channel} for ${rule.purpose} is there twice.`, 'channel')
    const hasWords = rule.channel !== 'PARCEL' && rule.channel !== 'ON_SITE'
    return hasWords || rule.rule === 'OPT_OUT' ? null : bad(`${rule.channel} is OPT_OUT: customers say no word on it before.`, 'rule')
  })
}

function readCap(wanted: WantedCap): Result<Cap, Problem> {
  const { rollingDays, calendar } = wanted
  const fault = firstOf(
    emptyFault(wanted.purposes, 'purposes'),
    emptyFault(wanted.channels, 'channels'),
    wholeFault(wanted.most, 0, MOST_TOUCHES, 'most'),
    wholeFault(rollingDays, 1, A_YEAR, 'rollingDays'),
    (rollingDays == null) === (calendar == null) ? bad('Say either rollingDays or calendar.', 'rollingDays') : null,
  )
  if (fault !== null) return refuse(fault)
  return accept({
    purposes: unique(wanted.purposes ?? ['MARKETING']),
    channels: wanted.channels == null ? null : unique(wanted.channels),
    most: wanted.most,
    window: calendar == null ? { kind: 'ROLLING', days: rollingDays ?? 1 } : { kind: 'CALENDAR', unit: calendar },
    audience: wanted.audience?.trim() || null,
    onCap: wanted.onCap ?? 'WAIT',
  })
}

const emptyFault = (list: Optional<readonly unknown[]>, field: string): Problem | null =>
  list != null && list.length === 0 ? bad(`${field} is empty: leave it out.`, field) : null

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/

function readQuietHours(wanted: WantedQuietHours): Result<QuietHours, Problem> {
  const days = wanted.daysOfWeek
  const fault = firstOf(
    emptyFault(wanted.channels, 'channels'),
    emptyFault(wanted.purposes, 'purposes'),
    emptyFault(days, 'daysOfWeek'),
    TIME.test(wanted.from) ? null : bad('from must be a time of the day, 00:00 to 23:59.', 'from'),
    TIME.test(wanted.until) ? null : bad('until must be a time of the day, 00:00 to 23:59.', 'until'),
    (days ?? []).every((day) => day >= 1 && day <= 7) ? null : bad('daysOfWeek are from 1 (Monday) to 7.', 'daysOfWeek'),
  )
  if (fault !== null) return refuse(fault)
  return accept({
    channels: unique(wanted.channels),
    purposes: unique(wanted.purposes ?? (['CARE', 'MARKETING'] as const)),
    from: minuteOf(wanted.from),
    until: minuteOf(wanted.until),
    weekdays: days == null ? null : unique(days),
  })
}

function minuteOf(time: string): number {
  const [, hours, minutes] = TIME.exec(time) ?? []
  return Number(hours) * 60 + Number(minutes)
}
