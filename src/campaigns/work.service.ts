import { accept } from '../kernel/result.ts'
import type { MessageChannel, NewMessage } from '../messages/message.model.ts'
import { queueMessages } from '../messages/queue.service.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import { transact, type World } from '../shell/world.ts'
import { decideTouches, markTouches, noteRefusals } from '../touches/decision.service.ts'
import type { TouchDecision, TouchReason } from '../touches/touch.model.ts'
import type { Campaign, LeftReason, Step } from './campaign.model.ts'
import { findCampaign } from './campaign.service.ts'
import { costsOf } from './costs.service.ts'
import { insertExposures, stillIn } from './exposing.store.ts'
import { variablesOf } from './giving.service.ts'
import { knownQuery, usualOf } from './joining.service.ts'
import { leave } from './leaving.store.ts'
import { openersOf } from './opened.store.ts'
import { shieldedOf } from './shield.service.ts'
import { type Decided, type DueExposure, wantedTouch, whyDropped, withinBudget } from './work.rules.ts'
import {
  addSpent,
  type Claimed,
  claimDue,
  holdCustomers,
  holdWorking,
  type Outcome,
  shareCampaigns,
  standingsOf,
  whoOf,
  writeOutcomes,
} from './work.store.ts'

/** So many exposures are decided in one transaction. */
const AT_ONCE = 500

/**
 * Works exposures that are due: decides each at this moment, queues what is to be sent, and says when the next step of each customer is due.
 * One transaction: what was at work when a process ended is due still, and what was queued is queued once. How many were decided is the
 * answer; 0: nothing is due.
 */
export async function workDue(world: World): Promise<number> {
  let count = 0
  await transact(world, async (tx) => {
    await shareCampaigns(tx)
    const work = await claim(tx)
    count = work.claimed.length
    if (count > 0) await decide(tx, work)
    return accept(true)
  })
  return count
}

type Work = { readonly campaigns: ReadonlyMap<string, Campaign>; readonly claimed: readonly Claimed[] }

async function claim(tx: World): Promise<Work> {
  const campaigns = new Map<string, Campaign>()
  const claimed: Claimed[] = []
  for (const code of await holdWorking(tx)) {
    const campaign = await findCampaign(tx, code)
    if (campaign === null) continue
    campaigns.set(campaign.id, campaign)
    claimed.push(...(await claimDue(tx, campaign.id, AT_ONCE - claimed.length)))
    if (claimed.length >= AT_ONCE) break
  }
  return { campaigns, claimed }
}

async function decide(tx: World, { campaigns, claimed }: Work): Promise<void> {
  await holdCustomers(tx, [...new Set(claimed.map(({ customerId }) => customerId))])
  const dropped: Decided[] = []
  const wanted: Wanted[] = []
  for (const due of await factsOf(tx, campaigns, claimed)) {
    const campaign = campaigns.get(due.campaignId)
    const step = campaign?.steps[due.step - 1]
    const reason = campaign === undefined ? 'CAMPAIGN_OVER' : whyDropped(due, campaign, step, tx.now)
    if (reason !== null) dropped.push({ ...keyOf(due), status: 'DROPPED', reason })
    else if (campaign !== undefined && step !== undefined) wanted.push({ due, campaign, step })
  }
  await note(tx, dropped)
  const shielded = await shieldedAmong(tx, wanted)
  const decisions = await decideTouches(
    tx,
    wanted.map(({ due, campaign, step }) => wantedTouch(due, campaign, step, shielded.has(due.id))),
  )
  const decided = [...dropped, ...(await queue(tx, wanted, decisions))]
  await writeOutcomes(tx, decided.map(outcomeOf))
  await letLeave(tx, decided)
  await goOn(tx, campaigns, decided)
}

