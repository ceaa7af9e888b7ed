import type { Id } from '../kernel/id.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { World } from '../shell/world.ts'
import type { Operation } from './idempotency.model.ts'
import { hashOf, idempotencyConflict, keyFault } from './idempotency.rules.ts'
import { findKey, holdKey, writeKey } from './idempotency.store.ts'

/** An act under a key: what is asked, told apart by its input. */
export type Keyed = { readonly operation: Operation; readonly key: string; readonly input: object }

/**
 * The reservation that an act under this key changed before; null when it is the first time. The key is held until the
 * transaction ends, so it is asked for before anything else is held.
 */
export async function earlierAct(world: World, { operation, key, input }: Keyed): Promise<Result<Id<'Reservation'> | null, Problem>> {
  const fault = keyFault(key)
  if (fault !== null) return refuse(fault)
  await holdKey(world, operation, key)
  const kept = await findKey(world, operation, key)
  if (kept === null) return accept(null)
  if (kept.hash !== hashOf(input).toString('hex')) return refuse(idempotencyConflict('idempotencyKey', 'input', 'idempotencyKey'))
  return accept(kept.reservationId as Id<'Reservation'>)
}

/** Remembers for 30 days that an act under this key changed something. */
export const rememberAct = (world: World, { operation, key, input }: Keyed, reservationId: string): Promise<void> =>
  writeKey(world, operation, key, { hash: hashOf(input).toString('hex'), reservationId })
