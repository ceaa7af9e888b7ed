import type { Customer } from '../customers/customer.model.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { MessageChannel } from '../messages/message.model.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import { readLarge } from '../shell/large.ts'
import type { World } from '../shell/world.ts'
import { foreseeTouches } from '../touches/decision.service.ts'
import type { TouchReason } from '../touches/touch.model.ts'
import type { Campaign, Step } from './campaign.model.ts'
import { findCampaign, unknownCampaign } from './campaign.service.ts'
import { costsOf } from './costs.service.ts'
import { possibleDiscount } from './giving.service.ts'
import { audienceOf, exclusionOf, knownQuery } from './joining.service.ts'
import type { CampaignPreview, StepPreview } from './preview.model.ts'
import { listJoining, readReach, sampleTreated } from './preview.store.ts'
import { shieldedOf } from './shield.service.ts'
import { whoOf } from './work.store.ts'

/** Up to so many each one is looked at; of more a part is, and the figures are brought up to all. */
const MOST_LOOKED_AT = 5_000
const AT_ONCE = 1_000

/** What a campaign would do if it started now. Nothing is written, and nobody is held. */
export async function previewCampaign(world: World, code: string): Promise<Result<CampaignPreview, Problem>> {
  const campaign = await findCampaign(world, code)
  if (campaign === null) return refuse(unknownCampaign(code, 'code'))
  if (campaign.endedAt !== null) return refuse(problem('CONFLICT', `Campaign "${campaign.code}" is over.`, ['code']))
  return accept(await readLarge(world, (tx) => look(tx, campaign)))
}

async function look(world: World, campaign: Campaign): Promise<CampaignPreview> {
  const audience = await conditionOf(world, await knownQuery(world, campaign.code, campaign.audience))
  const reach = await readReach(world, campaign, audience, await exclusionOf(world, campaign))
  const treated = reach.joining - reach.control
  const oneIn = Math.max(1, Math.ceil(treated / MOST_LOOKED_AT))
  const sample = await sampleTreated(world, campaign, await audienceOf(world, campaign), oneIn, 2 * MOST_LOOKED_AT)
  const scale = sample.length === 0 ? 0 : treated / sample.length
  const costs = await costsOf(world)
  const shielded = await shieldedOf(world, campaign, sample)
  const steps: StepPreview[] = []
  for (const step of campaign.steps) steps.push(await lookAtStep(world, campaign, step, sample, shielded, scale, costs))
  return {
    campaign,
    ...reach,
    treated,
    lookedAt: sample.length,
    steps,
    messagesCost: steps.reduce((sum, { cost }) => sum + cost, 0),
    possibleDiscount: await possibleDiscount(world, campaign, treated),
  }
}

async function lookAtStep(
  world: World,
  campaign: Campaign,
  step: Step,
  sample: readonly string[],
  shielded: ReadonlySet<string>,
  scale: number,
  costs: ReadonlyMap<string, number>,
): Promise<StepPreview> {
  const channels = new Map<MessageChannel, number>()
  const held = new Map<TouchReason, number>()
  const leftOut = new Map<TouchReason, number>()
  const add = <K>(tally: Map<K, number>, key: K, count = 1) => tally.set(key, (tally.get(key) ?? 0) + count)
  let cost = 0
  for (let from = 0; from < sample.length; from += AT_ONCE) {
    const ids = sample.slice(from, from + AT_ONCE)
    const who = await holdingAt(world, campaign, step, ids)
    if (who.length < ids.length) add(leftOut, 'CONDITION', ids.length - who.length)
    const decisions = await foreseeTouches(
      world,
      who.map((customerId) => ({
        key: customerId,
        customerId,
        purpose: step.purpose,
        channels: step.channels,
        campaignId: campaign.id,
        campaignCode: campaign.code,
        step: step.number,
        priority: campaign.priority,
        shielded: shielded.has(customerId),
        notAfter: campaign.endsAt,
      })),
    )
    for (const decision of decisions) {
      if (decision.kind === 'SEND') {
        add(channels, decision.channel as MessageChannel)
        cost += costs.get(decision.channel) ?? 0
      } else if (decision.kind === 'HOLD') {
        add(held, decision.reason)
        // By which channel is not known until then: the dearest may be it.
        cost += Math.max(0, ...step.channels.map((channel) => costs.get(channel) ?? 0))
      } else add(leftOut, decision.reason)
    }
  }
  const all = (count: number) => Math.round(count * scale)
  const byReason = (tally: ReadonlyMap<TouchReason, number>) => [...tally].map(([reason, count]) => ({ reason, count: all(count) }))
  return {
    step: step.number,
    channels: [...channels].map(([channel, count]) => ({ channel, count: all(count) })),
    held: byReason(held),
    leftOut: byReason(leftOut),
    cost: all(cost),
  }
}

/** Those of whom a step's condition holds now. */
async function holdingAt(world: World, { code }: Campaign, { condition }: Step, ids: readonly string[]): Promise<readonly string[]> {
  if (condition === null) return ids
  const who = await whoOf(world, await conditionOf(world, await knownQuery(world, code, condition), { ofFew: true }), ids)
  return ids.filter((id) => who.has(id))
}

/** Who would join now, in the order of their ids. */
export async function pageOfJoining(world: World, campaign: Campaign, request: PageRequest): Promise<Page<Customer>> {
  const ids = await listJoining(world, campaign, await audienceOf(world, campaign), request)
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, customer]))
  return page(
    ids.flatMap((id) => found.get(id) ?? []),
    request,
    ({ id }) => id,
  )
}
