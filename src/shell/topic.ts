import type { Fresh } from './fresh.ts'
import { type Memory, type Slot, slot } from './memory.ts'
import type { World } from './world.ts'

type Cache = Pick<Fresh<unknown>, 'drop' | 'dropAll'>
type Heard = (shopId: number) => void

/** A kind of thing that changes and that several domains remember parts of, each under the thing's own key. */
export type Topic = {
  readonly caches: Slot<Set<Cache>>
  readonly heard: Slot<Set<Heard>>
  readonly note: Note | null
}

/** Writes down what changed ('ALL': too much to name), in the transaction that changed it. */
type Note = (world: World, ids: readonly string[] | 'ALL') => Promise<void>

/** `note`: changes are written down with what they change, so that whoever follows them misses none, whatever ends when. */
export const topic = (note: Note | null = null): Topic => ({ caches: slot(() => new Set()), heard: slot(() => new Set()), note })

/** Keys of different shops must not meet. */
export const keyIn = (shopId: number, id: string): string => `${shopId}/${id}`

/** A memory that is dropped, thing by thing, as the topic's things change in this process. */
export function remember<Value>(memory: Memory, about: Topic, cache: Fresh<Value>): Fresh<Value> {
  memory.of(about.caches).add(cache)
  return cache
}

/** Is told of each shop whose things this process changed, once what it noted down can be read. */
export function listen(memory: Memory, about: Topic, heard: Heard): void {
  memory.of(about.heard).add(heard)
}

/** Says, once this act is committed, that these things of the shop changed; 'ALL' when they are too many to name. */
export function changed(world: World, about: Topic, ids: readonly string[] | 'ALL'): void {
  if (ids.length === 0) return
  const { note } = about
  if (note !== null) world.beforeCommit(() => note(world, ids))
  forget(world, about, ids)
  wake(world, about)
}

/** Once this act is committed, whoever listens looks after the shop. */
export function wake(world: World, about: Topic): void {
  world.afterCommit(() => {
    for (const heard of world.memory.of(about.heard)) heard(world.shopId)
  })
}

/** The same, told to this process's memories alone: for who follows the changes, and makes some in doing so. */
export function forget(world: World, about: Topic, ids: readonly string[] | 'ALL'): void {
  world.afterCommit(() => {
    for (const cache of world.memory.of(about.caches))
      if (ids === 'ALL') cache.dropAll()
      else cache.drop(ids.map((id) => keyIn(world.shopId, id)))
  })
}
