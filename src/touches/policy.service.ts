import type { World } from '../shell/world.ts'
import { DEFAULT_POLICY, type TouchPolicy } from './policy.model.ts'
import { findPolicy } from './policy.store.ts'

/** The shop's policy as it is now: what it saved, else what every shop begins with. */
export const readPolicy = async (world: World): Promise<TouchPolicy> => (await findPolicy(world)) ?? DEFAULT_POLICY
