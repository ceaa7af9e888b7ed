import { accept } from '../kernel/result.ts'
import { holdLinkUsesOf, restoreLinkUses } from '../links/usage.service.ts'
import { holdUsesOf, restore } from '../offers/usage.service.ts'
import { transact, type World } from '../shell/world.ts'
import { expire, findOver, type Over } from './reservation.store.ts'

const AT_ONCE = 500

/**
 * Writes holds that are over as expired and gives back what they hold: whoever comes upon one does so, in a transaction of
 * its own that stands whatever becomes of theirs. No background job is waited for; 'ALL' is for who has
 * to tell of them though nobody comes.
 */
export async function endHolds(world: World, which: Over): Promise<void> {
  for (;;) {
    const found = await transact(world, async (tx) => {
      const ids = await findOver(tx, which, AT_ONCE)
      const links = await holdLinkUsesOf(tx, ids)
      const uses = await holdUsesOf(tx, ids)
      const ended = await expire(tx, ids)
      await restore(
        tx,
        uses.filter((use) => ended.has(use.reservationId)),
      )
      await restoreLinkUses(
        tx,
        links.filter((use) => ended.has(use.reservationId)),
      )
      return accept(ids.length)
    })
    if (!found.ok || found.value < AT_ONCE) return
  }
}
