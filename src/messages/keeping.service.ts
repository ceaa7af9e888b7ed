import { DAY_MS, instant } from '../kernel/clock.ts'
import type { World } from '../shell/world.ts'
import { purgeContents } from './message.store.ts'

/** Days for which it is kept what a message said and to which address it went; that it went is kept on. */
const KEPT_DAYS = 90
const AT_ONCE = 10_000

/** Lets go of what messages said that are older, but for those that are still under way. */
export async function letGoOfContents(world: World): Promise<void> {
  while ((await purgeContents(world, instant(world.now - KEPT_DAYS * DAY_MS), AT_ONCE)) === AT_ONCE);
}
