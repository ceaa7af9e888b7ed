import { type Memory, slot } from '../shell/memory.ts'
import type { World } from '../shell/world.ts'

/** What a later domain does once customers' orders were counted anew ('ALL': everybody's), in the same transaction. */
type AfterRecount = (world: World, customerIds: readonly string[] | 'ALL') => Promise<void>

const FOLLOWERS = slot<AfterRecount[]>(() => [])

/** Said once for each memory, in the registry: so nobody who writes orders can forget what follows from them. */
export const afterRecount = (memory: Memory, follow: AfterRecount): void => void memory.of(FOLLOWERS).push(follow)

export const followers = ({ memory }: World): readonly AfterRecount[] => memory.of(FOLLOWERS)
