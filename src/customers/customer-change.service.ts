import type { World } from '../shell/world.ts'
import { takeChanges } from './customer-change.store.ts'

/**
 * Which customers of the shop changed since this was last asked, for the one who follows them: taken in its transaction,
 * so that they are there again if it is undone. 'ALL' when they are too many to name.
 */
export const changedCustomers = (world: World): Promise<readonly string[] | 'ALL'> => takeChanges(world)
