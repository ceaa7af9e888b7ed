import { trace } from '../audit/audit.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isCampaignCode } from '../pricebook/audience.model.ts'
import type { HeldQuery } from '../segments/segment.model.ts'
import { understand } from '../segments/segment.service.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBookAsItIs } from '../shops/shop.service.ts'
import type { Campaign, CampaignStatus, CampaignTerms } from './campaign.model.ts'
import { readCampaign } from './campaign.rules.ts'
import { countCampaignRows, findCampaignQueries, findCampaignRow, holdCampaign, listCampaignRows, writeCampaign } from './campaign.store.ts'
import { savedGiveFault } from './giving.service.ts'
import { edit } from './state.rules.ts'
import type { WantedCampaign } from './wanted.model.ts'

/** Creates the campaign of this code as a draft, or replaces what may still be replaced of it. */
export function saveCampaign(world: World, wanted: WantedCampaign): Promise<Result<Campaign, Problem>> {
  return transact(world, async (tx) => {
    const terms = readCampaign(wanted)
    if (!terms.ok) return refuse(within(terms.problem, 'input'))
    // No segment that it names can go meanwhile.
    await holdBookAsItIs(tx)
    const fault = (await queriesFault(tx, terms.value)) ?? (await savedGiveFault(tx, terms.value))
    if (fault !== null) return refuse(fault)
    const before = await holdCampaign(tx, wanted.code)
    const decision = edit(before, terms.value, { id: newId() as Campaign['id'], now: tx.now })
    if (!decision.ok) return decision
    await writeCampaign(tx, decision.value)
    await trace(tx, { action: 'saveCampaign', target: targetOf(wanted.code), before, after: terms.value })
    return decision
  })
}

async function queriesFault(world: World, { audience, exclusions, steps }: CampaignTerms): Promise<Problem | null> {
  const asked = [
    { text: audience, path: ['input', 'audience'] },
    ...exclusions.map((text, i) => ({ text, path: ['input', 'exclusions', i] })),
    ...steps.map(({ condition }, i) => ({ text: condition, path: ['input', 'steps', i, 'condition'] })),
  ]
  for (const { text, path } of asked) {
    const query = await understand(world, text, path)
    if (!query.ok) return query.problem
  }
  return null
}

export const targetOf = (code: string): string => `campaign/${code}`

export async function findCampaign(world: World, code: string): Promise<Campaign | null> {
  return isCampaignCode(code) ? findCampaignRow(world, code) : null
}

/** In the order of their codes. */
export async function pageOfCampaigns(world: World, statuses: readonly CampaignStatus[], request: PageRequest): Promise<Page<Campaign>> {
  return page(await listCampaignRows(world, statuses, request), request, ({ code }) => code)
}

export const numberOfCampaigns = (world: World, statuses: readonly CampaignStatus[]): Promise<number> => countCampaignRows(world, statuses)

/** The queries of campaigns that are not over and that may name segments. */
export async function queriesOfCampaigns(world: World): Promise<readonly HeldQuery[]> {
  const found = await findCampaignQueries(world, 'in_segment')
  return found.map(({ code, query }) => ({ what: `campaign "${code}"`, query, place: 'AUDIENCE' }))
}

export const unknownCampaign = (code: string, ...path: (string | number)[]): Problem =>
  problem('NOT_FOUND', `There is no campaign "${code}".`, path)

/** A campaign held until the transaction ends, or that there is none. */
export async function heldCampaign(world: World, code: string): Promise<Result<Campaign, Problem>> {
  const campaign = isCampaignCode(code) ? await holdCampaign(world, code) : null
  return campaign === null ? refuse(unknownCampaign(code, 'code')) : accept(campaign)
}
