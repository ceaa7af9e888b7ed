import type { RawBuilder } from 'kysely'
import { trace } from '../audit/audit.service.ts'
import type { Customer } from '../customers/customer.model.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { knownSegments } from '../query/segments.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { toInstant } from '../shell/sql.ts'
import { transact, type World } from '../shell/world.ts'
import { conditionOf } from './customer-query.service.ts'
import { countEach, countEvents, findMemberships, listEach, listEvents } from './membership.store.ts'
import { packsOf } from './packs.rules.ts'
import type { HistoryEntry, Segment } from './segment.model.ts'
import { unknownSegment } from './segment.service.ts'
import { allSegments, findSegments } from './segment.store.ts'
import { settleChanges, settleSegment } from './settling.service.ts'

// Counts and lists ask who is in a segment now; history is what was written down, when it was.

/** The customers of each segment now, in the order of the codes; one statement for all of them. */
export async function sizesOfSegments(world: World, codes: readonly string[]): Promise<number[]> {
  const sizes: number[] = []
  for (const conditions of await packedConditions(world, codes)) sizes.push(...(await countEach(world, conditions)))
  return sizes
}

/** The same page of who is in each segment now, in the order of the codes; the customers in that of their ids. */
export async function pagesOfMembers(world: World, codes: readonly string[], request: PageRequest): Promise<Page<Customer>[]> {
  const lists: string[][] = []
  for (const conditions of await packedConditions(world, codes)) lists.push(...(await listEach(world, conditions, request)))
  const found = await byId(world, lists.flat())
  return lists.map((ids) =>
    page(
      ids.flatMap((id) => found.get(id) ?? []),
      request,
      (customer) => customer.id,
    ),
  )
}

const byId = async (world: World, ids: readonly string[]): Promise<ReadonlyMap<string, Customer>> =>
  new Map((await customersByIds(world, [...new Set(ids)])).map((customer) => [customer.id, customer]))

/** In the order of the codes, as many together as one statement can ask. */
async function packedConditions(world: World, codes: readonly string[]): Promise<RawBuilder<unknown>[][]> {
  const packs = packsOf(await queriesOf(world, codes))
  return Promise.all(packs.map((pack) => Promise.all(pack.map((query) => conditionOf(world, query)))))
}

async function queriesOf(world: World, codes: readonly string[]): Promise<CustomerQuery[]> {
  const known = knownSegments(await allSegments(world))
  return codes.map((code) => {
    const found = known.find(code)
    if (!found?.ok) throw new Error(`segment ${code} cannot be read`)
    return found.query
  })
}

/** Writes down who is in the segment now. */
export function refreshSegment(world: World, code: string): Promise<Result<Segment, Problem>> {
  return transact(world, async (tx) => {
    const [segment] = await findSegments(tx, [code])
    if (segment === undefined) return refuse(unknownSegment(code, 'code'))
    await settleChanges(tx)
    await settleSegment(tx, code)
    await trace(tx, { action: 'refreshSegment', target: `segment/${code}` })
    const [refreshed] = await findSegments(tx, [code])
    return accept(refreshed ?? segment)
  })
}

/** The same page of who entered each segment and who left, the newest first, in the order of the segments' ids. */
export async function pagesOfHistory(world: World, segmentIds: readonly string[], request: PageRequest): Promise<Page<HistoryEntry>[]> {
  const events = await listEvents(world, segmentIds, request)
  const found = await byId(
    world,
    events.map(({ customerId }) => customerId),
  )
  const entries = events.flatMap(({ customerId, ...event }) => {
    const customer = found.get(customerId)
    return customer === undefined ? [] : [{ ...event, customer }]
  })
  return segmentIds.map((id) =>
    page(
      entries.filter(({ segmentId }) => segmentId === id),
      request,
      (event) => event.id,
    ),
  )
}

/** How long each history is, in the order of the segments' ids. */
export async function lengthsOfHistory(world: World, segmentIds: readonly string[]): Promise<number[]> {
  const counts = await countEvents(world, segmentIds)
  return segmentIds.map((id) => counts.get(id) ?? 0)
}

export type Membership = { readonly code: string; readonly since: number }

/** The segments that each customer was in when it was last written down, in the order of the ids. */
export async function membershipsOf(world: World, customerIds: readonly string[]): Promise<Membership[][]> {
  const rows = await findMemberships(world, customerIds)
  return customerIds.map((id) => rows.filter((row) => row.customer_id === id).map(({ code, since }) => ({ code, since: toInstant(since) })))
}
