import { onlyTold } from '../customers/belongings.service.ts'
import type { Instant } from '../kernel/clock.ts'
import type { World } from '../shell/world.ts'
import { readStandingsAt, tellStandings } from './history.store.ts'
import type { Tier } from './tier.model.ts'

/**
 * The tier that each of these customers had at an instant, by the programme of then: the better of their own and their
 * company's. Which company that is, is as it is now.
 */
export async function tiersThen(
  world: World,
  customerIds: readonly string[],
  at: Instant,
  programme: readonly Tier[],
): Promise<ReadonlyMap<string, Tier | null>> {
  const tierOf = (id: string | null) => programme.find((tier) => tier.id === id) ?? null
  const standings = await readStandingsAt(world, customerIds, at)
  return new Map(standings.map(({ id, own, company }) => [id, better(tierOf(own), tierOf(company))]))
}

const better = (own: Tier | null, company: Tier | null): Tier | null =>
  own === null || (company !== null && company.rank > own.rank) ? company : own

/** The tiers that a customer was in are told when they ask. They stay under the customer's own id, merged or not: no name is in them. */
export const STANDINGS = onlyTold('tierHistory', tellStandings)
