import { preparedRowsOf } from '../shell/prepared.ts'
import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { CustomerStatistics } from './statistics.model.ts'
import { type StatisticsFigures, toStatistics } from './statistics.row.ts'

/** Holds the customers until the transaction ends, always in the order of their ids; answers with those that are nobody's part. */
export async function holdCustomers({ em, shopId }: World, ids: readonly string[]): Promise<Set<string>> {
  const rows = await preparedRowsOf<{ id: string; merged: boolean }>(
    em,
    sql`select id, merged_into is not null as merged from customer
        where shop_id = ${shopId} and id = any(${asUuids(ids)}) order by id for no key update`,
  )
  return new Set(rows.filter((row) => !row.merged).map((row) => row.id))
}

/**
 * Writes the statistics of these customers anew from their orders that count, and takes away those of customers who have
 * none; null: of everybody in the shop. Who calls it holds the customers, or keeps everybody else from the shop's orders.
 */
export async function rewriteStatistics({ em, shopId }: World, customerIds: readonly string[] | null): Promise<void> {
  const among = (column: ReturnType<typeof sql>) => (customerIds === null ? sql`` : sql`and ${column} = any(${asUuids(customerIds)})`)
  await preparedRowsOf(
    em,
    // One more than the most that money can be breaks the table's check, where an overflow would only be an outage.
    sql`with fresh as (
          select o.customer_id, count(*)::integer as number_of_orders, least(sum(o.total), 9007199254740992)::bigint as amount_spent,
                 max(o.total) as largest_order_amount, min(o.placed_at) as first_order_at, max(o.placed_at) as last_order_at
          from shop_order o
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null ${among(sql`o.customer_id`)}
          group by o.customer_id
        ), gone as (
          delete from customer_statistics s
          where s.shop_id = ${shopId} ${among(sql`s.customer_id`)} and not exists (select 1 from fresh f where f.customer_id = s.customer_id)
        )
        insert into customer_statistics as s
          (shop_id, customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at)
        select ${shopId}::integer, f.customer_id, f.number_of_orders, f.amount_spent, f.largest_order_amount, f.first_order_at, f.last_order_at
        from fresh f
        on conflict (shop_id, customer_id) do update set
          number_of_orders = excluded.number_of_orders, amount_spent = excluded.amount_spent,
          largest_order_amount = excluded.largest_order_amount,
          first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at
        where (s.number_of_orders, s.amount_spent, s.largest_order_amount, s.first_order_at, s.last_order_at)
          is distinct from (excluded.number_of_orders, excluded.amount_spent, excluded.largest_order_amount,
                            excluded.first_order_at, excluded.last_order_at)`,
  )
}

/** By customer; who has no order that counts is left out. */
export async function readStatistics({ em, shopId }: World, customerIds: readonly string[]): Promise<Map<string, CustomerStatistics>> {
  const rows = await rowsOf<StatisticsFigures & { customer_id: string }>(
    em,
    sql`select customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at
        from customer_statistics where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`,
  )
  return new Map(rows.map((row) => [row.customer_id, toStatistics(row)]))
}

/** By company, all its people's together; a company without an order that counts is left out. */
export async function readCompanyStatistics(
  { em, shopId }: World,
  companyIds: readonly string[],
): Promise<Map<string, CustomerStatistics>> {
  const rows = await rowsOf<StatisticsFigures & { company_id: string }>(
    em,
    sql`select c.company_id, sum(s.number_of_orders) as number_of_orders, sum(s.amount_spent) as amount_spent,
               max(s.largest_order_amount) as largest_order_amount, min(s.first_order_at) as first_order_at, max(s.last_order_at) as last_order_at
        from customer c join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id
        where c.shop_id = ${shopId} and c.company_id = any(${asUuids(companyIds)})
        group by c.company_id`,
  )
  return new Map(rows.map((row) => [row.company_id, toStatistics(row)]))
}
