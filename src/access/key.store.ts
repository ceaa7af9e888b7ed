import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Key } from './key.model.ts'
import { KeyRow, toKey } from './key.row.ts'

/** By its hash alone: the shop is what is found. The one read that crosses shops. */
export async function findKeyByHash(em: EntityManager, secretHash: Buffer): Promise<Key | null> {
  const row = await em.findOne(KeyRow, { secretHash })
  return row && toKey(row)
}

export async function findKey({ em, shopId }: World, id: string): Promise<Key | null> {
  // Whatever else somebody gives names no key; the database would not know what to make of it.
  if (!isUuid(id)) return null
  const row = await em.findOne(KeyRow, { shopId, id })
  return row && toKey(row)
}

export async function listKeys({ em, shopId }: World): Promise<Key[]> {
  const rows = await em.find(KeyRow, { shopId, revokedAt: null }, { orderBy: { id: 'asc' } })
  return rows.map(toKey)
}

export async function insertKey({ em }: World, key: Key, secretHash: Buffer): Promise<void> {
  await em.insert(KeyRow, {
    ...key,
    secretHash,
    createdAt: new Date(key.createdAt),
    expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt),
    revokedAt: null,
    lastUsedAt: null,
  })
}

export async function markRevoked({ em, shopId, now }: World, id: string): Promise<void> {
  await em.nativeUpdate(KeyRow, { shopId, id }, { revokedAt: new Date(now) })
}

export async function reopen({ em, shopId }: World, id: string): Promise<void> {
  await em.nativeUpdate(KeyRow, { shopId, id }, { revokedAt: null })
}

/** Written at most once a minute a key: a price read should not write a row each time. */
export async function markUsed({ em, shopId }: World, id: string, now: Instant): Promise<void> {
  await rowsOf(
    em,
    sql`update access_key set last_used_at = ${atInstant(now)}
        where shop_id = ${shopId} and id = ${id} and (last_used_at is null or last_used_at < ${atInstant(now)} - interval '1 minute')`,
  )
}
