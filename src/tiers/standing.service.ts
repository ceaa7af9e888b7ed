import { trace } from '../audit/audit.service.ts'
import { findCompanyId } from '../companies/company.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { findCustomerId } from '../customers/customer.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { instant } from '../kernel/clock.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import { toInstant, toInstantOrNull } from '../shell/sql.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { EvaluatedTier, WantedPin } from './standing.model.ts'
import { graceEnd } from './standing.rules.ts'
import { countByTier, type PinRow, readEvaluated, type TierRow, tiersOfCompanies, tiersOfCustomers, writePin } from './standing.store.ts'
import type { Tier } from './tier.model.ts'
import { tierByCode } from './tier.rules.ts'
import { currentTiers, readTiers, unknownTier } from './tier.service.ts'

/** Gives a customer a tier by hand until an instant (or for good); evaluation leaves it alone until then. */
export function pinTier(world: World, ref: CustomerRef, wanted: WantedPin): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const found = await findCustomerId(tx, ref)
    if (!found.ok) return refuse(within(found.problem, 'customer'))
    const pin = await decidePin(tx, wanted)
    if (!pin.ok) return pin
    const before = await writePin(tx, 'customer', found.value, pin.value)
    await trace(tx, { action: 'pinTier', target: `customer/${found.value}`, before: seen(before), after: wanted })
    changed(tx, CUSTOMERS, [found.value])
    return found
  })
}

/** Takes the pin away: what evaluation gave is in force again. */
export function unpinTier(world: World, ref: CustomerRef): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const found = await findCustomerId(tx, ref)
    if (!found.ok) return refuse(within(found.problem, 'customer'))
    const before = await writePin(tx, 'customer', found.value, null)
    await trace(tx, { action: 'unpinTier', target: `customer/${found.value}`, before: seen(before) })
    changed(tx, CUSTOMERS, [found.value])
    return found
  })
}

/** Gives a company a tier by hand: each of its people has it where it is better than their own. */
export function pinCompanyTier(world: World, externalId: string, wanted: WantedPin): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const found = await findCompanyId(tx, externalId)
    if (!found.ok) return found
    const pin = await decidePin(tx, wanted)
    if (!pin.ok) return pin
    const before = await writePin(tx, 'company', found.value, pin.value)
    await trace(tx, { action: 'pinCompanyTier', target: `company/${externalId}`, before: seen(before), after: wanted })
    changed(tx, CUSTOMERS, 'ALL')
    return found
  })
}

export function unpinCompanyTier(world: World, externalId: string): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const found = await findCompanyId(tx, externalId)
    if (!found.ok) return found
    const before = await writePin(tx, 'company', found.value, null)
    await trace(tx, { action: 'unpinCompanyTier', target: `company/${externalId}`, before: seen(before) })
    changed(tx, CUSTOMERS, 'ALL')
    return found
  })
}

const MAX_REASON = 1_000

async function decidePin(
  world: World,
  wanted: WantedPin,
): Promise<Result<{ tierId: Tier['id']; until: ReturnType<typeof instant> | null; reason: string }, Problem>> {
  const tier = tierByCode(await currentTiers(world), wanted.tierCode)
  if (tier === null) return refuse(unknownTier(wanted.tierCode, 'tierCode'))
  if (!isProse(wanted.reason, MAX_REASON))
    return refuse(
      problem('BAD_USER_INPUT', `reason must have 1 to ${MAX_REASON} characters: whoever looks later wants to know why.`, ['reason']),
    )
  if (wanted.until !== null && wanted.until <= world.now)
    return refuse(problem('BAD_USER_INPUT', 'until must lie ahead; leave it out for good.', ['until']))
  return accept({ tierId: tier.id, until: wanted.until === null ? null : instant(wanted.until), reason: wanted.reason })
}

const seen = (row: PinRow | null) =>
  row?.pin_tier_id ? { tierId: row.pin_tier_id, until: row.pinned_until, reason: row.pin_reason } : null

/** The tier in force of each customer (the better of their own and their company's), in the order of the ids; null for none. */
export const tiersInForce = (world: World, customerIds: readonly string[]): Promise<(Tier | null)[]> =>
  inOrder(world, customerIds, tiersOfCustomers(world, customerIds))

export const companyTiersInForce = (world: World, companyIds: readonly string[]): Promise<(Tier | null)[]> =>
  inOrder(world, companyIds, tiersOfCompanies(world, companyIds))

/** What evaluation gave each of these customers or companies, in the order of the ids; null for nothing. */
export async function evaluatedTiers(world: World, of: 'customer' | 'company', ids: readonly string[]): Promise<(EvaluatedTier | null)[]> {
  const tiers = await readTiers(world)
  const rows = new Map((await readEvaluated(world, of, ids)).map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = rows.get(id)
    const tier = tiers.find((one) => one.id === row?.tierId)
    if (row === undefined || tier === undefined) return null
    const failingSince = toInstantOrNull(row.failingSince)
    return {
      tier,
      since: toInstant(row.since),
      failingSince,
      graceUntil: failingSince === null ? null : graceEnd(failingSince, tier.graceDays),
    }
  })
}

/** How many customers have each tier now, in the order of the tiers' ids. */
export async function sizesOfTiers(world: World, tierIds: readonly string[]): Promise<number[]> {
  const sizes = await countByTier(world)
  return tierIds.map((id) => sizes.get(id) ?? 0)
}

async function inOrder(world: World, ids: readonly string[], found: Promise<readonly TierRow[]>): Promise<(Tier | null)[]> {
  const tiers = await readTiers(world)
  const tierOf = new Map((await found).map((row) => [row.id, tiers.find((tier) => tier.id === row.tierId) ?? null]))
  return ids.map((id) => tierOf.get(id) ?? null)
}
