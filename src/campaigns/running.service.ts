import { trace } from '../audit/audit.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Problem } from '../kernel/problem.ts'
import { type Result, refuse } from '../kernel/result.ts'
import { MESSAGES } from '../messages/message.topic.ts'
import { cancelMessages, resumeMessages } from '../messages/queue.service.ts'
import { changed, wake } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'
import { heldCampaign, targetOf } from './campaign.service.ts'
import { writeCampaign } from './campaign.store.ts'
import { endAll } from './leaving.store.ts'
import { whyNotReady } from './ready.service.ts'
import { type Move, move } from './state.rules.ts'

/** Starts by itself at its start.at. */
export const scheduleCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'SCHEDULE')

/** Whoever the audience holds joins at the next pulse. */
export const startCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'START')

/** From the answer on nothing more is sent: whoever is at work on it ends that first, and that is moments. */
export const pauseCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'PAUSE')
export const resumeCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'RESUME')

/** Ended by staff, for good: everybody leaves, and nothing more is due. */
export const cancelCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'CANCEL')

/** The same by time. */
export const finishCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'FINISH')

/** One move of a campaign, with everything that follows from it. */
function make(world: World, code: string, act: Move): Promise<Result<Campaign, Problem>> {
  return transact(world, async (tx) => {
    const held = await heldCampaign(tx, code)
    if (!held.ok) return held
    const moved = move(held.value, act, tx.now)
    if (!moved.ok) return moved
    // What was set to begin begins, whatever became of an offer or a provider since: nobody is there to be told.
    const asked = act === 'SCHEDULE' || (act === 'START' && held.value.status === 'DRAFT')
    const fault = asked ? await whyNotReady(tx, moved.value) : null
    if (fault !== null) return refuse(fault)
    await writeCampaign(tx, moved.value)
    if (moved.value.endedAt !== null) {
      await cancelMessages(tx, { campaignId: moved.value.id }, 'CAMPAIGN_OVER')
      await endAll(tx, moved.value.id)
      // Its offers are over for all of them.
      changed(tx, CUSTOMERS, 'ALL')
    }
    if (act === 'RESUME') await resumeMessages(tx, moved.value.id)
    wake(tx, MESSAGES)
    await trace(tx, {
      action: `${act.toLowerCase()}Campaign`,
      target: targetOf(code),
      before: { status: held.value.status },
      after: { status: moved.value.status },
    })
    return moved
  })
}
