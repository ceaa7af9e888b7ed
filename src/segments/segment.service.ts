import { trace } from '../audit/audit.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Id } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { QueryPlace } from '../query/place.ts'
import { NO_SEGMENTS, type Segments } from '../query/segment.ts'
import { knownSegments } from '../query/segments.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { newId } from '../shell/ids.ts'
import { wake } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { renewBook } from '../shops/shop.service.ts'
import { readQuery } from './customer-query.model.ts'
import { holdSettling } from './membership.store.ts'
import { followersOf, namedBy, whyNotThese } from './naming.rules.ts'
import { type HeldQuery, mayNameSegments, type QueryHolder, type Segment, type WantedSegment } from './segment.model.ts'
import { decideSegment, isSegmentCode, withSegment } from './segment.rules.ts'
import {
  allSegments,
  countSegments,
  findSegments,
  findSegmentsOfVersion,
  listSegments,
  markUnrefreshed,
  noteSegment,
  removeSegment,
  writeSegments,
} from './segment.store.ts'
import { inOrder, tierCircle } from './tag-rule.rules.ts'
import { allTagRules, markUnapplied, tierConditions } from './tag-rule.store.ts'

/** The shop's segments as they are in the database now, to be named in queries. */
export const shopSegments = async (world: World): Promise<Segments> => knownSegments(await allSegments(world))

/** The same as they were in a version of the shop's price book. */
export const segmentsOfVersion = async (world: World, bookVersion: number): Promise<Segments> =>
  knownSegments(await findSegmentsOfVersion(world, bookVersion))

/** A query as a caller wrote it, which may name the shop's segments, or all that is wrong with it. Blank is null: everyone. */
export async function understand(
  world: World,
  text: string | null | undefined,
  path: InputPath,
  place: QueryPlace = 'AUDIENCE',
): Promise<Result<CustomerQuery | null, Problem>> {
  const segments = text && mayNameSegments(text) ? await shopSegments(world) : NO_SEGMENTS
  return readQuery(text, path, place, segments)
}

/**
 * Creates the segment of this code, or replaces it whole. All who name it follow at once, prices too; so what `holders`
 * keep must still be queries afterwards. Who is in it is written down after.
 */
export function saveSegment(world: World, wanted: WantedSegment, holders: readonly QueryHolder[]): Promise<Result<Segment, Problem>> {
  return transact(world, async (tx) => {
    // Before the book: whoever follows takes long, and nobody at checkout may wait for that.
    await holdSettling(tx)
    const { version } = await renewBook(tx)
    const saved = await allSegments(tx)
    const decision = decideSegment(saved, wanted, { newId: newId() as Id<'Segment'>, now: tx.now })
    if (!decision.ok) return decision
    const segments = withSegment(saved, decision.value)
    const query = readQuery(wanted.query, ['input', 'query'], 'AUDIENCE', knownSegments(segments))
    if (!query.ok) return query
    const conflict = whyNotThese(segments, await heldBy(tx, holders))
    if (conflict !== null) return refuse(conflict)
    const order = inOrder(await allTagRules(tx), knownSegments(segments))
    if (!order.ok) return order
    const circle = tierCircle(await allTagRules(tx), await tierConditions(tx), knownSegments(segments))
    if (circle !== null) return refuse(circle)
    await writeSegments(tx, [decision.value])
    await noteSegment(tx, wanted.code, version, wanted.query)
    await letFollow(tx, wanted.code, segments)
    const before = saved.find(({ code }) => code === wanted.code)
    await trace(tx, { action: 'saveSegment', target: `segment/${wanted.code}`, before, after: decision.value })
    return decision
  })
}

/** Who is in the segment, in those that name it, and who has tags by it, is found out anew once this is committed. */
export async function letFollow(world: World, code: string, segments: readonly Segment[]): Promise<void> {
  const followers = followersOf(code, segments)
  await markUnrefreshed(world, followers)
  const rules = (await allTagRules(world)).filter(({ query }) => mayNameSegments(query))
  await markUnapplied(
    world,
    rules.map(({ key }) => key),
  )
  wake(world, CUSTOMERS)
}

/** Every query that may name a segment and is not a segment's own. */
export async function heldBy(world: World, holders: readonly QueryHolder[]): Promise<readonly HeldQuery[]> {
  const held = (await allTagRules(world)).map(({ tag, query }): HeldQuery => ({ what: `tag rule "${tag}"`, query, place: 'AUDIENCE' }))
  for (const holder of holders) held.push(...(await holder(world)))
  return held
}

/** Refused while anybody names it: a segment, a rule for a tag, and what the `holders` keep. */
export function deleteSegment(world: World, code: string, holders: readonly QueryHolder[]): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    await holdSettling(tx)
    const { version } = await renewBook(tx)
    const saved = await allSegments(tx)
    const segment = saved.find((one) => one.code === code)
    if (segment === undefined) return refuse(unknownSegment(code, 'code'))
    const naming = namedBy(code, saved, await heldBy(tx, holders))
    if (naming !== null) return refuse(problem('IN_USE', `The query of ${naming} names segment "${code}": change it first.`, ['code']))
    await removeSegment(tx, segment.id)
    await noteSegment(tx, code, version, null)
    await trace(tx, { action: 'deleteSegment', target: `segment/${code}`, before: segment })
    return accept(true)
  })
}

export async function findSegment(world: World, code: string): Promise<Segment | null> {
  return isSegmentCode(code) ? ((await findSegments(world, [code]))[0] ?? null) : null
}

/** In the order of their codes. */
export async function pageOfSegments(world: World, request: PageRequest): Promise<Page<Segment>> {
  return page(await listSegments(world, request), request, (segment) => segment.code)
}

export const numberOfSegments = (world: World): Promise<number> => countSegments(world)

export const unknownSegment = (code: string, ...path: (string | number)[]): Problem =>
  problem('NOT_FOUND', `There is no segment "${code}".`, path)
