import { newId } from '../shell/ids.ts'
import type { World } from '../shell/world.ts'
import { insertSeen } from './ledger.store.ts'
import type { Purpose } from './touch.model.ts'

/** Something of a campaign that a customer came upon on the site; `key`: its own name for good. */
export type Seen = {
  readonly key: string
  readonly customerId: string
  readonly purpose: Purpose
  readonly campaignId: string
  readonly campaignCode: string
}

/** Writes down what was seen: nobody was asked whether it may be, as nobody was spoken to; caps count it where the policy says so. */
export async function noteSeen(world: World, seen: readonly Seen[]): Promise<void> {
  if (seen.length > 0)
    await insertSeen(
      world,
      seen.map((one) => ({ ...one, id: newId() })),
    )
}
