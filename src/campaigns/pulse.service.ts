import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import type { World } from '../shell/world.ts'
import { giveDue } from './giving.service.ts'
import { letJoin } from './joining.service.ts'
import { findShopsWithTurns, listTurns } from './joining.store.ts'
import { finishCampaign, startCampaign } from './running.service.ts'
import { workDue } from './work.service.ts'

/**
 * Everything of the shop's campaigns that is due at the world's instant: those whose time is over end, those that are to begin begin,
 * whoever newly matches joins, and what is due is decided and queued. Whoever runs it twice, or beside another, does nothing twice. After
 * `batches` of exposures it answers that there is more.
 */
export async function runCampaigns(world: World, { batches = Number.POSITIVE_INFINITY } = {}): Promise<{ readonly more: boolean }> {
  await takeTurns(world)
  // Those that began just now.
  await takeTurns(world)
  await giveDue(world)
  for (let done = 0; done < batches; done++) if ((await workDue(world)) === 0) return { more: false }
  return { more: true }
}

/** A turn that somebody else took meanwhile is refused, and that is all right. */
async function takeTurns(world: World): Promise<void> {
  for (const { code, turn } of await listTurns(world)) await TURNS[turn](world, code)
}

const TURNS = { START: startCampaign, END: finishCampaign, JOIN: letJoin } as const

/** The shops in which something of campaigns is due. */
export const shopsWithTurns = (em: EntityManager, now: Instant): Promise<number[]> => findShopsWithTurns(em, now)
