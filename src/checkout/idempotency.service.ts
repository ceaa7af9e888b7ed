import type { Id } from '../kernel/id.ts'
import type { InputPath, Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { World } from '../shell/world.ts'
import type { Operation } from './idempotency.model.ts'
import { hashOf, idempotencyConflict, keyFault } from './idempotency.rules.ts'
import { findKey, holdKey, writeKey } from './idempotency.store.ts'

/** An act under a key: what is asked, told apart by its input. */
export type Keyed<Of extends Operation = Operation> = { readonly operation: Of; readonly key: string; readonly input: object }
/** What an act changes, and is remembered by. */
type Changed<Of extends Operation> = Id<Of extends 'claim' ? 'Coupon' : 'Reservation'>

/**
 * What an act under this key changed before; null when it is the first time. The key is held until the transaction ends, so
 * it is asked for before anything else is held.
 */
export async function earlierAct<Of extends Operation>(
  world: World,
  { operation, key, input }: Keyed<Of>,
): Promise<Result<Changed<Of> | null, Problem>> {
  // The key is a field of an input, but for claims, where it is an argument.
  const path: InputPath = operation === 'claim' ? ['idempotencyKey'] : ['input', 'idempotencyKey']
  const fault = keyFault(key)
  if (fault !== null) return refuse({ ...fault, path })
  await holdKey(world, operation, key)
  const kept = await findKey(world, operation, key)
  if (kept === null) return accept(null)
  if (kept.hash !== hashOf(input).toString('hex')) return refuse({ ...idempotencyConflict('idempotencyKey'), path })
  return accept(kept.id as Changed<Of>)
}

/** Remembers for 30 days that an act under this key changed something. */
export const rememberAct = <Of extends Operation>(world: World, { operation, key, input }: Keyed<Of>, id: Changed<Of>): Promise<void> =>
  writeKey(world, operation, key, { hash: hashOf(input).toString('hex'), id })
