import { listProviders } from '../messages/provider.service.ts'
import type { World } from '../shell/world.ts'

/** What a message costs on each channel that somebody carries, in minor units. */
export const costsOf = async (world: World): Promise<ReadonlyMap<string, number>> =>
  new Map((await listProviders(world)).flatMap(({ enabled, channel, costMinor }) => (enabled ? [[channel, costMinor]] : [])))