/** What is known of each at this moment: how they stand, and whether their step's condition holds; a statement for each condition. */
async function factsOf(tx: World, campaigns: Work['campaigns'], claimed: readonly Claimed[]): Promise<DueExposure[]> {
  const standings = new Map((await standingsOf(tx, claimed)).map((standing) => [standing.id, standing]))
  const holding = new Set<string>()
  const opened = new Set<string>()
  for (const { campaign, step, of } of byStep(campaigns, claimed)) {
    const ids = of.map(({ customerId }) => customerId)
    const who = step.condition === null ? null : await whoOf(tx, await conditionOfStep(tx, campaign, step), ids)
    for (const one of of) if (who === null || who.has(one.customerId)) holding.add(one.id)
    if (step.onlyIf !== 'OPENED_NOT_BOUGHT') continue
    const openers = await openersOf(tx, campaign.id, ids)
    for (const one of of) if (openers.has(one.customerId)) opened.add(one.id)
  }
  return claimed.flatMap((one) => {
    const standing = standings.get(one.id)
    if (standing === undefined) return []
    const { treated, leftReason, bought, ordered } = standing
    return [
      {
        ...one,
        treated,
        leftReason: leftReason as LeftReason | null,
        bought,
        ordered,
        opened: opened.has(one.id),
        holds: holding.has(one.id),
      },
    ]
  })
}

const conditionOfStep = async (world: World, { code }: Campaign, { condition }: Step) =>
  conditionOf(world, await knownQuery(world, code, condition), { ofFew: true })

type OfStep<T> = { readonly campaign: Campaign; readonly step: Step; readonly of: readonly T[] }

/** Together by campaign and step; what belongs to no step is left out. */
function byStep<T extends { readonly campaignId: string; readonly step: number }>(
  campaigns: Work['campaigns'],
  all: readonly T[],
): OfStep<T>[] {
  const groups = Map.groupBy(all, ({ campaignId, step }) => `${campaignId}/${step}`)
  return [...groups.values()].flatMap((of) => {
    const [one] = of
    const campaign = one && campaigns.get(one.campaignId)
    const step = one && campaign?.steps[one.step - 1]
    return campaign === undefined || step === undefined ? [] : [{ campaign, step, of }]
  })
}

type Wanted = { readonly due: DueExposure; readonly campaign: Campaign; readonly step: Step }

/** Makes messages of what may be sent, as far as each campaign's budget goes. */
async function queue(tx: World, wanted: readonly Wanted[], decisions: readonly TouchDecision[]): Promise<Decided[]> {
  const wantedOf = new Map(wanted.map((one) => [one.due.id, one]))
  const decided: Decided[] = []
  const sends: Sending[] = []
  for (const decision of decisions) {
    const one = wantedOf.get(decision.key)
    if (one === undefined) continue
    if (decision.kind === 'HOLD') decided.push({ ...keyOf(one.due), status: 'HELD', until: decision.until, reason: decision.reason })
    else if (decision.kind === 'DROP') decided.push({ ...keyOf(one.due), status: 'DROPPED', reason: decision.reason })
    else sends.push({ ...one, channel: decision.channel as MessageChannel, touchId: decision.touchId })
  }
  const paid: Sending[] = []
  const unpaid: Sending[] = []
  const costs = await costsOf(tx)
  for (const of of Map.groupBy(sends, ({ campaign }) => campaign.id).values()) {
    const [{ campaign }] = of as [Sending]
    const split = withinBudget(of, campaign.budget, campaign.spent, (channel) => costs.get(channel) ?? 0)
    paid.push(...split.paid)
    unpaid.push(...split.unpaid)
    await addSpent(tx, campaign.id, split.cost)
  }
  return [...decided, ...(await dropSends(tx, unpaid, 'BUDGET')), ...(await make(tx, paid))]
}

type Sending = Wanted & { readonly channel: MessageChannel; readonly touchId: string }

/** What was decided to be sent, and is not for all that: the touch counts no more. */
async function dropSends(tx: World, sends: readonly Sending[], reason: TouchReason): Promise<Decided[]> {
  const dropped = sends.map(({ due }): Decided => ({ ...keyOf(due), status: 'DROPPED', reason }))
  await markTouches(
    tx,
    sends.map(({ touchId }) => ({ touchId, status: 'CANCELLED' })),
  )
  await note(tx, dropped)
  return dropped
}

