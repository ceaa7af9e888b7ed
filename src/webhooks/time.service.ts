import type { EntityManager } from '@mikro-orm/postgresql'
import { endHolds } from '../checkout/expiry.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { accept } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import { findShopsWhereTimePassed, holdTime, tellEndedPins, wantsExpiries } from './time.store.ts'

/** Writes down what ended with time alone, so that it is told of though nobody comes upon it. */
export async function noticeTime(world: World): Promise<void> {
  if (await wantsExpiries(world)) await endHolds(world, 'ALL')
  await transact(world, async (tx) => {
    await holdTime(tx)
    await tellEndedPins(tx)
    return accept(null)
  })
}

export const shopsWhereTimePassed = (em: EntityManager, now: Instant): Promise<number[]> => findShopsWhereTimePassed(em, now)
