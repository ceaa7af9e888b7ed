import { instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isCampaignCode } from '../pricebook/audience.model.ts'
import { bad, eachFault, firstOf, inside, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import type { CampaignStart, CampaignTerms, Goal } from './campaign.model.ts'
import { readGives } from './give.rules.ts'
import { readOnSite } from './on-site.rules.ts'
import { readSteps } from './step.rules.ts'
import type { WantedCampaign, WantedStart } from './wanted.model.ts'

const LONGEST_NAME = 200
const MOST_EXCLUSIONS = 20
/** A share that is large enough to measure by and small enough to give up; staff may choose another. */
const USUAL_CONTROL_PERCENT = 10
const USUAL_ATTRIBUTION_DAYS = 14

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
  const gives = readGives(wanted.gives ?? [], wanted.name)
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
