import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { DIMENSIONS, dimensionOf } from './dimension.sql.ts'
import type { Asked } from './measured.model.ts'
import type { Scope } from './purchases.sql.ts'

export type Placed = { readonly scope: Scope; readonly timeZone: string }

/** What is asked for, its query and its split looked up; or what is wrong with it. */
export async function scopeOf(world: World, { query: text, from, to }: Asked, by: string | null): Promise<Result<Placed, Problem>> {
  if (from !== null && to !== null && from >= to) return refuse(problem('BAD_USER_INPUT', 'to must be after from.', ['to']))
  const query = readQuery(text, ['query'])
  if (!query.ok) return query
  const { timeZone } = await readShop(world)
  const dimension = by === null ? null : dimensionOf(by, { at: world.now, timeZone })
  if (by !== null && dimension === null)
    return refuse(problem('BAD_USER_INPUT', `by is one of ${DIMENSIONS.join(', ')}, or attributes.<name>.`, ['by']))
  const who = query.value === null ? null : await conditionOf(world, query.value)
  return accept({ scope: { who, from, to, by: dimension }, timeZone })
}
