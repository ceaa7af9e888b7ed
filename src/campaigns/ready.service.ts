import { type Problem, problem } from '../kernel/problem.ts'
import { listProviders } from '../messages/provider.service.ts'
import { templatesByCode } from '../messages/template.service.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'
import { giveFault } from './giving.service.ts'
import { type Carried, stepFault } from './ready.rules.ts'

/**
 * Why a campaign cannot start: what would reach nobody at all is found out before, not from a million exposures that were left out. Null: it
 * can.
 */
export async function whyNotReady(world: World, campaign: Campaign): Promise<Problem | null> {
  const templates = await templatesByCode(
    world,
    campaign.steps.map(({ templateCode }) => templateCode),
  )
  const channels = new Set<string>((await listProviders(world)).flatMap(({ enabled, channel }) => (enabled ? [channel] : [])))
  const says = new Map([...templates].map(([code, { variants }]) => [code, new Set<string>(variants.map(({ channel }) => channel))]))
  const carried: Carried = { channels, says }
  for (const step of campaign.steps) {
    const fault = stepFault(step, carried)
    if (fault !== null) return problem('CONFLICT', fault, ['code'])
  }
  return giveFault(world, campaign)
}
