import { trace } from '../audit/audit.service.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type HeldQuery, mayNameSegments } from '../segments/segment.model.ts'
import { understand } from '../segments/segment.service.ts'
import { whyNotOfTiers } from '../segments/tag-rule.service.ts'
import { Fresh } from '../shell/fresh.ts'
import { newId } from '../shell/ids.ts'
import { slot } from '../shell/memory.ts'
import { transact, type World } from '../shell/world.ts'
import type { TierThen } from '../shops/shop.model.ts'
import { noteInBook, renewBook } from '../shops/shop.service.ts'
import type { Tier, WantedTier } from './tier.model.ts'
import { decideTier, tierByCode } from './tier.rules.ts'
import { isHeld, listTiers, removeTier, writeTier } from './tier.store.ts'

const TIERS = slot(() => new Fresh<readonly Tier[]>(1_000))

/** The shop's programme, the lowest rank first; at most a second old. */
export async function readTiers(world: World): Promise<readonly Tier[]> {
  return (await world.memory.of(TIERS).get(String(world.shopId), () => listTiers(world))) ?? []
}

/** The programme as it is in the database now. */
export const currentTiers = (world: World): Promise<Tier[]> => listTiers(world)

/** Creates the tier of this code, or replaces it whole. */
export function saveTier(world: World, wanted: WantedTier): Promise<Result<Tier, Problem>> {
  return transact(world, async (tx) => {
    // First of all: no segment that it names can go meanwhile.
    const version = await renewBook(tx)
    for (const field of ['qualification', 'retention'] as const) {
      const query = await understand(tx, wanted[field], ['input', field], 'TIER')
      if (!query.ok) return query
    }
    const tiers = await listTiers(tx)
    const decision = decideTier(tiers, wanted, newId() as Id<'Tier'>)
    if (!decision.ok) return decision
    const circle = await whyNotOfTiers(
      tx,
      [...tiers.filter(({ code }) => code !== wanted.code), decision.value].flatMap((tier) =>
        [tier.qualification ?? [], tier.retention ?? []].flat(),
      ),
    )
    if (circle !== null) return refuse({ ...circle, path: ['input', 'qualification'] })
    await writeTier(tx, decision.value)
    await noteInBook(tx, version, { tiers: thenOf(await listTiers(tx)) })
    await trace(tx, { action: 'saveTier', target: `tier/${wanted.code}`, before: tierByCode(tiers, wanted.code), after: decision.value })
    tx.afterCommit(() => tx.memory.of(TIERS).dropAll())
    return decision
  })
}

/** Takes a tier out of the programme. Refused while anybody is in it, or a rule names it (`namedBy` says which). */
export function deleteTier(
  world: World,
  code: string,
  namedBy: (world: World, code: string) => Promise<string | null>,
): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    const version = await renewBook(tx)
    const tier = tierByCode(await listTiers(tx), code)
    if (tier === null) return refuse(unknownTier(code, 'code'))
    if (await isHeld(tx, tier)) return refuse(problem('IN_USE', `Customers or companies are in tier "${code}": move them first.`, ['code']))
    const rule = await namedBy(tx, code)
    if (rule !== null) return refuse(problem('IN_USE', `Rule "${rule}" names tier "${code}": change it first.`, ['code']))
    await removeTier(tx, tier)
    await noteInBook(tx, version, { tiers: thenOf(await listTiers(tx)) })
    await trace(tx, { action: 'deleteTier', target: `tier/${code}`, before: tier })
    tx.afterCommit(() => tx.memory.of(TIERS).dropAll())
    return accept(true)
  })
}

/** What tiers ask of customers and that may name segments. */
export async function queriesOfTiers(world: World): Promise<readonly HeldQuery[]> {
  return (await listTiers(world)).flatMap(({ code, qualification, retention }) =>
    [qualification, retention].flatMap((query): HeldQuery[] =>
      query !== null && mayNameSegments(query) ? [{ what: `tier "${code}"`, query, place: 'TIER' }] : [],
    ),
  )
}

/** What of the programme prices follow from. */
const thenOf = (tiers: readonly Tier[]): TierThen[] => tiers.map(({ id, code, name, rank }) => ({ id, code, name, rank }))

export const unknownTier = (code: string, ...path: (string | number)[]): Problem =>
  problem('UNKNOWN_TIER', `There is no tier "${code}".`, path)
