import { daysBetween } from '../orders/cost.sql.ts'
import { preparedRowOf } from '../shell/prepared.ts'
import { asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { daysOf, forecastSteps } from './forecast.sql.ts'
import { ENOUGH, type Score } from './score.model.ts'
import { type ScoreFigures, toScore } from './score.row.ts'

const NAMES = [
  'recency',
  'frequency',
  'monetary',
  'rfm_group',
  'lifecycle',
  'rhythm_source',
  'rhythm_median_days',
  'rhythm_p90_days',
  'expected_order_at',
  'abc_class',
  'spend_percentile',
  'predicted_spend_tier',
  'predicted_orders',
  'predicted_amount',
  'probability_alive',
  'main_category',
  'buyer_kind',
]
const FIGURES = sql.raw(NAMES.join(', '))
const figuresOf = (alias: 'x' | 'f' | 'excluded') => sql.raw(NAMES.map((name) => `${alias}.${name}`).join(', '))

type Sql = ReturnType<typeof sql>
const amongst = (customerIds: readonly string[] | null) => (column: Sql) =>
  customerIds === null ? sql`` : sql`and ${column} = any(${asUuids(customerIds)})`

/** How many lines of which categories each customer bought (`of_category`): of few, so only of the products that they bought. */
const fewCategories = (shopId: number, among: (column: Sql) => Sql): Sql => sql`bought as materialized (
          select o.customer_id, l.sku, count(*) as lines
          from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null ${among(sql`o.customer_id`)}
          group by o.customer_id, l.sku
        ), of_category as materialized (
          select b.customer_id, b.lines, array(select distinct split_part(path, '/', 1) from unnest(p.categories) as path) as categories
          from bought b join product p on p.shop_id = ${shopId} and p.sku = b.sku
          where cardinality(p.categories) > 0`

/** The same of everybody: each product is looked at once, and lines are gathered by what few sets of categories there are. */
const everyCategory = (shopId: number): Sql => sql`filed as materialized (
          select p.sku, array(select distinct split_part(path, '/', 1) as category from unnest(p.categories) as path order by 1) as categories
          from product p where p.shop_id = ${shopId} and cardinality(p.categories) > 0
        ), set as materialized (
          select categories, row_number() over () as n from filed group by 1
        ), of_set as (
          select o.customer_id, f.n, count(*) as lines
          from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
          join (select filed.sku, set.n from filed join set on set.categories = filed.categories) f on f.sku = l.sku
          where o.shop_id = ${shopId} and o.counted and o.customer_id is not null
          group by o.customer_id, f.n
        ), of_category as materialized (
          select b.customer_id, b.lines, set.categories from of_set b join set on set.n = b.n`

/**
 * All that score.rules.ts says of one customer, of these (null: everybody), by the scale `k`: steps of a statement that begins
 * with `with k as (…)` and ends in `fresh`. Each is materialized, for PostgreSQL would else work out each figure again
 * wherever it is named.
 */
function steps({ shopId, now }: World, customerIds: readonly string[] | null): Sql {
  const among = amongst(customerIds)
  return sql`who as materialized (
          select s.* from customer_statistics s where s.shop_id = ${shopId} ${among(sql`s.customer_id`)}
        ), ${customerIds === null ? everyCategory(shopId) : fewCategories(shopId, among)}
        ), interest as (
          select p.customer_id, (array_agg(p.category order by p.lines desc, p.category collate "C"))[1] as main_category,
                 case when max(p.lines) = max(a.lines) then 'SINGLE_CATEGORY' else 'CROSS_CATEGORY' end as buyer_kind
          from (select customer_id, category, sum(lines) as lines from of_category cross join unnest(categories) as category group by 1, 2) p
          join (select customer_id, sum(lines) as lines from of_category group by 1) a on a.customer_id = p.customer_id
          group by p.customer_id
        ), measured as materialized (
          select w.customer_id, w.number_of_orders, w.amount_spent, w.last_order_at, w.interval_median_days, w.interval_p90_days,
                 i.main_category, i.buyer_kind, ${daysOf(now)},
                 1 + width_bucket((extract(epoch from w.last_order_at) * 1000)::bigint - 1, k.recency_bounds) as recency,
                 1 + width_bucket(w.number_of_orders::bigint - 1, k.frequency_bounds) as frequency,
                 1 + width_bucket(w.amount_spent - 1, k.monetary_bounds) as monetary,
                 ${daysBetween(sql`w.last_order_at`, atInstant(now))} as days,
                 case when k.rhythm_source = 'SETTING' then k.rhythm_source
                      when w.number_of_orders > ${ENOUGH.own} then 'OWN'
                      when jsonb_exists(k.categories, i.main_category) then 'CATEGORY' else k.rhythm_source end as rhythm_source
          from who w cross join k left join interest i on i.customer_id = w.customer_id
        ), rhythm as materialized (
          select s.*,
                 greatest(1, case s.rhythm_source when 'OWN' then s.interval_median_days
                   when 'CATEGORY' then (k.categories #>> array[s.main_category, 'medianDays'])::double precision else k.rhythm_median_days end) as m,
                 case s.rhythm_source when 'OWN' then s.interval_p90_days
                   when 'CATEGORY' then (k.categories #>> array[s.main_category, 'p90Days'])::double precision else k.rhythm_p90_days end as p90
          from measured s cross join k
        ), alive as materialized (
          select t.*,
                 case when t.days > 4 * t.q then 'CHURNED' when t.days > 2 * t.q then 'DORMANT' when t.days > t.q then 'AT_RISK'
                      when t.number_of_orders >= 2 then 'ACTIVE' when t.days > t.m then 'AT_RISK' else 'NEW' end as lifecycle
          from (select *, greatest(p90, 1.5 * m) as q from rhythm) t
        ), ${forecastSteps}, fresh as (
          select a.customer_id, a.recency, a.frequency, a.monetary,
                 case k.map_kind when 'GRID' then k.map_cells[(5 - a.recency) * 5 + (a.frequency + a.monetary + 1) / 2]
                   else k.map_cells[1 + case when a.recency * k.customers > k.score_sums[1] then 0 else 4 end
                                      + case when a.frequency * k.customers > k.score_sums[2] then 0 else 2 end
                                      + case when a.monetary * k.customers > k.score_sums[3] then 0 else 1 end] end as rfm_group,
                 a.lifecycle, a.rhythm_source, a.m as rhythm_median_days, a.q as rhythm_p90_days,
                 a.last_order_at + floor(a.m * 86400000) * interval '1 millisecond' as expected_order_at,
                 case when a.amount_spent >= k.abc_a_from then 'A' when a.amount_spent >= k.abc_b_from then 'B' else 'C' end as abc_class,
                 case when a.amount_spent < k.best_amount then width_bucket(a.amount_spent - 1, k.spend_bounds) else 100 end as spend_percentile,
                 case when a.lifecycle in ('DORMANT', 'CHURNED') then 'LOW'
                   else (array['LOW', 'LOW', 'MEDIUM', 'HIGH'])[2 + case when a.monetary = 5 then 2 when a.monetary >= 3 then 1 else 0 end
                                                                 - case when a.lifecycle = 'AT_RISK' then 1 else 0 end] end as predicted_spend_tier,
                 g.orders as predicted_orders, g.amount as predicted_amount, g.alive as probability_alive, a.main_category, a.buyer_kind
          from alive a cross join k left join forecast g on g.customer_id = a.customer_id
        )`
}

/**
 * Scores these customers by the shop's scale, which it holds as it is, and takes the scores away from those without an order
 * that counts. Only rows that differ are written. Answers false, and does nothing, where there is no scale yet or nobody
 * was there when it was made.
 */
export async function writeScores(world: World, customerIds: readonly string[]): Promise<boolean> {
  const { em, shopId } = world
  const among = amongst(customerIds)
  const row = await preparedRowOf<{ n: string }>(
    em,
    sql`with k as (
          select * from score_scale where shop_id = ${shopId} and customers > 0 for share
        ), ${steps(world, customerIds)}, gone as (
          delete from customer_score x
          where x.shop_id = ${shopId} ${among(sql`x.customer_id`)} and not exists (select 1 from who w where w.customer_id = x.customer_id)
            and exists (select 1 from k)
        ), written as (
          insert into customer_score as x (shop_id, customer_id, ${FIGURES})
          select ${shopId}::integer, f.customer_id, ${figuresOf('f')} from fresh f
          on conflict (shop_id, customer_id) do update set (${FIGURES}) = (${figuresOf('excluded')})
          where (${figuresOf('x')}) is distinct from (${figuresOf('excluded')})
        )
        select count(*) as n from k`,
  )
  return Number(row?.n ?? 0) > 0
}

/**
 * Scores everybody by the scale that was measured and not yet published, into `score_stage`, a table of the transaction; with
 * the transactions that last wrote the rows it goes by, by which it is known who changed since. Nobody waits meanwhile.
 */
export async function stageScores(world: World): Promise<void> {
  const { em, shopId } = world
  await rowsOf(em, sql`drop table if exists score_stage`)
  await rowsOf(
    em,
    sql`create temp table score_stage on commit drop as
        with k as (select * from scale_stage where shop_id = ${shopId}), ${steps(world, null)}
        select f.*, s.xmin::text as statistics_written, x.xmin::text as score_written,
               (${figuresOf('f')}) is distinct from (${figuresOf('x')}) as differs
        from fresh f
        join customer_statistics s on s.shop_id = ${shopId} and s.customer_id = f.customer_id
        left join customer_score x on x.shop_id = ${shopId} and x.customer_id = f.customer_id`,
  )
  await rowsOf(em, sql`analyze score_stage`)
}

/**
 * Writes what was staged, once the scale is published: rows that differ. Answers with those whose statistics or scores somebody
 * wrote since they were staged: they are left as they are, to be scored once more.
 */
export async function writeStaged({ em, shopId }: World): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with since as materialized (
          select coalesce(s.customer_id, x.customer_id, f.customer_id) as id
          from (select customer_id, xmin::text as written from customer_statistics where shop_id = ${shopId}) s
          full join (select customer_id, xmin::text as written from customer_score where shop_id = ${shopId}) x on x.customer_id = s.customer_id
          full join score_stage f on f.customer_id = coalesce(s.customer_id, x.customer_id)
          where (s.written, x.written) is distinct from (f.statistics_written, f.score_written)
        ), written as (
          insert into customer_score (shop_id, customer_id, ${FIGURES})
          select ${shopId}::integer, f.customer_id, ${figuresOf('f')} from score_stage f
          where f.differs and not exists (select 1 from since where since.id = f.customer_id)
          on conflict (shop_id, customer_id) do update set (${FIGURES}) = (${figuresOf('excluded')})
        )
        select id from since`,
  )
  return rows.map(({ id }) => id)
}

/** By customer; who has none is left out. */
export async function readScores({ em, shopId }: World, customerIds: readonly string[]): Promise<Map<string, Score>> {
  const rows = await rowsOf<ScoreFigures>(
    em,
    sql`select customer_id, ${FIGURES} from customer_score where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`,
  )
  return new Map(rows.map((row) => [row.customer_id, toScore(row)]))
}

/** How these customers were last scored, as plain data. */
export async function tellScores({ em, shopId }: World, customerIds: readonly string[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select to_jsonb(x) - 'shop_id' as told from customer_score x
        where x.shop_id = ${shopId} and x.customer_id = any(${asUuids(customerIds)}) order by x.customer_id`,
  )
  return rows.map(({ told }) => told)
}
