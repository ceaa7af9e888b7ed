import type { Id } from '../kernel/id.ts'
import type { Page, PageRequest } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { understand } from '../segments/segment.service.ts'
import { newId } from '../shell/ids.ts'
import type { World } from '../shell/world.ts'
import { flowsOf, movesOf } from './evaluation.service.ts'
import type { ProgrammeEvaluation, TierMove } from './standing.model.ts'
import { tally } from './standing.rules.ts'
import type { Tier, WantedTier } from './tier.model.ts'
import { decideTier } from './tier.rules.ts'
import { currentTiers } from './tier.service.ts'

/** How many have a tier of their own now, and would have it; `tier` null: none. */
export type SizeChange = { readonly tier: Tier | null; readonly before: number; readonly after: number }

export type Preview = {
  /** Those of the programme that was asked about, and those that the shop has besides. */
  readonly tiers: readonly Tier[]
  readonly evaluation: ProgrammeEvaluation
  readonly sizes: readonly SizeChange[]
  readonly moves: (request: PageRequest) => Promise<Page<TierMove>>
}

/** What an evaluation would do now, under the shop's programme or (wanted) another one. Nothing changes. */
export async function previewEvaluation(world: World, wanted: readonly WantedTier[] | null): Promise<Result<Preview, Problem>> {
  const current = await currentTiers(world)
  const programme: Result<readonly Tier[], Problem> = wanted === null ? accept(current) : await readProgramme(world, current, wanted)
  if (!programme.ok) return programme
  const asked = programme.value
  const tiers = [...asked, ...current.filter(({ id }) => !asked.some((tier) => tier.id === id))]
  const flows = await flowsOf(world, 'CUSTOMER', asked)
  const sizeOf = (tier: Tier | null): SizeChange => ({
    tier,
    before: sum(flows.filter(({ fromId }) => fromId === (tier?.id ?? null))),
    after: sum(flows.filter(({ toId }) => toId === (tier?.id ?? null))),
  })
  return accept({
    tiers,
    evaluation: { ...tally(tiers, flows), companies: tally(tiers, await flowsOf(world, 'COMPANY', asked)) },
    sizes: [null, ...tiers].map(sizeOf),
    moves: (request) => movesOf(world, asked, request),
  })
}

const sum = (flows: readonly { readonly n: number }[]): number => flows.reduce((all, { n }) => all + n, 0)

/** A programme that is not the shop's yet, the lowest rank first; a code of the shop's is that tier as it would be. */
async function readProgramme(
  world: World,
  current: readonly Tier[],
  wanted: readonly WantedTier[],
): Promise<Result<readonly Tier[], Problem>> {
  const tiers: Tier[] = []
  for (const [i, tier] of wanted.entries()) {
    const path = (problem: Problem): Problem => ({ ...problem, path: ['programme', i, ...(problem.path?.slice(1) ?? [])] })
    for (const field of ['qualification', 'retention'] as const) {
      const query = await understand(world, tier[field], ['programme', i, field], 'TIER')
      if (!query.ok) return query
    }
    if (tiers.some(({ code }) => code === tier.code))
      return refuse(problem('BAD_USER_INPUT', `Tier "${tier.code}" is there twice.`, ['programme', i, 'code']))
    const known = current.find(({ code }) => code === tier.code)
    const decision = decideTier(tiers, tier, known?.id ?? (newId() as Id<'Tier'>))
    if (!decision.ok) return refuse(path(decision.problem))
    tiers.push(decision.value)
  }
  return accept(tiers.toSorted((a, b) => a.rank - b.rank))
}
