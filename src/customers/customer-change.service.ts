import type { World } from '../shell/world.ts'
import { hasChanges, takeChanges } from './customer-change.store.ts'

/**
 * Which customers of the shop changed since this was last asked, for the one who follows them: taken in its transaction,
 * so that they are there again if it is undone. 'ALL' when they are too many to name.
 */
export async function changedCustomers(world: World): Promise<readonly string[] | 'ALL'> {
  const taken = await takeChanges(world)
  const ids = taken.filter((id) => id !== null)
  return ids.length < taken.length ? 'ALL' : [...new Set(ids)]
}

export const haveCustomersChanged = (world: World): Promise<boolean> => hasChanges(world)
