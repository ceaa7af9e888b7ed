import type { Instant } from '../kernel/clock.ts'
import { atInstant, rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Health } from './health.model.ts'

const YEAR = sql`interval '365 days'`

/**
 * Read from the orders themselves, for any instant alike. Returns that came later are taken off all the same. Root categories
 * are gathered as bits, 63 to a word: to tell them apart by name would sort every line of the year.
 */
export async function readHealth({ em, shopId }: World, at: Instant): Promise<Health> {
  const now = atInstant(at)
  const row = await rowOf<Record<string, string | number | null>>(
    em,
    sql`with placed as (
          select o.customer_id, o.placed_at, o.total from shop_order o
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null and o.placed_at < ${now}
          order by o.customer_id, o.placed_at, o.id offset 0),
        each as (
          select customer_id, min(placed_at) as first_at, (array_agg(placed_at))[2] as second_at, count(*) as orders,
                 count(*) filter (where placed_at >= ${now} - ${YEAR}) as yearly,
                 sum(total) filter (where placed_at >= ${now} - ${YEAR}) as spent
          from placed group by 1),
        yearly as (select *, row_number() over (order by spent desc, customer_id) as place, count(*) over () as n from each where yearly > 0),
        fresh as (select * from each where first_at < ${now} - interval '90 days' and first_at >= ${now} - interval '455 days'),
        root as (
          select root, dense_rank() over (order by root) - 1 as n from (
            select distinct split_part(path, '/', 1) as root from product d cross join lateral unnest(d.categories) as path
            where d.shop_id = ${shopId}) paths),
        roots as (
          select d.sku, r.n / 63 as word, bit_or(1::bigint << (r.n % 63)::integer) as bits
          from product d cross join lateral unnest(d.categories) as path join root r on r.root = split_part(path, '/', 1)
          where d.shop_id = ${shopId} group by 1, 2),
        bought as (
          select o.customer_id, r.word, bit_or(r.bits) as bits
          from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
          join roots r on r.sku = l.sku
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null
            and o.placed_at >= ${now} - ${YEAR} and o.placed_at < ${now} group by 1, 2),
        breadth as (select customer_id, sum(bit_count(bits::bit(64))) as categories from bought group by 1)
        select (select count(*) from yearly) as yearly_customers,
               (select avg((orders > 1)::integer) from yearly) as returning_share,
               (select sum(spent) filter (where place <= ceil(n * 0.2)) / nullif(sum(spent), 0) from yearly) as top20_share,
               (select avg(coalesce(second_at <= first_at + interval '90 days', false)::integer) from fresh) as second_order_rate,
               (select avg((yearly = 0)::integer) from each) as dormant_share,
               (select percentile_cont(0.5) within group (order by categories) from breadth) as category_breadth,
               (select avg((k.customer_id is not null)::integer) from each e left join (
                  select distinct customer_id from (
                    select distinct on (customer_id, channel) customer_id, granted from customer_consent
                    where shop_id = ${shopId} and at <= ${now} and (purpose is null or purpose = 'MARKETING') order by customer_id, channel, at desc, id desc) latest where granted
                ) k on k.customer_id = e.customer_id) as reachable_share`,
  )
  const figure = (name: string) => (row?.[name] == null ? null : Number(row[name]))
  return {
    yearlyCustomers: figure('yearly_customers') ?? 0,
    returningShare: figure('returning_share'),
    top20Share: figure('top20_share'),
    secondOrderRate: figure('second_order_rate'),
    dormantShare: figure('dormant_share'),
    categoryBreadth: figure('category_breadth'),
    reachableShare: figure('reachable_share'),
  }
}
