import { type Instant, instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { readLarge } from '../shell/large.ts'
import type { World } from '../shell/world.ts'
import { type Diagnosis, diagnose } from './diagnosis.rules.ts'
import { readHealth } from './health.store.ts'

const YEAR_MS = 365 * 86_400_000

/** How the shop does at an instant, beside itself 365 days before. */
export async function diagnosis(world: World, at: Instant): Promise<Result<Diagnosis, Problem>> {
  if (at > world.now || at < YEAR_MS) return refuse(problem('BAD_USER_INPUT', 'at lies between 1971 and now.', ['at']))
  const [now, before] = await readLarge(world, (tx) => readHealth(tx, [at, instant(at - YEAR_MS)]))
  if (now === undefined || before === undefined) throw new Error('two instants were asked for')
  return accept(diagnose(now, before))
}
