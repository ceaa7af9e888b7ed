import type { Problem } from '../kernel/problem.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'

// What a campaign gives, as those who run it ask for it.

/** Gives those who joined at this instant, and are treated, what they get for joining; in the transaction that let them in. */
export async function giveToJoined(_world: World, _campaign: Campaign): Promise<void> {}

/** Why a campaign cannot give what it says; null: it can. */
export async function giveFault(_world: World, _campaign: Campaign): Promise<Problem | null> {
  return null
}
