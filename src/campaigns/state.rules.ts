import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Campaign, CampaignStatus, CampaignTerms } from './campaign.model.ts'

/** What can be done to a campaign, and where it leads from where. FINISH is done by time alone. */
const MOVES = {
  SCHEDULE: { from: ['DRAFT', 'SCHEDULED'], to: 'SCHEDULED' },
  START: { from: ['DRAFT', 'SCHEDULED'], to: 'RUNNING' },
  PAUSE: { from: ['RUNNING'], to: 'PAUSED' },
  RESUME: { from: ['PAUSED'], to: 'RUNNING' },
  CANCEL: { from: ['DRAFT', 'SCHEDULED', 'RUNNING', 'PAUSED'], to: 'CANCELLED' },
  FINISH: { from: ['RUNNING', 'PAUSED'], to: 'FINISHED' },
} as const satisfies Record<string, { readonly from: readonly CampaignStatus[]; readonly to: CampaignStatus }>

export type Move = keyof typeof MOVES

/** The campaign after a move, or why it cannot be made. */
export function move(campaign: Campaign, act: Move, now: Instant): Result<Campaign, Problem> {
  const { from, to }: { readonly from: readonly CampaignStatus[]; readonly to: CampaignStatus } = MOVES[act]
  const { code, status, endsAt, start } = campaign
  const conflict = (message: string) => refuse(problem('CONFLICT', message, ['code']))
  if (!from.includes(status)) return conflict(`Campaign "${code}" is ${status}: it would have to be ${from.join(' or ')}.`)
  if ((act === 'SCHEDULE' || act === 'START') && endsAt !== null && endsAt <= now)
    return conflict(`Campaign "${code}" would be over before it starts: give it a later endsAt.`)
  if (act === 'SCHEDULE' && start.at === null) return conflict(`Campaign "${code}" says no start.at: save it with one, or start it now.`)
  if (act === 'SCHEDULE' && start.at !== null && start.at <= now)
    return conflict(`The start of campaign "${code}" has passed: save it with a later start.at, or start it now.`)
  if (act === 'SCHEDULE' && start.at !== null && endsAt !== null && start.at >= endsAt)
    return conflict(`Campaign "${code}" would be over before it starts: give it a later endsAt.`)
  const over = to === 'FINISHED' || to === 'CANCELLED'
  return accept({
    ...campaign,
    status: to,
    updatedAt: now,
    startedAt: act === 'START' ? now : campaign.startedAt,
    pausedAt: act === 'PAUSE' ? now : null,
    endedAt: over ? now : null,
    nextJoinAt: over ? null : act === 'START' ? now : campaign.nextJoinAt,
  })
}

/** What a campaign that has begun may still change: whom it is for and what it says to them stays as it is measured. */
const OPEN_LATER: readonly (keyof CampaignTerms)[] = ['name', 'goal', 'budget', 'priority', 'endsAt']

/** The campaign with other terms (null: a new one), or why it may not have them now. */
export function edit(
  campaign: Campaign | null,
  terms: CampaignTerms,
  made: { id: Campaign['id']; now: Instant },
): Result<Campaign, Problem> {
  const { id, now } = made
  if (campaign === null)
    return accept({
      ...terms,
      id,
      status: 'DRAFT',
      spent: 0,
      createdAt: now,
      updatedAt: now,
      startedAt: null,
      pausedAt: null,
      endedAt: null,
      nextJoinAt: null,
    })
  const { status } = campaign
  if (status === 'FINISHED' || status === 'CANCELLED')
    return refuse(problem('CONFLICT', `Campaign "${campaign.code}" is over: save a new one under another code.`, ['input', 'code']))
  if (status === 'RUNNING' || status === 'PAUSED') {
    const fields = Object.keys(terms) as (keyof CampaignTerms)[]
    const fixed = fields.find((field) => !OPEN_LATER.includes(field) && !isSame(terms[field], campaign[field]))
    if (fixed !== undefined)
      return refuse(
        problem('CONFLICT', `${INPUT_NAMES[fixed] ?? fixed} cannot change once the campaign runs; ${OPEN_LATER.join(', ')} can.`, [
          'input',
          INPUT_NAMES[fixed] ?? fixed,
        ]),
      )
  }
  if (status !== 'DRAFT' && terms.endsAt !== null && terms.endsAt <= now)
    return refuse(problem('BAD_USER_INPUT', 'endsAt must be in the future; cancelCampaign ends it now.', ['input', 'endsAt']))
  if (status === 'SCHEDULED' && (terms.start.at === null || terms.start.at <= now))
    return refuse(problem('BAD_USER_INPUT', 'A scheduled campaign needs a start.at in the future.', ['input', 'start', 'at']))
  return accept({ ...campaign, ...terms, updatedAt: now })
}

const INPUT_NAMES: Readonly<Partial<Record<keyof CampaignTerms, string>>> = { controlBp: 'controlPercent' }

/** Whether two things of a campaign say the same, whatever order their fields came in. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return Object.is(one, other)
  const [mine, yours] = [Object.entries(one), new Map(Object.entries(other))]
  return mine.length === yours.size && mine.every(([key, value]) => yours.has(key) && isSame(value, yours.get(key)))
}
