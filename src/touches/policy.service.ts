import { trace } from '../audit/audit.service.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { HeldQuery } from '../segments/segment.model.ts'
import { understand } from '../segments/segment.service.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBookAsItIs } from '../shops/shop.service.ts'
import { DEFAULT_POLICY, type TouchPolicy } from './policy.model.ts'
import { readPolicyInput, type WantedPolicy } from './policy.rules.ts'
import { findPolicy, holdPolicy, writePolicy } from './policy.store.ts'

/** The shop's policy as it is now: what it saved, else what every shop begins with. */
export const readPolicy = async (world: World): Promise<TouchPolicy> => ({ ...DEFAULT_POLICY, ...(await findPolicy(world)) })

/** What is left out stays as it is. It holds from the next decision on; what was held is decided anew when its time comes. */
export function savePolicy(world: World, wanted: WantedPolicy): Promise<Result<TouchPolicy, Problem>> {
  return transact(world, async (tx) => {
    // No segment that a cap's audience names can go meanwhile.
    await holdBookAsItIs(tx)
    await holdPolicy(tx)
    const before = await readPolicy(tx)
    const policy = readPolicyInput(before, wanted)
    if (!policy.ok) return refuse(within(policy.problem, 'input'))
    for (const [i, { audience }] of policy.value.caps.entries()) {
      const query = await understand(tx, audience, ['input', 'caps', i, 'audience'])
      if (!query.ok) return query
    }
    await writePolicy(tx, policy.value)
    await trace(tx, { action: 'saveTouchPolicy', target: 'touchPolicy', before, after: policy.value })
    return accept(policy.value)
  })
}

/** The audiences of caps, which may name segments. */
export async function queriesOfTouchPolicy(world: World): Promise<readonly HeldQuery[]> {
  const { caps } = await readPolicy(world)
  return caps.flatMap(({ audience }, i) =>
    audience === null ? [] : [{ what: `cap ${i + 1} of the touch policy`, query: audience, place: 'AUDIENCE' as const }],
  )
}
