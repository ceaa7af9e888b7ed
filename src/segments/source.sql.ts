import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { effectiveTierCode, effectiveTierSince } from '../query/source.ts'
import { atInstant, fromFragment, sql } from '../shell/sql.ts'

/**
 * The tables that a customer query's SQL is written against (src/query/source.ts says their names), with each customer's
 * and company's tier as it is in force at an instant: a pin comes before what evaluation gave, until it is over.
 */
export const customerSource = (at: Instant): RawBuilder<unknown> => sql`customer c
  left join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id
  left join customer_score sc on sc.shop_id = c.shop_id and sc.customer_id = c.id
  left join company co on co.shop_id = c.shop_id and co.id = c.company_id
  left join tier t on t.shop_id = c.shop_id and t.id = ${tierInForce('c', at)}
  left join tier ct on ct.shop_id = co.shop_id and ct.id = ${tierInForce('co', at)}`

/** The tier of a customer or company by its own row: the pin while it holds, else what evaluation gave. */
export const tierInForce = (alias: 'c' | 'co', at: Instant): RawBuilder<unknown> => {
  const row = sql.raw(alias)
  return sql`case when ${isPinned(alias, at)} then ${row}.pin_tier_id else ${row}.tier_id end`
}

export const isPinned = (alias: 'c' | 'co', at: Instant): RawBuilder<unknown> => {
  const row = sql.raw(alias)
  return sql`(${row}.pin_tier_id is not null and (${row}.pinned_until is null or ${row}.pinned_until > ${atInstant(at)}))`
}

/** The code of the better of a customer's own tier and their company's, on the rows of the source. */
export const tierCode: RawBuilder<unknown> = fromFragment(effectiveTierCode)

/** Since when they have it, on the rows of the source. */
export const tierSince: RawBuilder<unknown> = fromFragment(effectiveTierSince)
