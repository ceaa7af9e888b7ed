import { trace } from '../audit/audit.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { MessageChannel } from '../messages/message.model.ts'
import { previewTemplate } from '../messages/preview.service.ts'
import { listProviders } from '../messages/provider.service.ts'
import { sendRehearsal } from '../messages/rehearsal.service.ts'
import { EXAMPLE, GIVEN } from '../messages/variables.model.ts'
import { transact, type World } from '../shell/world.ts'
import type { Campaign, Step } from './campaign.model.ts'
import { findCampaign, targetOf, unknownCampaign } from './campaign.service.ts'
import { pageOfJoining } from './preview.service.ts'
import type { Rehearsed, WantedRehearsal } from './rehearsal.model.ts'

const MOST_STAFF = 5

/** Sends the message of a step to staff, as a customer would get it; what the campaign gives is made up. Nothing of it counts. */
export async function testCampaign(world: World, wanted: WantedRehearsal): Promise<Result<Rehearsed, Problem>> {
  const { code, to } = wanted
  if (to.length === 0 || to.length > MOST_STAFF || !to.every((one) => isWord(one, 320)))
    return refuse(problem('BAD_USER_INPUT', `to has 1 to ${MOST_STAFF} addresses of staff.`, ['to']))
  const campaign = await findCampaign(world, code)
  if (campaign === null) return refuse(unknownCampaign(code, 'code'))
  const step = campaign.steps[wanted.step - 1]
  if (step === undefined) return refuse(problem('NOT_FOUND', `Campaign "${code}" has no step ${wanted.step}.`, ['step']))
  const channel = wanted.channel ?? (await firstCarried(world, step))
  if (!step.channels.includes(channel))
    return refuse(problem('BAD_USER_INPUT', `Step ${step.number} goes by ${step.channels.join(', ')}.`, ['channel']))
  const seen = await previewTemplate(world, {
    code: step.templateCode,
    draft: null,
    channel,
    customer: wanted.customer ?? (await somebody(world, campaign)),
    language: null,
    tierCode: null,
    purpose: step.purpose,
    variables: {
      ...Object.fromEntries(GIVEN.map((name) => [name, EXAMPLE[name]])),
      campaign: { code: campaign.code, name: campaign.name },
    },
  })
  if (!seen.ok)
    return refuse(
      seen.problem.code === 'UNKNOWN_CUSTOMER' ? { ...seen.problem, path: ['customer'] } : within({ ...seen.problem, path: [] }, 'code'),
    )
  const { content, fault } = seen.value
  const results: { to: string; fault: string | null }[] = []
  for (const address of to) {
    const about = { templateCode: step.templateCode, channel, purpose: step.purpose, to: address }
    results.push({ to: address, fault: content === null ? fault : await sendRehearsal(world, { ...about, content }) })
  }
  return transact(world, async (tx) => {
    await trace(tx, { action: 'testCampaign', target: targetOf(code), after: { step: step.number, channel, addresses: to.length } })
    return accept({ channel, content, results })
  })
}

async function firstCarried(world: World, { channels }: Step): Promise<MessageChannel> {
  const carried = new Set<string>((await listProviders(world)).flatMap(({ enabled, channel }) => (enabled ? [channel] : [])))
  return channels.find((channel) => carried.has(channel)) ?? (channels[0] as MessageChannel)
}

async function somebody(world: World, campaign: Campaign): Promise<CustomerRef | null> {
  const [one] = campaign.endedAt === null ? (await pageOfJoining(world, campaign, { first: 1, after: null })).nodes : []
  return one === undefined ? null : { by: 'id', value: one.id }
}
