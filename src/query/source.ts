import { raw, type SqlFragment } from './fragment.ts'

/**
 * The tables that a query's SQL is written against, by these names: c customer, s its statistics, sc its scores, co its company, t and
 * ct the tier of each in force. Every table begins with shop_id; `attributes` is never null.
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

/** Since when somebody is held in a tier without a break, as its history tells. */
const heldSince = (holder: 'CUSTOMER' | 'COMPANY', id: string, tier: string): string => `(
  select min(h.since) from tier_history h where h.shop_id = c.shop_id and h.holder = '${holder}' and h.holder_id = ${id}
    and h.since > coalesce((select max(o.since) from tier_history o where o.shop_id = c.shop_id and o.holder = '${holder}'
      and o.holder_id = ${id} and coalesce(o.pin_tier_id, o.tier_id) is distinct from ${tier}), '-infinity'))`

/** Since when they have that tier: as evaluation gave it, as it was given by hand, or as their company has it. */
export const effectiveTierSince: SqlFragment = raw(
  `(case when t.id is null and ct.id is null then null
    when ct.rank is not null and (t.rank is null or t.rank < ct.rank) then ${heldSince('COMPANY', 'co.id', 'ct.id')}
    when t.id = c.tier_id then c.tier_since
    else ${heldSince('CUSTOMER', 'c.id', 't.id')} end)`,
)
