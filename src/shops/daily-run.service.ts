import { accept } from '../kernel/result.ts'
import type { Day } from '../kernel/zone.ts'
import { transact, type World } from '../shell/world.ts'
import { beginRun, boundStatements } from './daily-run.store.ts'

/** Does something once a day of the shop's, whoever else is about to; what it writes and that it was done are one transaction. */
export async function onceADay(world: World, job: string, day: Day, act: (world: World) => Promise<void>): Promise<boolean> {
  const done = await transact(world, async (tx) => {
    await boundStatements(tx)
    const isOurs = await beginRun(tx, job, day)
    if (isOurs) await act(tx)
    return accept(isOurs)
  })
  return done.ok && done.value
}
