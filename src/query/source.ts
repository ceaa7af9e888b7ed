import { raw, type SqlFragment } from './fragment.ts'

/**
 * The tables that a query's SQL is written against, by these names: c customer, s its statistics, sc its scores, co its company, t and
 * ct the tier of each. Every table begins with shop_id; `attributes` is never null.
 */
export const customerSource: SqlFragment = raw(
  `customer c
  left join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id
  left join customer_score sc on sc.shop_id = c.shop_id and sc.customer_id = c.id
  left join company co on co.shop_id = c.shop_id and co.id = c.company_id
  left join tier t on t.shop_id = c.shop_id and t.id = c.tier_id
  left join tier ct on ct.shop_id = c.shop_id and ct.id = co.tier_id`,
)

/** The code of the better of two tiers: a person has their company's tier if it is the higher. */
export const effectiveTierCode: SqlFragment = raw('(case when ct.rank is null or t.rank >= ct.rank then t.code else ct.code end)')
