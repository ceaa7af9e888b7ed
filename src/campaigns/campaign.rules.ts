import { instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import { bad, eachFault, firstOf, inside, LONGEST_WORD, readEach, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import type { CampaignStart, CampaignTerms, Give, Goal, OnSite } from './campaign.model.ts'
import { readSteps } from './step.rules.ts'
import type { WantedCampaign, WantedGive, WantedOnSite, WantedStart } from './wanted.model.ts'

const LONGEST_NAME = 200
const MOST_EXCLUSIONS = 20
const MOST_GIVES = 20
/** A share that is large enough to measure by and small enough to give up; staff may choose another. */
const USUAL_CONTROL_PERCENT = 10
const USUAL_ATTRIBUTION_DAYS = 14

export const isCampaignCode = (code: string): boolean => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,59}$/u.test(code)

/** What a campaign is to say, or the first thing that is wrong with it. Queries are read as they stand: whether their segments are there is asked elsewhere. */
export function readCampaign(wanted: WantedCampaign): Result<CampaignTerms, Problem> {
  const exclusions = wanted.exclusions ?? []
  const fault = firstOf(
    isCampaignCode(wanted.code) ? null : bad('code has 1 to 60 letters, digits, dashes and underscores.', 'code'),
    wordFault(wanted.name, LONGEST_NAME, 'name'),
    goalFault(wanted.goal ?? null),
    wholeFault(wanted.attributionDays, 1, 365, 'attributionDays'),
    queryFault(wanted.audience, 'audience'),
    exclusions.length > MOST_EXCLUSIONS ? tooMany('exclusions a campaign', MOST_EXCLUSIONS, 'exclusions') : null,
    eachFault(exclusions, 'exclusions', exclusionFault),
    controlFault(wanted.controlPercent),
    wholeFault(wanted.priority, 0, 100, 'priority'),
  )
  if (fault !== null) return refuse(fault)
  const start = inside(readStart(wanted.start), 'start')
  if (!start.ok) return start
  const steps = readSteps(wanted.steps ?? [], wanted.kind)
  if (!steps.ok) return steps
  const gives = readGives(wanted.gives ?? [])
  if (!gives.ok) return gives
  const onSite = inside(readOnSite(wanted.onSite), 'onSite')
  if (!onSite.ok) return onSite
  return accept({
    code: wanted.code,
    name: wanted.name,
    kind: wanted.kind,
    goal: wanted.goal ?? null,
    attributionDays: wanted.attributionDays ?? USUAL_ATTRIBUTION_DAYS,
    budget: wanted.budget ?? null,
    audience: blankAsNull(wanted.audience),
    exclusions: exclusions.map((text) => text.trim()),
    controlBp: Math.round((wanted.controlPercent ?? USUAL_CONTROL_PERCENT) * 100),
    priority: wanted.priority ?? 0,
    start: start.value,
    endsAt: wanted.endsAt == null ? null : instant(wanted.endsAt),
    steps: steps.value,
    gives: gives.value,
    onSite: onSite.value,
  })
}

const blankAsNull = (text: string | null | undefined): string | null => (text == null || text.trim() === '' ? null : text)

function goalFault(goal: Goal | null): Problem | null {
  if (goal === null) return null
  const most = goal.metric === 'REPEAT_RATE' ? 100 : Number.MAX_SAFE_INTEGER
  const whole = goal.metric !== 'REPEAT_RATE' && goal.metric !== 'UNITS_PER_BUYER'
  if (!(goal.target >= 0 && goal.target <= most)) return bad(`target must be from 0 to ${most}.`, 'goal', 'target')
  return whole && !Number.isInteger(goal.target)
    ? bad('target must be whole: orders, buyers, or minor units of money.', 'goal', 'target')
    : null
}

/** A control group above half of the audience would give most of a campaign up. */
function controlFault(percent: number | null | undefined): Problem | null {
  if (percent == null) return null
  const points = percent * 100
  return percent >= 0 && percent <= 50 && Math.abs(points - Math.round(points)) < 1e-6
    ? null
    : bad('controlPercent must be from 0 to 50, with at most two decimals.', 'controlPercent')
}

export function queryFault(text: string | null | undefined, ...path: (string | number)[]): Problem | null {
  const query = readQuery(text, path, 'AUDIENCE', ANY_SEGMENT)
  return query.ok ? null : query.problem
}

const exclusionFault = (text: string): Problem | null =>
  text.trim() === '' ? bad('An exclusion may not be blank: that would exclude everyone.') : queryFault(text)

function readStart(wanted: WantedStart | null | undefined): Result<CampaignStart, Problem> {
  if (wanted == null) return accept({ kind: 'ONCE', at: null, minute: null, until: null })
  const { kind } = wanted
  const daily = kind === 'DAILY'
  const time = blankAsNull(wanted.time)
  const minute = time === null ? null : minuteOf(time)
  if (!daily && time !== null) return refuse(bad('time is for DAILY: when of the day customers join.', 'time'))
  if (!daily && wanted.until != null) return refuse(bad('until is for DAILY; endsAt ends the whole campaign.', 'until'))
  if (time !== null && minute === null) return refuse(bad("time is HH:MM by the shop's clock, such as 09:30.", 'time'))
  if (wanted.at != null && wanted.until != null && wanted.until <= wanted.at) return refuse(bad('until must be after at.', 'until'))
  return accept({
    kind,
    at: wanted.at == null ? null : instant(wanted.at),
    minute: daily ? (minute ?? USUAL_MINUTE) : null,
    until: wanted.until == null ? null : instant(wanted.until),
  })
}

/** 10:00: after what is evaluated at night, and within everybody's day. */
const USUAL_MINUTE = 600

function minuteOf(text: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return hour === undefined ? null : Number(hour) * 60 + Number(minute)
}

function readGives(wanted: readonly WantedGive[]): Result<readonly Give[], Problem> {
  if (wanted.length > MOST_GIVES) return refuse(tooMany('things that a campaign gives', MOST_GIVES, 'gives'))
  return readEach(wanted, 'gives', readGive)
}

function readGive(wanted: WantedGive): Result<Give, Problem> {
  const tierCodes = wanted.tierCodes ?? []
  const fault = firstOf(
    wordFault(wanted.offerCode, LONGEST_WORD, 'offerCode'),
    tierCodes.length > 50 ? tooMany('tiers', 50, 'tierCodes') : null,
    eachFault(tierCodes, 'tierCodes', (code) => wordFault(code, LONGEST_WORD, 'tierCode', [])),
    wholeFault(wanted.each, 1, 100, 'each'),
    wholeFault(wanted.validDays, 1, 3_650, 'validDays'),
  )
  if (fault !== null) return refuse(fault)
  return accept({
    offerCode: wanted.offerCode,
    as: wanted.as,
    tierCodes: [...new Set(tierCodes)],
    each: wanted.each ?? 1,
    validDays: wanted.validDays ?? null,
    linkTerms: null,
  })
}

function readOnSite(wanted: WantedOnSite | null | undefined): Result<OnSite | null, Problem> {
  if (wanted == null) return accept(null)
  const [title, text, url] = [wanted.title ?? '', blankAsNull(wanted.text), blankAsNull(wanted.url)]
  const fault = firstOf(
    wordFault(title, LONGEST_NAME, 'title'),
    text === null || isProse(text, 2_000) ? null : bad('text has at most 2,000 characters that can be kept.', 'text'),
    url === null || isAddress(url) ? null : bad('url is an address that begins with https:// or http://, or with /.', 'url'),
  )
  return fault === null ? accept({ title, text, url }) : refuse(fault)
}

const isAddress = (url: string): boolean =>
  url.length <= 2_000 && /^(?:https?:\/\/[^\s/]|\/(?!\/))[^\s]*$/.test(`${url}`) && url.isWellFormed()
