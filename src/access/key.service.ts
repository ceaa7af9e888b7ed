import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { trace } from '../audit/audit.service.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { Fresh } from '../shell/fresh.ts'
import { newId } from '../shell/ids.ts'
import { type Memory, slot } from '../shell/memory.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Key, KeyKind, StaffRole } from './key.model.ts'
import { decideKey, hashSecret, isOpen, isPlausible, prefixOf, writeSecret } from './key.rules.ts'
import { findKey, findKeyByHash, insertKey, listKeys, markRevoked, markUsed, reopen } from './key.store.ts'

const KEYS = slot(() => new Fresh<Key>(10_000))
const USES = slot(() => new Map<string, Instant>())
const USE_NOTED_EVERY_MS = 60_000

export type WantedKey = {
  readonly kind: KeyKind
  readonly name: string
  readonly role: StaffRole | null
  readonly expiresAt: Instant | null
}

/** The open key with this secret, or null. A revoked key may live on in another process for a second. */
export async function findOpenKey(memory: Memory, fork: () => EntityManager, secret: string, now: Instant): Promise<Key | null> {
  const secretHash = hashSecret(secret)
  const read = async () => (isPlausible(secret) ? findKeyByHash(fork(), secretHash) : null)
  const key = await memory.of(KEYS).get(secretHash.toString('base64'), read)
  return key && isOpen(key, now) ? key : null
}

/** Notes that a key was used, now and then. Never waited for, and no reason to refuse anybody. */
export function noteUse(world: World, key: Key): void {
  const uses = world.memory.of(USES)
  if (world.now - (uses.get(key.id) ?? 0) < USE_NOTED_EVERY_MS) return
  uses.set(key.id, world.now)
  markUsed(world, key.id, world.now).catch(() => uses.delete(key.id))
}

/** Makes a key. Its secret is in the answer and nowhere else. */
export function createKey(world: World, wanted: WantedKey, maker: StaffRole): Promise<Result<{ key: Key; secret: string }, Problem>> {
  return transact(world, async (tx) => {
    const decision = decideKey(wanted, maker, tx.now)
    if (!decision.ok) return decision
    const shop = await readShop(tx)
    const secret = writeSecret(wanted.kind, shop.code, randomBytes(32))
    const key = await keep(tx, wanted, secret)
    await trace(tx, {
      action: 'createKey',
      target: `key/${key.id}`,
      after: { kind: key.kind, name: key.name, role: key.role, expiresAt: key.expiresAt },
    })
    return accept({ key, secret })
  })
}

export function revokeKey(world: World, id: string): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    const key = await findKey(tx, id)
    if (key === null || key.revokedAt !== null) return refuse(problem('NOT_FOUND', 'There is no such key.', ['id']))
    await markRevoked(tx, key.id)
    await trace(tx, { action: 'revokeKey', target: `key/${key.id}`, before: { kind: key.kind, name: key.name, role: key.role } })
    tx.afterCommit(() => tx.memory.of(KEYS).dropAll())
    return accept(true)
  })
}

export const openKeys = (world: World): Promise<Key[]> => listKeys(world)

const BOOTSTRAP = 'bootstrap'

/**
 * Sees to it that the owner's key with this secret opens the shop, also one that was used before and replaced meanwhile,
 * and that no other bootstrap key still does.
 */
export function ensureBootstrapKey(world: World, secret: string): Promise<Result<null, Problem>> {
  return transact(world, async (tx) => {
    const existing = await findKeyByHash(tx.em, hashSecret(secret))
    for (const key of await listKeys(tx)) if (key.name === BOOTSTRAP && key.id !== existing?.id) await markRevoked(tx, key.id)
    if (existing === null) await keep(tx, { kind: 'ADMIN', name: BOOTSTRAP, role: 'OWNER', expiresAt: null }, secret)
    else if (existing.revokedAt !== null) await reopen(tx, existing.id)
    return accept(null)
  })
}

async function keep(world: World, wanted: WantedKey, secret: string): Promise<Key> {
  const key: Key = {
    ...wanted,
    shopId: world.shopId,
    id: newId() as Id<'Key'>,
    prefix: prefixOf(secret),
    createdAt: world.now,
    revokedAt: null,
    lastUsedAt: null,
  }
  await insertKey(world, key, hashSecret(secret))
  return key
}
