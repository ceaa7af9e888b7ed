import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** How often these customers used each offer, and how many units of which skus at its price, as plain data. */
export async function tellLimits({ em, shopId }: World, customerIds: readonly string[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('customerId', u.customer_id, 'offerCode', r.code, 'uses', u.uses,
            'units', (select coalesce(jsonb_object_agg(n.sku, n.units), '{}') from customer_rule_units n
                      where n.shop_id = u.shop_id and n.customer_id = u.customer_id and n.rule_id = u.rule_id)) as told
        from customer_rule_usage u join rule r on r.shop_id = u.shop_id and r.id = u.rule_id
        where u.shop_id = ${shopId} and u.customer_id = any(${asUuids(customerIds)}) order by u.customer_id, r.code_key`,
  )
  return rows.map((row) => row.told)
}
