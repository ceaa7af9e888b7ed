import type { RawBuilder } from 'kysely'
import { customerSource, tierCode } from '../segments/source.sql.ts'
import { asTexts, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** Typical customers are looked for among so many of those who bought last. */
const LAST_BUYERS = 20_000

/** For each tier, and for those in none (null), the returning customer whose amount spent is the median of those who bought last. */
export async function typicalCustomers({ em, shopId, now }: World): Promise<{ id: string; tierCode: string | null }[]> {
  return rowsOf(
    em,
    sql`select id, tier_code as "tierCode" from (
          select c.id, ${tierCode} as tier_code,
                 row_number() over (partition by ${tierCode} order by s.amount_spent, c.id) as place, count(*) over (partition by ${tierCode}) as people
          from ${customerSource(now)}
          where c.shop_id = ${shopId} and c.merged_into is null and s.number_of_orders >= 1
            and c.id in (select b.customer_id from customer_statistics b where b.shop_id = ${shopId}
                         order by b.last_order_at desc limit ${LAST_BUYERS})
        ) standing where place = (people + 1) / 2`,
  )
}

/** Of these tiers those that hold somebody: a customer, or a company with people. */
export async function tiersWithPeople({ em, shopId, now }: World, codes: readonly string[]): Promise<Set<string>> {
  const held = (row: RawBuilder<unknown>) =>
    sql`(${row}.tier_id = t.id or (${row}.pin_tier_id = t.id and (${row}.pinned_until is null or ${row}.pinned_until > ${atInstant(now)})))`
  const rows = await rowsOf<{ code: string }>(
    em,
    sql`select t.code from tier t where t.shop_id = ${shopId} and t.code = any(${asTexts(codes)})
          and (exists (select 1 from customer c where c.shop_id = t.shop_id and c.merged_into is null and ${held(sql`c`)})
            or exists (select 1 from company co where co.shop_id = t.shop_id and ${held(sql`co`)}
                       and exists (select 1 from customer c where c.shop_id = t.shop_id and c.company_id = co.id and c.merged_into is null)))`,
  )
  return new Set(rows.map((row) => row.code))
}

/** Somebody is looked for among so many of the customers who came last: a condition that holds for nobody is asked of each of them. */
const LAST_CUSTOMERS = 50_000

/**
 * Whether a condition on customers holds for anybody now, as far as that was found out: null when it holds for none of those
 * who came last, and there are others. `withoutOrder`: for anybody who has not bought yet.
 */
export async function holdsAnybody(
  { em, shopId, now }: World,
  condition: RawBuilder<unknown>,
  withoutOrder: boolean,
): Promise<boolean | null> {
  const row = await rowOf<{ held: boolean; others: boolean }>(
    em,
    sql`with edge as materialized (
          select e.id from customer e where e.shop_id = ${shopId} order by e.id desc offset ${LAST_CUSTOMERS} limit 1)
        select exists (select 1 from ${customerSource(now)}
                 where c.shop_id = ${shopId} and c.merged_into is null
                   and c.id > coalesce((select edge.id from edge), '00000000-0000-0000-0000-000000000000')
                   and ${condition} ${withoutOrder ? sql`and s.number_of_orders is null` : sql``}) as held,
               exists (select 1 from edge) as others`,
  )
  if (row === null || row.held) return row?.held ?? null
  return row.others ? null : false
}
