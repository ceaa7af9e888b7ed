import type { World } from '../shell/world.ts'
import type { Progress } from './progress.model.ts'
import { countExposures, countMembers } from './progress.store.ts'

/** How far each of these campaigns has come, in the order of the ids. */
export async function progressOf(world: World, campaignIds: readonly string[]): Promise<Progress[]> {
  const members = Map.groupBy(await countMembers(world, campaignIds), ({ campaignId }) => campaignId)
  const exposures = Map.groupBy(await countExposures(world, campaignIds), ({ campaignId }) => campaignId)
  return campaignIds.map((id) => {
    const mine = members.get(id) ?? []
    const sum = (of: typeof mine) => of.reduce((total, { count }) => total + count, 0)
    const left = Map.groupBy(
      mine.filter(({ reason }) => reason !== null),
      ({ reason }) => reason,
    )
    return {
      members: sum(mine),
      treated: sum(mine.filter(({ treated }) => treated)),
      control: sum(mine.filter(({ treated }) => !treated)),
      waiting: sum(mine.filter(({ treated, reason }) => treated && reason === null)),
      left: [...left].flatMap(([reason, of]) => (reason === null ? [] : [{ reason, count: sum(of) }])),
      exposures: exposures.get(id) ?? [],
    }
  })
}
