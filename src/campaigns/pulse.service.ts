import type { World } from '../shell/world.ts'
import { letJoin } from './joining.service.ts'
import { listTurns } from './joining.store.ts'
import { finishCampaign, startCampaign } from './running.service.ts'

/**
 * Everything of the shop's campaigns that is due at the world's instant: those whose time is over end, those that are to begin begin, and
 * whoever newly matches joins. Whoever runs it twice, or beside another, does nothing twice.
 */
export async function runCampaigns(world: World): Promise<void> {
  await takeTurns(world)
  // Those that began just now.
  await takeTurns(world)
}

/** A turn that somebody else took meanwhile is refused, and that is all right. */
async function takeTurns(world: World): Promise<void> {
  for (const { code, turn } of await listTurns(world)) await TURNS[turn](world, code)
}

const TURNS = { START: startCampaign, END: finishCampaign, JOIN: letJoin } as const
