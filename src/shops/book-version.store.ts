import { preparedRowOf } from '../shell/prepared.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

export async function findBookVersion({ em, shopId }: World): Promise<number | null> {
  const row = await rowOf<{ version: number }>(em, sql`select version from price_book where shop_id = ${shopId}`)
  return row?.version ?? null
}

/** The update holds the row until the transaction ends: changes of one shop's book follow one another. */
export async function bumpBookVersion({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ version: number }>(
    em,
    sql`update price_book set version = version + 1 where shop_id = ${shopId} returning version`,
  )
  if (row === null) throw new Error(`shop ${shopId} has no price book`)
  return row.version
}

/** Holds the book's version until the transaction ends: many may at once, and nobody publishes meanwhile. */
export async function shareBook({ em, shopId }: World): Promise<number> {
  const row = await preparedRowOf<{ version: number }>(em, sql`select version from price_book where shop_id = ${shopId} for share`)
  if (row === null) throw new Error(`shop ${shopId} has no price book`)
  return row.version
}

/** Holds the book as it is until the transaction ends, so that edits of one shop's rules follow one another. */
export async function lockBook({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select version from price_book where shop_id = ${shopId} for update`)
}