async function make(tx: World, sends: readonly Sending[]): Promise<Decided[]> {
  const variables = await variablesAmong(tx, sends)
  const queued = await queueMessages(
    tx,
    sends.map(
      ({ due, campaign, step, channel, touchId }): NewMessage => ({
        exposureId: due.id,
        campaignId: campaign.id,
        campaignCode: campaign.code,
        step: step.number,
        touchId,
        customerId: due.customerId,
        channel,
        purpose: step.purpose,
        templateCode: step.templateCode,
        variables: variables.get(due.id) ?? {},
        notAfter: campaign.endsAt,
      }),
    ),
  )
  const decided: Decided[] = []
  const refused: (Sending & { readonly reason: TouchReason })[] = []
  for (const [i, send] of sends.entries()) {
    const answer = queued[i]
    if (answer?.kind === 'QUEUED')
      decided.push({ ...keyOf(send.due), status: 'QUEUED', channel: send.channel, touchId: send.touchId, messageId: answer.id })
    else refused.push({ ...send, reason: answer === undefined || answer.reason === 'NO_PROVIDER' ? 'UNREACHABLE' : answer.reason })
  }
  for (const [reason, of] of Map.groupBy(refused, (send) => send.reason)) decided.push(...(await dropSends(tx, of, reason)))
  return decided
}

/** Whom of these a message would anger that sells for less what they bought at full price lately; by exposure. */
async function shieldedAmong(tx: World, wanted: readonly Wanted[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const of of Map.groupBy(wanted, ({ campaign }) => campaign.id).values()) {
    const [{ campaign }] = of as [Wanted]
    const who = await shieldedOf(tx, campaign, customersOf(of))
    for (const { due } of of) if (who.has(due.customerId)) found.add(due.id)
  }
  return found
}

/** What each message may say besides what is known of its reader; by exposure. */
async function variablesAmong(tx: World, sends: readonly Sending[]): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const found = new Map<string, Readonly<Record<string, unknown>>>()
  for (const of of Map.groupBy(sends, ({ campaign, step }) => `${campaign.id}/${step.number}`).values()) {
    const [{ campaign, step }] = of as [Sending]
    const given = await variablesOf(tx, campaign, step, customersOf(of))
    for (const { due } of of) found.set(due.id, { campaign: { code: campaign.code, name: campaign.name }, ...given.get(due.customerId) })
  }
  return found
}

const customersOf = (wanted: readonly Wanted[]): string[] => wanted.map(({ due }) => due.customerId)

const keyOf = ({ id, campaignId, step, customerId }: Claimed): Claimed => ({ id, campaignId, step, customerId })

const outcomeOf = (one: Decided): Outcome => ({
  id: one.id,
  status: one.status,
  dueAt: one.status === 'HELD' ? one.until : null,
  channel: one.status === 'QUEUED' ? one.channel : null,
  touchId: one.status === 'QUEUED' ? one.touchId : null,
  messageId: one.status === 'QUEUED' ? one.messageId : null,
  reason: one.status === 'QUEUED' ? null : one.reason,
})

/** Each that campaigns themselves do not send leaves its row with the reason, beside those of touches. */
async function note(tx: World, dropped: readonly Decided[]): Promise<void> {
  await noteRefusals(
    tx,
    dropped.flatMap(({ campaignId, customerId, step, ...one }) =>
      one.status === 'DROPPED' ? [{ customerId, campaignId, step, reason: one.reason }] : [],
    ),
  )
}

/** Whoever bought or objected leaves, if nobody saw it before. */
async function letLeave(tx: World, decided: readonly Decided[]): Promise<void> {
  for (const reason of ['BOUGHT', 'OBJECTED', 'FORGOTTEN'] as const)
    await leave(
      tx,
      decided.filter((one) => one.status === 'DROPPED' && one.reason === reason),
      reason,
    )
}

/** The next step of whoever still takes part, once the step before was sent or left out. */
async function goOn(tx: World, campaigns: Work['campaigns'], decided: readonly Decided[]): Promise<void> {
  const final = decided.filter(({ status }) => status !== 'HELD')
  for (const { campaign, step, of } of byStep(campaigns, final)) {
    const next = campaign.steps[step.number]
    if (next === undefined) continue
    const customerIds = of.map(({ customerId }) => customerId)
    await insertExposures(tx, campaign, next, stillIn(tx, campaign, next, customerIds), await usualOf(tx, campaign))
  }
}
