import type { Problem } from '../kernel/problem.ts'
import type { World } from '../shell/world.ts'
import type { Campaign, Step } from './campaign.model.ts'

// What a campaign gives, as those who run it ask for it.

/** Gives those who joined at this instant, and are treated, what they get for joining; in the transaction that let them in. */
export async function giveToJoined(_world: World, _campaign: Campaign): Promise<void> {}

/** Why a campaign cannot give what it says; null: it can. */
export async function giveFault(_world: World, _campaign: Campaign): Promise<Problem | null> {
  return null
}
/** What the message of each of these customers may say besides what is known of them: coupons, a link, offers. By customer. */
export async function variablesOf(
  _world: World,
  _campaign: Campaign,
  _step: Step,
  _customerIds: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  return new Map()
}
