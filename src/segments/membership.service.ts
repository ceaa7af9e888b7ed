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
import { conditionOf, whoIs } from './customer-query.service.ts'
import { countWho } from './customer-query.store.ts'
import { countEach, countEvents, findMemberships, listEvents } from './membership.store.ts'
import type { Segment, SegmentEvent } from './segment.model.ts'
import { unknownSegment } from './segment.service.ts'
import { allSegments, findSegments } from './segment.store.ts'
import { settleChanges, settleSegment } from './settling.service.ts'

// Counts and lists ask who is in a segment now; history is what was written down, when it was.

/** The customers of each segment now, in the order of the codes; one statement for all of them. */
export async function sizesOfSegments(world: World, codes: readonly string[]): Promise<number[]> {
  const queries = await queriesOf(world, codes)
  const conditions = []
  for (const query of queries) conditions.push(await conditionOf(world, query))
  return countEach(world, conditions)
}

/** Who is in a segment now, in the order of their ids. */
export async function pageOfMembers(world: World, code: string, request: PageRequest): Promise<Page<Customer>> {
  const [query] = await queriesOf(world, [code])
  return whoIs(world, query ?? null, request)
}

export async function numberOfMembers(world: World, code: string): Promise<number> {
  const [query] = await queriesOf(world, [code])
  return countWho(world, await conditionOf(world, query ?? null))
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

export type HistoryEntry = Omit<SegmentEvent, 'customerId'> & { readonly customer: Customer }

/** Who entered and who left, the newest first. */
export async function historyOf(world: World, segmentId: string, request: PageRequest): Promise<Page<HistoryEntry>> {
  const events = await listEvents(world, segmentId, request)
  const ids = [...new Set(events.map(({ customerId }) => customerId))]
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id, customer]))
  const entries = events.flatMap(({ customerId, ...event }) => {
    const customer = found.get(customerId)
    return customer === undefined ? [] : [{ ...event, customer }]
  })
  return page(entries, request, (event) => event.id)
}

export const numberOfEvents = (world: World, segmentId: string): Promise<number> => countEvents(world, segmentId)

export type Membership = { readonly code: string; readonly since: number }

/** The segments that each customer was in when it was last written down, in the order of the ids. */
export async function membershipsOf(world: World, customerIds: readonly string[]): Promise<Membership[][]> {
  const rows = await findMemberships(world, customerIds)
  return customerIds.map((id) => rows.filter((row) => row.customer_id === id).map(({ code, since }) => ({ code, since: toInstant(since) })))
}
