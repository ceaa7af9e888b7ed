import type { Fresh } from './fresh.ts'
import { type Memory, type Slot, slot } from './memory.ts'
import type { World } from './world.ts'

/** A kind of thing that changes and that several domains remember parts of, each under the thing's own key. */
export type Topic = Slot<Set<Pick<Fresh<unknown>, 'drop' | 'dropAll'>>>

export const topic = (): Topic => slot(() => new Set())

/** Keys of different shops must not meet. */
export const keyIn = (shopId: number, id: string): string => `${shopId}/${id}`

/** A memory that is dropped, thing by thing, as the topic's things change in this process. */
export function remember<Value>(memory: Memory, about: Topic, cache: Fresh<Value>): Fresh<Value> {
  memory.of(about).add(cache)
  return cache
}

/** Says, once this act is committed, that these things of the shop changed; 'ALL' when they are too many to name. */
export function changed(world: World, about: Topic, ids: readonly string[] | 'ALL'): void {
  world.afterCommit(() => {
    for (const cache of world.memory.of(about))
      if (ids === 'ALL') cache.dropAll()
      else cache.drop(ids.map((id) => keyIn(world.shopId, id)))
  })
}
