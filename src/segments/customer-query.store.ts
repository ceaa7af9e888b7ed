import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { customerSource } from './source.sql.ts'

/** The ids of those for whom a condition holds, one more than asked for. Who was merged into another is counted there. */
export async function listWho({ em, shopId, now }: World, condition: RawBuilder<unknown>, request: PageRequest): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select c.id from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition}
          and (${request.after}::uuid is null or c.id > ${request.after}::uuid)
        order by c.id limit ${request.first + 1}`,
  )
  return rows.map((row) => row.id)
}

/** Whether a condition holds for one customer at an instant. */
export async function isWho({ em, shopId }: World, condition: RawBuilder<unknown>, customerId: string, at: Instant): Promise<boolean> {
  const row = await rowOf(
    em,
    sql`select 1 from ${customerSource(at)} where c.shop_id = ${shopId} and c.id = ${customerId}::uuid and c.merged_into is null and ${condition}`,
  )
  return row !== null
}

export async function countWho({ em, shopId, now }: World, condition: RawBuilder<unknown>): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null and ${condition}`,
  )
  return Number(row?.n ?? 0)
}
