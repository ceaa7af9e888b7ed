import type { RawBuilder } from 'kysely'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Health } from './health.model.ts'

/** Bounds are worked out here: added to an instant in SQL, an interval would be added again for every row. */
const before = (at: Instant, days: number): RawBuilder<unknown> => atInstant(instant(at - days * DAY_MS))
/** Of so many customers who bought within the year at most the breadth is looked at; those whose ids come first by a hash. */
const SAMPLE = 20_000

/**
 * Read from the orders themselves, in one pass for all of these instants. Returns that came later are taken off all the same. Breadth
 * alone needs order lines: reading those of everybody would take as long as all the rest.
 */
export async function readHealth(world: World, instants: readonly Instant[]): Promise<Health[]> {
  const { em, shopId } = world
  const latest = atInstant(Math.max(...instants) as Instant)
  const yearly = (at: Instant) => sql`placed_at < ${atInstant(at)} and placed_at >= ${before(at, 365)}`
  const figures = instants.map(
    (at, i) => sql`count(*) filter (where placed_at < ${atInstant(at)}) as ${named('orders', i)},
                 count(*) filter (where ${yearly(at)}) as ${named('yearly', i)},
                 sum(total::float8) filter (where ${yearly(at)}) as ${named('spent', i)}`,
  )
  await rowsOf(em, sql`drop table if exists health_stage`)
  await rowsOf(
    em,
    sql`create temp table health_stage on commit drop as
        select customer_id, min(placed_at) as first_at, (array_agg(placed_at))[2] as second_at, ${sql.join(figures)}
        from (
          select o.customer_id, o.placed_at, o.total from shop_order o
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null and o.placed_at < ${latest}
          order by o.customer_id, o.placed_at, o.id offset 0) placed
        group by 1`,
  )
  await rowsOf(em, sql`analyze health_stage`)
  const found: Health[] = []
  for (const [i, at] of instants.entries()) found.push(await healthAt(world, at, i))
  return found
}

const named = (name: string, i: number): RawBuilder<unknown> => sql.ref(`${name}_${i}`)

/** Root categories are gathered as bits, 63 to a word: to tell them apart by name would sort every line. */
async function healthAt({ em, shopId }: World, at: Instant, i: number): Promise<Health> {
  const now = atInstant(at)
  const row = await rowOf<Record<string, string | number | null>>(
    em,
    sql`with each as (
          select customer_id, first_at, second_at, ${named('orders', i)} as orders, ${named('yearly', i)} as yearly, ${named('spent', i)} as spent
          from health_stage where ${named('orders', i)} > 0),
        yearly as (select * from each where yearly > 0),
        best as (select spent from yearly order by spent desc limit (select ceil(count(*) * 0.2)::bigint from yearly)),
        fresh as (select * from each where first_at < ${before(at, 90)} and first_at >= ${before(at, 455)}),
        root as (
          select root, dense_rank() over (order by root) - 1 as n from (
            select distinct split_part(path, '/', 1) as root from product d cross join lateral unnest(d.categories) as path
            where d.shop_id = ${shopId}) paths),
        roots as (
          select d.sku, r.n / 63 as word, bit_or(1::bigint << (r.n % 63)::integer) as bits
          from product d cross join lateral unnest(d.categories) as path join root r on r.root = split_part(path, '/', 1)
          where d.shop_id = ${shopId} group by 1, 2),
        looked_at as materialized (select customer_id from yearly order by uuid_hash(customer_id), customer_id limit ${SAMPLE}),
        bought as (
          select o.customer_id, r.word, bit_or(r.bits) as bits
          from looked_at a join shop_order o on o.shop_id = ${shopId} and o.customer_id = a.customer_id and o.counted
            and o.placed_at >= ${before(at, 365)} and o.placed_at < ${now}
          join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
          join roots r on r.sku = l.sku group by 1, 2),
        breadth as (select customer_id, sum(bit_count(bits::bit(64))) as categories from bought group by 1)
        select (select count(*) from yearly) as yearly_customers,
               (select avg((orders > 1)::integer) from yearly) as returning_share,
               (select sum(spent) from best) / nullif((select sum(spent) from yearly), 0) as top20_share,
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
