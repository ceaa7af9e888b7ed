import { preparedRowsOf } from '../shell/prepared.ts'
import { giveRoom } from '../shell/room.ts'
import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { daysBetween, keptTotal } from './cost.sql.ts'
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

const NAMES = [
  'number_of_orders',
  'amount_spent',
  'largest_order_amount',
  'first_order_at',
  'last_order_at',
  'margin_earned',
  'margin_amount',
  'interval_median_days',
  'interval_p90_days',
]
type Sql = ReturnType<typeof sql>
const FIGURES = sql.raw(NAMES.join(', '))
const figuresOf = (alias: 's' | 'f' | 'excluded') => sql.raw(NAMES.map((name) => `${alias}.${name}`).join(', '))

/**
 * The statistics of these customers (null: of everybody in the shop) by their orders that count: steps of a statement that begins
 * with `with` and ends in `fresh`. One more than the most that money can be breaks the table's check, where an overflow would
 * only be an outage.
 */
function steps(shopId: number, among: (column: Sql) => Sql): Sql {
  const counted = sql`o.shop_id = ${shopId} and o.counted and o.customer_id is not null ${among(sql`o.customer_id`)}`
  return sql`own as (
          select o.customer_id, o.total, o.placed_at,
                 ${daysBetween(sql`lag(o.placed_at) over (partition by o.customer_id order by o.placed_at, o.id)`, sql`o.placed_at`)} as days
          from shop_order o where ${counted}
        ), margin as (
          select o.customer_id, sum(${keptTotal})::bigint as amount,
                 greatest(sum(${keptTotal} - l.cost_price::numeric * (l.quantity - l.returned_quantity)), -9007199254740991)::bigint as margin
          from shop_order o join order_line l on l.shop_id = ${shopId} and l.order_id = o.id
          where ${counted} and l.cost_price is not null and l.quantity > l.returned_quantity
          group by o.customer_id
        ), total as (
          select own.customer_id, count(*)::integer as number_of_orders, least(sum(own.total), 9007199254740992)::bigint as amount_spent,
                 max(own.total) as largest_order_amount, min(own.placed_at) as first_order_at, max(own.placed_at) as last_order_at,
                 percentile_cont(array[0.5, 0.9]) within group (order by own.days) as days
          from own group by own.customer_id
        ), fresh as (
          select t.customer_id, t.number_of_orders, t.amount_spent, t.largest_order_amount, t.first_order_at, t.last_order_at,
                 m.margin as margin_earned, least(coalesce(m.amount, 0), 9007199254740991) as margin_amount,
                 t.days[1] as interval_median_days, t.days[2] as interval_p90_days
          from total t left join margin m on m.customer_id = t.customer_id
        )`
}

/** Writes the rows of `fresh` that differ from what stands there. */
const write = (shopId: number, fresh: Sql): Sql => sql`
        insert into customer_statistics as s (shop_id, customer_id, ${FIGURES})
        select ${shopId}::integer, f.customer_id, ${figuresOf('f')} from ${fresh} f
        on conflict (shop_id, customer_id) do update set (${FIGURES}) = (${figuresOf('excluded')})
        where (${figuresOf('s')}) is distinct from (${figuresOf('excluded')})`

/**
 * Writes the statistics of these customers anew from their orders that count, and takes away those of customers who have
 * none. Who calls it holds the customers.
 */
export async function rewriteStatistics({ em, shopId }: World, customerIds: readonly string[]): Promise<void> {
  const among = (column: Sql) => sql`and ${column} = any(${asUuids(customerIds)})`
  await preparedRowsOf(
    em,
    sql`with ${steps(shopId, among)}, gone as (
          delete from customer_statistics s
          where s.shop_id = ${shopId} ${among(sql`s.customer_id`)} and not exists (select 1 from fresh f where f.customer_id = s.customer_id)
        )${write(shopId, sql`fresh`)}`,
  )
}

/**
 * The same of everybody in the shop; who calls it keeps everybody else from the shop's orders. They are counted into a table of
 * the transaction first: what also writes may not use several processors.
 */
export async function rewriteAllStatistics(world: World): Promise<void> {
  const { em, shopId } = world
  await giveRoom(world)
  await rowsOf(em, sql`drop table if exists statistics_stage`)
  await rowsOf(em, sql`create temp table statistics_stage on commit drop as with ${steps(shopId, () => sql``)} select * from fresh`)
  await rowsOf(em, sql`analyze statistics_stage`)
  await rowsOf(
    em,
    sql`delete from customer_statistics s
        where s.shop_id = ${shopId} and not exists (select 1 from statistics_stage f where f.customer_id = s.customer_id)`,
  )
  await rowsOf(em, write(shopId, sql`statistics_stage`))
}

/** By customer; who has no order that counts is left out. */
export async function readStatistics({ em, shopId }: World, customerIds: readonly string[]): Promise<Map<string, CustomerStatistics>> {
  const rows = await rowsOf<StatisticsFigures & { customer_id: string }>(
    em,
    sql`select customer_id, ${FIGURES} from customer_statistics where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`,
  )
  return new Map(rows.map((row) => [row.customer_id, toStatistics(row)]))
}

/** By company, all its people's together, as if one had bought it all; a company without an order that counts is left out. */
export async function readCompanyStatistics(
  { em, shopId }: World,
  companyIds: readonly string[],
): Promise<Map<string, CustomerStatistics>> {
  const rows = await rowsOf<StatisticsFigures & { company_id: string }>(
    em,
    sql`with total as (
          select c.company_id, sum(s.number_of_orders) as number_of_orders, sum(s.amount_spent) as amount_spent,
                 max(s.largest_order_amount) as largest_order_amount, min(s.first_order_at) as first_order_at, max(s.last_order_at) as last_order_at,
                 sum(s.margin_earned) as margin_earned, sum(s.margin_amount) as margin_amount
          from customer c join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id
          where c.shop_id = ${shopId} and c.company_id = any(${asUuids(companyIds)})
          group by c.company_id
        ), rhythm as (
          select company_id, percentile_cont(array[0.5, 0.9]) within group (order by days) as days
          from (
            select c.company_id,
                   ${daysBetween(sql`lag(o.placed_at) over (partition by c.company_id order by o.placed_at, o.id)`, sql`o.placed_at`)} as days
            from customer c join shop_order o on o.shop_id = c.shop_id and o.customer_id = c.id and o.counted
            where c.shop_id = ${shopId} and c.company_id = any(${asUuids(companyIds)})
          ) gap group by company_id
        )
        select t.*, r.days[1] as interval_median_days, r.days[2] as interval_p90_days
        from total t join rhythm r on r.company_id = t.company_id`,
  )
  return new Map(rows.map((row) => [row.company_id, toStatistics(row)]))
}
