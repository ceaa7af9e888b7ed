import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'

/** Who of these bought at the full price, lately, something that the campaign sells for less. */
export async function shieldedOf(_world: World, _campaign: Campaign, _customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set()
}
