import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { draftsOf, publish } from '../pricebook/rule.service.ts'
import type { World } from '../shell/world.ts'
import type { Warning } from './warning.model.ts'
import { warningsOf } from './warnings.service.ts'

/**
 * Publishes, and then looks at what went into force: once the act is done, so that nobody at checkout waits for the looking,
 * and with the terms that did go into force.
 */
export async function publishAndLook(
  world: World,
  codes: readonly string[],
): Promise<Result<{ bookVersion: number; warnings: readonly Warning[] }, Problem>> {
  const published = await publish(world, codes)
  if (!published.ok) return published
  return accept({ bookVersion: published.value.bookVersion, warnings: await warningsOf(world, published.value.rules) })
}

/** What publishing these drafts would warn of; nothing goes into force. */
export async function lookAtDrafts(world: World, codes: readonly string[]): Promise<Result<readonly Warning[], Problem>> {
  const drafts = await draftsOf(world, codes)
  return drafts.ok ? accept(await warningsOf(world, drafts.value)) : drafts
}
