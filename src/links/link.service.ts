import { trace } from '../audit/audit.service.ts'
import type { Customer, CustomerRef } from '../customers/customer.model.ts'
import { customersByIds, findCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import { isUuid } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { HeldQuery } from '../segments/segment.model.ts'
import { understand } from '../segments/segment.service.ts'
import { newId } from '../shell/ids.ts'
import { newSeed } from '../shell/random.ts'
import { transact, type World } from '../shell/world.ts'
import { currentShop, holdBookAsItIs } from '../shops/shop.service.ts'
import type { CustomerFigures, LinkFigures, LinkFilter, PrivateLink, WantedLink } from './link.model.ts'
import { countLinkRows, findLinkAudiences, findLinks, insertLinks, listLinkRows, markBatchRevoked, markRevoked } from './link.store.ts'
import { countPeopleOf, listFiguresByCustomer, readFigures } from './link-figures.store.ts'
import { findNamed } from './link-people.store.ts'
import { readLink } from './link-terms.model.ts'
import { hashToken, urlOf, writeToken } from './token.rules.ts'

const MOST_NAMED = 1_000

export type CreatedLink = { readonly link: PrivateLink; readonly token: string; readonly url: string }

/** Makes a link. Its token is in the answer and nowhere else. `refs` null: it names nobody. */
export function createPrivateLink(
  world: World,
  wanted: WantedLink,
  refs: readonly CustomerRef[] | null,
  random: () => Uint8Array = newSeed,
): Promise<Result<CreatedLink, Problem>> {
  return transact(world, async (tx) => {
    const terms = readLink(wanted)
    if (!terms.ok) return refuse(within(terms.problem, 'input'))
    // No segment that it names can go meanwhile.
    await holdBookAsItIs(tx)
    const audience = await understand(tx, terms.value.audience, ['input', 'audience'])
    if (!audience.ok) return audience
    const named = await namedBy(tx, refs)
    if (!named.ok) return refuse(within(named.problem, 'input', 'customers'))
    const shop = await currentShop(tx)
    const token = writeToken(shop.code, random())
    const id = newId()
    await insertLinks(tx, terms.value, [{ id, hash: hashToken(token), customerIds: named.value }], null)
    await trace(tx, { action: 'createPrivateLink', target: targetOf(id), after: { ...terms.value, customers: named.value } })
    return accept({ link: await getLink(tx, id), token, url: urlOf(shop.privateLinkUrl, token) })
  })
}

async function namedBy(world: World, refs: readonly CustomerRef[] | null): Promise<Result<readonly string[], Problem>> {
  if (refs === null) return accept([])
  if (refs.length === 0)
    return refuse(problem('BAD_USER_INPUT', 'Name somebody, or leave customers out: the link is then for whoever holds it.', []))
  if (refs.length > MOST_NAMED)
    return refuse(problem('TOO_MANY_ITEMS', `A link names at most ${MOST_NAMED.toLocaleString('en')} customers.`, []))
  const ids = await findCustomerIds(world, refs)
  for (const [i, ref] of refs.entries()) if (ids[i] === null) return refuse(within(unknownCustomer(ref), i))
  return accept([...new Set(ids.filter((id) => id !== null))])
}

/** Calls a link back: nobody opens or reserves with it any more. What is held stays good until it ends. */
export function revokePrivateLink(world: World, id: string): Promise<Result<PrivateLink, Problem>> {
  return transact(world, async (tx) => {
    const link = await findPrivateLink(tx, id)
    if (link === null) return refuse(problem('NOT_FOUND', 'There is no such link.', ['id']))
    if (await markRevoked(tx, link.id))
      await trace(tx, { action: 'revokePrivateLink', target: targetOf(link.id), before: { status: link.status } })
    return accept(await getLink(tx, link.id))
  })
}

/** Calls back every link of a batch that was not before; how many that were is the answer. */
export function revokePrivateLinks(world: World, batchId: string): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const { first, revoked } = isUuid(batchId) ? await markBatchRevoked(tx, batchId) : { first: null, revoked: 0 }
    if (first === null) return refuse(problem('NOT_FOUND', 'There is no such batch.', ['batchId']))
    if (revoked > 0) await trace(tx, { action: 'revokePrivateLinks', target: `privateLinkBatch/${batchId}`, after: { count: revoked } })
    return accept(revoked)
  })
}

/** The audiences of links that can still be used and that may name segments. */
export async function queriesOfLinks(world: World): Promise<readonly HeldQuery[]> {
  const found = await findLinkAudiences(world, 'in_segment')
  return found.map(({ name, audience }) => ({ what: `private link "${name}"`, query: audience, place: 'AUDIENCE' }))
}

export const targetOf = (id: string): string => `privateLink/${id}`

export async function findPrivateLink(world: World, id: string): Promise<PrivateLink | null> {
  return isUuid(id) ? ((await findLinks(world, [id]))[0] ?? null) : null
}

/** In any order; what is not there is left out. */
export const privateLinksByIds = (world: World, ids: readonly string[]): Promise<PrivateLink[]> => findLinks(world, ids)

async function getLink(world: World, id: string): Promise<PrivateLink> {
  const link = await findPrivateLink(world, id)
  if (link === null) throw new Error(`no link ${id}`)
  return link
}

/** The newest first. */
export async function listPrivateLinks(world: World, filter: LinkFilter, request: PageRequest): Promise<Page<PrivateLink>> {
  return page(await listLinkRows(world, known(filter), request), request, (link) => link.id)
}

export const countPrivateLinks = (world: World, filter: LinkFilter): Promise<number> => countLinkRows(world, known(filter))

/** What is no id can be no batch's: the nil one is nobody's either. */
const known = ({ status, batchId }: LinkFilter): LinkFilter => ({
  status,
  batchId: batchId === null || isUuid(batchId) ? batchId : '00000000-0000-0000-0000-000000000000',
})

/** Whom each link names, in the order of the ids. */
export async function namedCustomers(world: World, linkIds: readonly string[]): Promise<Customer[][]> {
  const named = await findNamed(world, linkIds)
  const found = new Map(
    (await customersByIds(world, [...new Set([...named.values()].flat())])).map((customer) => [customer.id as string, customer]),
  )
  return linkIds.map((id) => (named.get(id) ?? []).flatMap((customerId) => found.get(customerId) ?? []))
}

const NOTHING: LinkFigures = { reservations: 0, held: 0, orders: 0, revenue: 0 }

/** What came of each link, in the order of the ids. */
export async function figuresOfLinks(world: World, linkIds: readonly string[]): Promise<LinkFigures[]> {
  const found = await readFigures(world, linkIds)
  return linkIds.map((id) => found.get(id) ?? NOTHING)
}

/** The same page of each link's people with what came of it by them. */
export async function figuresByCustomer(world: World, linkIds: readonly string[], request: PageRequest): Promise<Page<CustomerFigures>[]> {
  const found = await listFiguresByCustomer(world, linkIds, request)
  return linkIds.map((id) => page(found.get(id) ?? [], request, (row) => row.customerId))
}

export async function countPeople(world: World, linkIds: readonly string[]): Promise<number[]> {
  const found = await countPeopleOf(world, linkIds)
  return linkIds.map((id) => found.get(id) ?? 0)
}
