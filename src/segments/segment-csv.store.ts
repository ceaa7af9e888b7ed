import type { RawBuilder } from 'kysely'
import { rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { CsvRow } from './segment-csv.model.ts'
import { customerSource } from './source.sql.ts'

/** What is exported of those for whom a condition holds, in the order of their ids. Amounts are in major units, instants in UTC. */
export async function exportWho(
  { em, shopId, now }: World,
  condition: RawBuilder<unknown>,
  most: number,
  currencyDigits: number,
): Promise<CsvRow[]> {
  return rowsOf<CsvRow>(
    em,
    sql`select c.id, c.external_id, c.name, c.email, c.phone, c.kind, co.name as company, c.language, c.country, c.region, c.city,
          array_to_string(array(
            select g.tag from customer_tag g where g.shop_id = c.shop_id and g.customer_id = c.id order by g.tag_key), '; ') as tags,
          coalesce(s.number_of_orders, 0) as number_of_orders,
          round(coalesce(s.amount_spent, 0) / power(10::numeric, ${currencyDigits}::integer), ${currencyDigits}::integer)::text as amount_spent,
          to_char(s.last_order_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_order_at
        from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition} order by c.id limit ${most}`,
  )
}
