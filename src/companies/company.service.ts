import type { Id } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain } from '../kernel/text.ts'
import { transact, type World } from '../shell/world.ts'
import type { Company, WantedCompany } from './company.model.ts'
import { decideCompanies } from './company.rules.ts'
import { countCompanies, findCompanies, findCompanyByExternalId, findIds, listCompanies, writeCompanies } from './company.store.ts'

/**
 * Creates or updates companies by external id; what is left out stays as it is. The number of companies named is the
 * answer. `settle` lets later domains follow in the same transaction: what is known of the people of those that changed.
 */
export function upsertCompanies(
  world: World,
  wanted: readonly WantedCompany[],
  settle: (world: World, companyIds: readonly string[]) => Promise<void>,
): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const decision = decideCompanies(wanted)
    if (!decision.ok) return decision
    const changed = await writeCompanies(tx, decision.value)
    await settle(tx, changed)
    return accept(decision.value.length)
  })
}

/** In the order of the ids; what is not there is left out. */
export async function companiesByIds(world: World, ids: readonly string[]): Promise<Company[]> {
  const found = new Map((await findCompanies(world, ids)).map((company) => [company.id as string, company]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

export const companyByExternalId = async (world: World, externalId: string): Promise<Company | null> =>
  isPlain(externalId) ? findCompanyByExternalId(world, externalId) : null

export async function findCompanyId(world: World, externalId: string): Promise<Result<Id<'Company'>, Problem>> {
  const company = await companyByExternalId(world, externalId)
  return company === null ? refuse(unknownCompany(externalId, 'externalId')) : accept(company.id)
}

/** The ids of those that there are, by external id: one statement for however many. */
export const companyIdsByExternalId = (world: World, externalIds: readonly string[]): Promise<ReadonlyMap<string, Id<'Company'>>> =>
  findIds(world, externalIds.filter(isPlain))

/** In the order in which they were made. */
export async function pageOfCompanies(world: World, request: PageRequest): Promise<Page<Company>> {
  return page(await listCompanies(world, request), request, (company) => company.id)
}

export const numberOfCompanies = (world: World): Promise<number> => countCompanies(world)

export const unknownCompany = (externalId: string, ...path: (string | number)[]): Problem =>
  problem('UNKNOWN_COMPANY', `There is no company with the external id "${externalId}": send it with upsertCompanies first.`, path)
