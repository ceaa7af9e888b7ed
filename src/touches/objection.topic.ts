import { type Memory, slot } from '../shell/memory.ts'
import type { World } from '../shell/world.ts'
import type { ObjectionScope } from './objection.model.ts'
import type { Purpose } from './touch.model.ts'

/** Somebody said no; `purpose` null: to everything there. */
export type SaidNo = { readonly customerId: string; readonly scope: ObjectionScope; readonly purpose: Purpose | null }

/** What a later domain does at once when customers say no, in the same transaction: leaves campaigns, calls back what is queued. */
type AfterNo = (world: World, said: readonly SaidNo[]) => Promise<void>

const FOLLOWERS = slot<AfterNo[]>(() => [])

/** Said once for each memory, in the registry. */
export const afterObjections = (memory: Memory, follow: AfterNo): void => void memory.of(FOLLOWERS).push(follow)

export const followers = ({ memory }: World): readonly AfterNo[] => memory.of(FOLLOWERS)
