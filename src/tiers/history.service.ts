import { onlyTold } from '../customers/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import type { PastStanding } from './history.model.ts'
import { pastStandingKey } from './history.model.ts'
import { countStandings, forgetReasons, listStandings, readStandingsAt, tellStandings } from './history.store.ts'
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

/** What customers or companies had of their own and why, the newest first, in the order of the ids. */
export async function standingsThrough(world: World, holderIds: readonly string[], request: PageRequest): Promise<Page<PastStanding>[]> {
  const found = await listStandings(world, holderIds, request)
  return holderIds.map((id) => page(found.get(id) ?? [], request, pastStandingKey))
}

export async function numbersOfStandings(world: World, holderIds: readonly string[]): Promise<number[]> {
  const counts = await countStandings(world, holderIds)
  return holderIds.map((id) => counts.get(id) ?? 0)
}

/**
 * The tiers that a customer was in are told when they ask. They stay under the customer's own id, merged or not: no name is in
 * them. Which conditions held for somebody tells what they were like, and is forgotten with it.
 */
export const STANDINGS: Belongings = { ...onlyTold('tierHistory', tellStandings), forget: forgetReasons }
