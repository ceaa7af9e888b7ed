import type { Customer } from '../customers/customer.model.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { readLarge } from '../shell/large.ts'
import { toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'
import { findCampaign, unknownCampaign } from './campaign.service.ts'
import type { CampaignFigure, Part, Report, TierPart, WantedPart } from './report.model.ts'
import { costOf, goalResult, isFinal, liftsOf, NOBODY, NOT_BOUGHT, NOT_REACHED, partsOf, together } from './report.rules.ts'
import { stageReport } from './report.stage.store.ts'
import { type By, countLost, type GroupOfTier, lastJoined, readBought, readGroups, readReached } from './report.store.ts'
import { countBehindFigure, listBehindFigure } from './report-customers.store.ts'

/** What a campaign did so far, counted as it is asked. */
export async function campaignReport(world: World, code: string): Promise<Result<Report, Problem>> {
  const campaign = await findCampaign(world, code)
  return campaign === null ? refuse(unknownCampaign(code, 'code')) : accept(await readLarge(world, (tx) => counted(tx, campaign)))
}

async function counted(world: World, campaign: Campaign): Promise<Report> {
  await stageReport(world, campaign)
  const groups = await readGroups(world)
  const of = (treated: boolean) => together(groups.filter((one) => one.treated === treated).map(({ group }) => group))
  const [treated, control] = [of(true), of(false)]
  const reached = (await readReached(world, null)).get(null) ?? NOT_REACHED
  const bought = (await readBought(world, null)).get(null) ?? NOT_BOUGHT
  const parts = async (by: By): Promise<Part[]> => partsOf(await readReached(world, by), await readBought(world, by))
  const lifts = liftsOf(treated, control)
  const joined = await lastJoined(world)
  return {
    campaign,
    asOf: world.now,
    isFinal: isFinal(campaign, joined === null ? null : toInstant(joined), world.now),
    treated,
    control,
    reached,
    bought,
    lost: await countLost(world),
    cost: costOf(reached, bought, treated, lifts),
    goal: campaign.goal && goalResult(campaign.goal, treated),
    lifts,
    bySteps: await parts('step'),
    byChannels: await parts('channel'),
    byTemplates: await parts('template_code'),
    byTiers: withGroups(await parts('tier_code'), groups),
  }
}

/** Tier by tier, those too in which everybody is in the control group. */
function withGroups(parts: readonly Part[], groups: readonly GroupOfTier[]): TierPart[] {
  const known = new Map(parts.map((part) => [part.key, part]))
  const only = groups.flatMap(({ tier }) => (known.has(tier) ? [] : [{ key: tier, ...NOT_REACHED, ...NOT_BOUGHT }]))
  return [...parts, ...only].map((part) => {
    const of = (treated: boolean) => groups.find((one) => one.treated === treated && one.tier === part.key)?.group ?? NOBODY
    const [treated, control] = [of(true), of(false)]
    return { ...part, treated, control, lifts: liftsOf(treated, control) }
  })
}

/** The customers behind a figure of the report, in the order of their ids. */
export async function campaignCustomers(
  world: World,
  code: string,
  figure: CampaignFigure,
  part: WantedPart,
  request: PageRequest,
): Promise<Result<{ readonly page: Page<Customer>; readonly count: () => Promise<number> }, Problem>> {
  const campaign = await findCampaign(world, code)
  if (campaign === null) return refuse(unknownCampaign(code, 'code'))
  const fault = partFault(figure, part)
  if (fault !== null) return refuse(fault)
  const ids = await readLarge(world, (tx) => listBehindFigure(tx, campaign, figure, part, request))
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, customer]))
  return accept({
    page: page(
      ids.flatMap((id) => found.get(id) ?? []),
      request,
      (customer) => customer.id,
    ),
    count: () => readLarge(world, (tx) => countBehindFigure(tx, campaign, figure, part)),
  })
}

const WHOLE: readonly CampaignFigure[] = ['TREATED', 'CONTROL', 'CONTROL_BOUGHT', 'LOST', 'CONTROL_LOST']
const ORDERED: readonly CampaignFigure[] = ['BOUGHT', 'RETURNED', 'DISCOUNTED']

/** What is asked for that the report does not tell apart. */
function partFault(figure: CampaignFigure, { step, channel, template, untouched }: WantedPart): Problem | null {
  const named = [step === null ? [] : 'step', channel === null ? [] : 'channel', template === null ? [] : 'template'].flat()
  const [first] = named
  if (first !== undefined && WHOLE.includes(figure)) return problem('BAD_USER_INPUT', `${figure} is not told apart by ${first}.`, [first])
  if (!untouched) return null
  if (!ORDERED.includes(figure)) return problem('BAD_USER_INPUT', `untouched is for ${ORDERED.join(', ')}.`, ['untouched'])
  return first === undefined ? null : problem('BAD_USER_INPUT', `Where nothing was sent or shown there is no ${first}.`, ['untouched'])
}
