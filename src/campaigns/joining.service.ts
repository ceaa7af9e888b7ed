import type { RawBuilder } from 'kysely'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import { sql } from '../shell/sql.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Campaign } from './campaign.model.ts'
import { findCampaign } from './campaign.service.ts'
import { insertExposures, justJoined, readUsual, type Usual } from './exposing.store.ts'
import { giveToJoined } from './giving.service.ts'
import { nextJoin } from './joining.rules.ts'
import { holdJoining, insertMembers, writeNextJoin } from './joining.store.ts'

/** A campaign's audience less its exclusions, as a condition on the rows of `customerSource`. */
export async function audienceOf(world: World, campaign: Campaign): Promise<RawBuilder<unknown>> {
  const audience = await conditionOf(world, await knownQuery(world, campaign.code, campaign.audience))
  return sql`((${audience}) and not ${await exclusionOf(world, campaign)})`
}

/** Whether any of a campaign's exclusions holds somebody, the same way. */
export async function exclusionOf(world: World, { code, exclusions }: Campaign): Promise<RawBuilder<unknown>> {
  const parts: RawBuilder<unknown>[] = [sql`false`]
  for (const text of exclusions) parts.push(sql`(${await conditionOf(world, await knownQuery(world, code, text))})`)
  return sql`(${sql.join(parts, sql` or `)})`
}

/** A query of a campaign, which was understood when it was saved. */
export async function knownQuery(world: World, code: string, text: string | null) {
  const query = await understand(world, text, [])
  if (!query.ok) throw new Error(`a query of campaign ${code} that was saved does not parse: ${text ?? ''}`)
  return query.value
}

/**
 * Lets in everybody whom the audience holds now and who never took part, with their first exposures: one transaction, and by one
 * statement each. Who does it a second time, or beside another, lets nobody in twice. Nothing is done when it is not the time.
 */
export function letJoin(world: World, code: string): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    const found = await findCampaign(tx, code)
    if (found === null) return accept(true)
    await holdJoining(tx, found.id)
    const campaign = await findCampaign(tx, code)
    if (campaign === null || campaign.status !== 'RUNNING' || campaign.nextJoinAt === null || campaign.nextJoinAt > tx.now)
      return accept(true)
    await insertMembers(tx, campaign, await audienceOf(tx, campaign))
    await giveToJoined(tx, campaign)
    const [first] = campaign.steps
    if (first !== undefined) await insertExposures(tx, campaign, first, justJoined(tx, campaign), await usualOf(tx, campaign))
    const next = nextJoin(campaign, tx.now, (await readShop(tx)).timeZone)
    // Whoever cancelled it meanwhile has not seen these: nobody joined.
    return (await writeNextJoin(tx, campaign.id, next)) ? accept(true) : refuse(problem('CONFLICT', 'The campaign is over.', ['code']))
  })
}

/** When the shop usually sells, where a campaign writes to each at their own hour; else null. */
export const usualOf = async (world: World, { start }: Campaign): Promise<Usual | null> =>
  start.kind === 'USUAL_HOUR' ? readUsual(world, (await readShop(world)).timeZone) : null
