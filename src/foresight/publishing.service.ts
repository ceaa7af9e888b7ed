import type { Instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import type { ScheduledPublication } from '../pricebook/publication.model.ts'
import { schedulePublication } from '../pricebook/publication.service.ts'
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

/** Sets drafts for an instant, and then looks at them as they would be at that instant. */
export async function scheduleAndLook(
  world: World,
  codes: readonly string[],
  at: Instant,
): Promise<Result<{ publication: ScheduledPublication; warnings: readonly Warning[] }, Problem>> {
  const scheduled = await schedulePublication(world, codes, at)
  if (!scheduled.ok) return scheduled
  const { publication, rules } = scheduled.value
  return accept({ publication, warnings: await warningsOf(world, rules, at) })
}

/** What publishing these drafts would warn of; nothing goes into force. */
export async function lookAtDrafts(world: World, codes: readonly string[]): Promise<Result<readonly Warning[], Problem>> {
  const drafts = await draftsOf(world, codes)
  return drafts.ok ? accept(await warningsOf(world, drafts.value)) : drafts
}
