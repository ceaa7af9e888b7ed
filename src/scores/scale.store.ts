import { daysBetween } from '../orders/cost.sql.ts'
import { asTexts, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { type Bought, type ForecastModel, SAMPLE } from './forecast.model.ts'
import { daysOf } from './forecast.sql.ts'
import type { RfmMap } from './rfm-map.model.ts'
import { DEFAULT_RHYTHM, ENOUGH, type Figures, type Scale } from './score.model.ts'
import { type ScaleFigures, toScale } from './score.row.ts'

/** Evaluations of one shop's scores follow one another. */
const SCORES_LOCK = 7_281_453

export async function holdScores({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${SCORES_LOCK}::integer, ${shopId}::integer)`)
}

/** The last evaluation's; null: there was none. */
export async function readScale({ em, shopId }: World): Promise<Scale | null> {
  const row = await rowOf<ScaleFigures>(em, sql`select * from score_scale where shop_id = ${shopId}`)
  return row && toScale(row)
}

/** What goes into a scale besides what is measured: settings, and the model by which the year to come is foreseen. */
export type Settled = { readonly setting: Figures | null; readonly map: RfmMap; readonly forecast: ForecastModel | null }

/**
 * Measures the shop as it is: one pass over everybody's statistics, one over all intervals, one over those of categories, which
 * stand in the order of one sort from the lines on. The scale lies in `scale_stage`, a table of the transaction, until it is published: so nobody waits meanwhile.
 */
export async function measureScale({ em, shopId, now }: World, { setting, map, forecast }: Settled): Promise<void> {
  await rowsOf(em, sql`drop table if exists scale_stage`)
  await rowsOf(em, sql`create temp table scale_stage (like score_scale) on commit drop`)
  await rowsOf(
    em,
    sql`with s as materialized (
          select number_of_orders as orders, amount_spent as amount, (extract(epoch from last_order_at) * 1000)::bigint as last_at
          from customer_statistics where shop_id = ${shopId}
        ), ranked as materialized (
          select orders, amount, last_at,
                 row_number() over (order by last_at) as r, row_number() over (order by orders) as f, row_number() over (order by amount) as m,
                 rank() over (order by last_at) - 1 as r_worse, rank() over (order by orders) - 1 as f_worse, rank() over (order by amount) - 1 as m_worse
          from s
        ), n as (
          select count(*) as n, max(amount) as best, sum(amount) as revenue, coalesce(max(m_worse), 0) as worse,
                 array[coalesce(sum(1 + 5 * r_worse / nullif(c.n, 0)), 0), coalesce(sum(1 + 5 * f_worse / nullif(c.n, 0)), 0),
                       coalesce(sum(1 + 5 * m_worse / nullif(c.n, 0)), 0)]::bigint[] as sums
          from ranked, (select count(*) as n from s) c
        ), steps as (
          select array(select last_at from ranked, n, generate_series(1, 4) k where r = (k * n.n + 4) / 5 order by k) as recency,
                 array(select orders::bigint from ranked, n, generate_series(1, 4) k where f = (k * n.n + 4) / 5 order by k) as frequency,
                 array(select amount from ranked, n, generate_series(1, 4) k where m = (k * n.n + 4) / 5 order by k) as monetary,
                 array(select amount from ranked, n, generate_series(1, 99) p where m = (p * n.worse + 99) / 100 order by p) as spend
        ), by_amount as (
          select amount, sum(sum(amount)) over (order by amount desc) - sum(amount) as richer from s group by amount
        ), abc as (
          select min(amount) filter (where richer * 100 < 80 * n.revenue) as a_from, min(amount) filter (where richer * 100 < 95 * n.revenue) as b_from
          from by_amount, n
        ), bought as materialized (
          select id, customer_id, placed_at,
                 ${daysBetween(sql`lag(placed_at) over (partition by customer_id order by placed_at, id)`, sql`placed_at`)} as days
          from shop_order where shop_id = ${shopId} and counted and customer_id is not null
        ), rhythm as (
          select percentile_cont(array[0.5, 0.9]) within group (order by days) as days, count(days) as intervals from bought
        ), filed as (
          select distinct p.sku, split_part(path, '/', 1) as category
          from product p cross join lateral unnest(p.categories) as path where p.shop_id = ${shopId}
        ), numbered as materialized (
          select category, row_number() over ()::integer as n from filed group by category
        ), category as (
          select numbered.category, e.days
          from (
            select n, percentile_cont(array[0.5, 0.9]) within group (order by days) as days
            from (
              select n, ${daysBetween(sql`lag(placed_at) over (partition by n, customer_id order by placed_at, id)`, sql`placed_at`)} as days
              from (
                select distinct t.n, b.customer_id, b.placed_at, b.id
                from bought b
                join order_line l on l.shop_id = ${shopId} and l.order_id = b.id and l.quantity > l.returned_quantity
                join (select filed.sku, numbered.n from filed join numbered on numbered.category = filed.category) t on t.sku = l.sku
              ) of_category
            ) gap
            group by n having count(days) >= ${ENOUGH.others}
          ) e join numbered on numbered.n = e.n
        ), measured as (
          select case when ${setting !== null} then 'SETTING' when r.intervals >= ${ENOUGH.others} then 'SHOP' else 'DEFAULT' end as source, r.days
          from rhythm r
        )
        insert into scale_stage (shop_id, evaluated_at, customers, recency_bounds, frequency_bounds, monetary_bounds, score_sums, spend_bounds,
          best_amount, abc_a_from, abc_b_from, rhythm_source, rhythm_median_days, rhythm_p90_days, categories, map_version, map_kind, map_cells, forecast)
        select ${shopId}::integer, ${atInstant(now)}, n.n, steps.recency, steps.frequency, steps.monetary, n.sums, steps.spend,
          n.best, abc.a_from, abc.b_from, w.source,
          case w.source when 'SHOP' then w.days[1] when 'SETTING' then ${setting?.medianDays ?? null}::double precision
            else ${DEFAULT_RHYTHM.medianDays}::double precision end,
          case w.source when 'SHOP' then w.days[2] when 'SETTING' then ${setting?.p90Days ?? null}::double precision
            else ${DEFAULT_RHYTHM.p90Days}::double precision end,
          (select coalesce(jsonb_object_agg(category, jsonb_build_object('medianDays', days[1], 'p90Days', days[2])), '{}') from category),
          ${map.version}::integer, ${map.kind}, ${asTexts(map.cells)}, ${forecast && JSON.stringify(forecast)}::jsonb
        from n, steps, abc, measured w`,
  )
}

/**
 * Some of the shop's buyers, the same ones as long as nobody joins them: those whose ids come first by a hash.
 */
export async function sampleBuyers({ em, shopId, now }: World): Promise<Bought[]> {
  const rows = await rowsOf<{ orders: number; amount: string; last_day: number; age: number }>(
    em,
    sql`select w.number_of_orders as orders, w.amount_spent as amount, ${daysOf(now)} from customer_statistics w
        where w.shop_id = ${shopId} order by uuid_hash(w.customer_id), w.customer_id limit ${SAMPLE.most}`,
  )
  return rows.map(({ orders, amount, last_day, age }) => ({ orders, amount: Number(amount), lastDay: Number(last_day), age: Number(age) }))
}

/** Makes what was measured the shop's scale. Who scores customers waits from here until the transaction ends. */
export async function publishScale({ em, shopId }: World): Promise<void> {
  await rowsOf(
    em,
    sql`insert into score_scale select * from scale_stage where shop_id = ${shopId}
        on conflict (shop_id) do update set
          (evaluated_at, customers, recency_bounds, frequency_bounds, monetary_bounds, score_sums, spend_bounds, best_amount, abc_a_from, abc_b_from,
           rhythm_source, rhythm_median_days, rhythm_p90_days, categories, map_version, map_kind, map_cells, forecast)
          = (excluded.evaluated_at, excluded.customers, excluded.recency_bounds, excluded.frequency_bounds, excluded.monetary_bounds,
             excluded.score_sums, excluded.spend_bounds, excluded.best_amount, excluded.abc_a_from, excluded.abc_b_from, excluded.rhythm_source,
             excluded.rhythm_median_days, excluded.rhythm_p90_days, excluded.categories, excluded.map_version, excluded.map_kind, excluded.map_cells,
             excluded.forecast)`,
  )
}
