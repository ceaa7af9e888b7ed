import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { TokenKeyRow } from './key.row.ts'

export type TokenKey = { readonly id: string; readonly secret: Uint8Array }

export async function findTokenKey({ em, shopId }: World, id: string): Promise<TokenKey | null> {
  const row = await em.findOne(TokenKeyRow, { shopId, id })
  return row && { id: row.id, secret: new Uint8Array(row.secret) }
}

export async function newestTokenKey({ em, shopId }: World): Promise<TokenKey | null> {
  const row = await em.findOne(TokenKeyRow, { shopId }, { orderBy: { createdAt: 'desc', id: 'desc' } })
  return row && { id: row.id, secret: new Uint8Array(row.secret) }
}

/** Two processes may come here at once; the first one's key is then both's. */
export async function insertFirstTokenKey(world: World, id: string, secret: Buffer): Promise<TokenKey> {
  await rowsOf(
    world.em,
    sql`insert into token_key (shop_id, id, secret, created_at)
        select ${world.shopId}, ${id}, ${secret}, ${new Date(world.now).toISOString()}
        where not exists (select 1 from token_key where shop_id = ${world.shopId})`,
  )
  const key = await newestTokenKey(world)
  if (key === null) throw new Error('the token key that was just written is gone')
  return key
}
