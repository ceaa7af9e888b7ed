import type { PageRequest } from '../kernel/page.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { UsedTag } from './tag.model.ts'

/** In the order of their keys, read along the index: a page looks at no other tags' rows. */
export async function listTags({ em, shopId }: World, request: PageRequest): Promise<UsedTag[]> {
  const rows = await rowsOf<{ tag_key: string; name: string; n: string }>(
    em,
    sql`select tag_key, min(tag) as name, count(*) as n from customer_tag
        where shop_id = ${shopId} and (${request.after}::text is null or tag_key > ${request.after})
        group by tag_key order by tag_key limit ${request.first + 1}`,
  )
  return rows.map((row) => ({ key: row.tag_key, name: row.name, customerCount: Number(row.n) }))
}

export async function countTags({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(distinct tag_key) as n from customer_tag where shop_id = ${shopId}`)
  return Number(row?.n ?? 0)
}
