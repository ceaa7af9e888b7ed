import type { World } from '../shell/world.ts'
import { letJoin } from './joining.service.ts'
import { listTurns } from './joining.store.ts'
import { startCampaign } from './running.service.ts'

/**
 * Everything of the shop's campaigns that is due at the world's instant: those that are to begin begin, those who newly match join.
 * Whoever runs it twice, or beside another, does nothing twice.
 */
export async function runCampaigns(world: World): Promise<void> {
  for (const { code, turn } of await listTurns(world)) if (turn === 'START') await startCampaign(world, code)
  for (const { code, turn } of await listTurns(world)) if (turn === 'JOIN') await letJoin(world, code)
}
