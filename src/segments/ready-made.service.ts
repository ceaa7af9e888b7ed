import { trace } from '../audit/audit.service.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { renewBook } from '../shops/shop.service.ts'
import { holdSettling } from './membership.store.ts'
import { READY_MADE, type ReadyMade, type ReadyMadeLanguage } from './ready-made.model.ts'
import type { Segment } from './segment.model.ts'
import { decideSegment } from './segment.rules.ts'
import { letFollow } from './segment.service.ts'
import { allSegments, findSegments, noteSegment, writeSegments } from './segment.store.ts'

export type Adoptable = { readonly readyMade: ReadyMade; readonly segment: Segment | null }

/** Every ready-made segment, with the shop's own of its code. */
export async function adoptable(world: World): Promise<Adoptable[]> {
  const own = new Map(
    (
      await findSegments(
        world,
        READY_MADE.map(({ code }) => code),
      )
    ).map((segment) => [segment.code, segment]),
  )
  return READY_MADE.map((readyMade) => ({ readyMade, segment: own.get(readyMade.code) ?? null }))
}

/** Saves ready-made segments as the shop's own, all or none. What the shop has under a code already stays as it is. */
export function adoptReadyMade(
  world: World,
  codes: readonly string[],
  language: ReadyMadeLanguage,
): Promise<Result<readonly Segment[], Problem>> {
  return transact(world, async (tx) => {
    if (codes.length === 0) return refuse(problem('BAD_USER_INPUT', 'Name at least one code.', ['codes']))
    if (codes.length > READY_MADE.length)
      return refuse(problem('TOO_MANY_ITEMS', `There are ${READY_MADE.length} ready-made segments.`, ['codes']))
    await holdSettling(tx)
    const { version } = await renewBook(tx)
    const adopted: Segment[] = []
    for (const [i, code] of codes.entries()) {
      const readyMade = READY_MADE.find((one) => one.code === code)
      if (readyMade === undefined) return refuse(problem('NOT_FOUND', `There is no ready-made segment "${code}".`, ['codes', i]))
      const segment = await adopt(tx, readyMade, language, version)
      if (!segment.ok) return segment
      adopted.push(segment.value)
    }
    await trace(tx, { action: 'adoptReadyMade', after: { codes, language } })
    return accept(adopted)
  })
}

async function adopt(
  world: World,
  { code, name, query }: ReadyMade,
  language: ReadyMadeLanguage,
  bookVersion: number,
): Promise<Result<Segment, Problem>> {
  const saved = await allSegments(world)
  const own = saved.find((segment) => segment.code === code)
  if (own !== undefined) return accept(own)
  const segment = decideSegment(saved, { code, name: name[language], query }, { newId: newId() as Id<'Segment'>, now: world.now })
  if (!segment.ok) return segment
  await writeSegments(world, [segment.value])
  await noteSegment(world, code, bookVersion, query)
  await letFollow(world, code, [...saved, segment.value])
  return segment
}
