import type { Instant } from '../kernel/clock.ts'
import { atInstant, rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** The shop's state at an instant, by the orders placed before it. Shares are 0 to 1; null where nobody is left to ask of. */
export type Health = {
  /** Customers with an order in the 365 days before. */
  readonly yearlyCustomers: number
  /** Of them: who had bought before their latest order of the year. */
  readonly returningShare: number | null
  /** Of the year's revenue: what the best fifth of its customers brought. */
  readonly top20Share: number | null
  /** Of those whose first order is 90 to 455 days back: who had come back within 90 days. */
  readonly secondOrderRate: number | null
  /** Of everybody who ever bought: who has not in the 365 days before. */
  readonly dormantShare: number | null
  /** The median number of root categories that a customer of the year bought from; of products whose category is known. */
  readonly categoryBreadth: number | null
  /** Of everybody who ever bought: who has agreed to be written to on some channel. */
  readonly reachableShare: number | null
}

const YEAR = sql`interval '365 days'`

/** Read from the orders themselves, for any instant alike. Returns that came later are taken off all the same. */
export async function readHealth({ em, shopId }: World, at: Instant): Promise<Health> {
  const now = atInstant(at)
  const row = await rowOf<Record<string, string | number | null>>(
    em,
    sql`with placed as (
          select o.id, o.customer_id, o.placed_at, o.total from shop_order o
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null and o.placed_at < ${now}),
        each as (
          select customer_id, min(placed_at) as first_at, count(*) as orders,
                 count(*) filter (where placed_at >= ${now} - ${YEAR}) as yearly,
                 sum(total) filter (where placed_at >= ${now} - ${YEAR}) as spent
          from placed group by 1),
        yearly as (select *, row_number() over (order by spent desc, customer_id) as place, count(*) over () as n from each where yearly > 0),
        fresh as (select * from each where first_at < ${now} - interval '90 days' and first_at >= ${now} - interval '455 days'),
        breadth as (
          select p.customer_id, count(distinct split_part(path, '/', 1)) as categories
          from placed p join order_line l on l.shop_id = ${shopId} and l.order_id = p.id and l.quantity > l.returned_quantity
          join product d on d.shop_id = l.shop_id and d.sku = l.sku cross join lateral unnest(d.categories) as path
          where p.placed_at >= ${now} - ${YEAR} group by 1)
        select (select count(*) from yearly) as yearly_customers,
               (select avg((orders > 1)::integer) from yearly) as returning_share,
               (select sum(spent) filter (where place <= ceil(n * 0.2)) / nullif(sum(spent), 0) from yearly) as top20_share,
               (select avg((exists (select 1 from placed p where p.customer_id = f.customer_id and p.placed_at <= f.first_at + interval '90 days'
                                    and p.placed_at > f.first_at))::integer) from fresh f) as second_order_rate,
               (select avg((yearly = 0)::integer) from each) as dormant_share,
               (select percentile_cont(0.5) within group (order by categories) from breadth) as category_breadth,
               (select avg((exists (
                  select 1 from (select distinct on (k.channel) k.granted from customer_consent k
                                 where k.shop_id = ${shopId} and k.customer_id = e.customer_id and k.at <= ${now}
                                 order by k.channel, k.at desc, k.id desc) latest where latest.granted))::integer) from each e) as reachable_share`,
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
