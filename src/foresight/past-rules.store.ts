import type { Instant } from '../kernel/clock.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import { atInstant, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { PastRule } from './history.model.ts'

/** Every version of a rule that was in force at some time from an instant until now. */
export async function rulesInForceSince({ em, shopId, now }: World, since: Instant): Promise<PastRule[]> {
  const rows = await rowsOf<{ terms: Terms; published_at: string; ended_at: string | null }>(
    em,
    sql`select v.terms, v.published_at, v.ended_at from rule_version v
        where v.shop_id = ${shopId} and v.state <> 'DRAFT' and v.published_at < ${atInstant(now)}
          and (v.ended_at is null or v.ended_at > ${atInstant(since)})
        order by v.published_at, v.rule_id`,
  )
  return rows.map((row) => ({ terms: row.terms, from: toInstant(row.published_at), until: toInstantOrNull(row.ended_at) }))
}
