import { trace } from '../audit/audit.service.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'
import { heldCampaign, targetOf } from './campaign.service.ts'
import { writeCampaign } from './campaign.store.ts'
import { type Move, move } from './state.rules.ts'

export const startCampaign = (world: World, code: string): Promise<Result<Campaign, Problem>> => make(world, code, 'START')

/** One move of a campaign, with everything that follows from it. */
function make(world: World, code: string, act: Move): Promise<Result<Campaign, Problem>> {
  return transact(world, async (tx) => {
    const held = await heldCampaign(tx, code)
    if (!held.ok) return held
    const moved = move(held.value, act, tx.now)
    if (!moved.ok) return moved
    await writeCampaign(tx, moved.value)
    await trace(tx, {
      action: `${act.toLowerCase()}Campaign`,
      target: targetOf(code),
      before: { status: held.value.status },
      after: { status: moved.value.status },
    })
    return moved
  })
}
