import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { daysBetween } from '../orders/cost.sql.ts'
import { atInstant, sql } from '../shell/sql.ts'
import { HORIZON_DAYS } from './forecast.model.ts'
import { HIGHEST, LOWEST } from './forecast.rules.ts'

/** Whole days of the statistics `w`: from the first order to the last (`last_day`), and to now (`age`). */
export const daysOf = (now: Instant): RawBuilder<unknown> => {
  const last = sql`floor(${daysBetween(sql`w.first_order_at`, sql`w.last_order_at`)})`
  return sql`${last} as last_day, greatest(floor(${daysBetween(sql`w.first_order_at`, atInstant(now))}), ${last}) as age`
}

/**
 * What `forecast.rules.ts` says of one: steps of a statement whose step `measured` has number_of_orders and these days, and whose scale is
 * `k`. `model` has a row if one was fitted. `expected`, how often somebody orders who has not left, hangs on orders and age alone, so it is
 * worked out once for all who have the same. Each step is materialized: of a shop that the planner takes to be nearly empty it would work
 * all of it out again for each customer.
 */
export const forecastSteps: RawBuilder<unknown> = sql`model as materialized (
          select r, alpha, a, b, p, q, gamma, least(0.5, 0.6 / sqrt(a)) as step from k cross join lateral
            jsonb_to_record(k.forecast) as f (r float8, alpha float8, a float8, b float8, p float8, q float8, gamma float8)
          where k.forecast is not null
        ), expected as materialized (
          select d.number_of_orders, d.age, e.orders
          from (
            select number_of_orders, age, m.a, m.step, m.r + number_of_orders - 1 as often, m.b + number_of_orders as stay,
                   ${HORIZON_DAYS}::float8 / (m.alpha + age) as relative
            from (select distinct number_of_orders, age from measured) s cross join model m
          ) d
          cross join lateral (select d.a * ln(d.a / (d.a + d.stay)) + d.stay * ln(d.stay / (d.a + d.stay)) as top) t
          cross join lateral (
            select sum(weight * (1 - exp(-least(d.often * ln(1 + chance * d.relative), 700))) / chance) / sum(weight) as orders
            from (
              select 1 / (1 + exp(-y)) as chance,
                     exp(greatest(-d.a * ln(1 + exp(-y)) - d.stay * ln(1 + exp(y)) - t.top, -700))
                       / case when i = ceil(${LOWEST}::float8 / d.step) then 1 - exp(-d.a * d.step) else 1 end as weight
              from generate_series(ceil(${LOWEST}::float8 / d.step)::integer, floor(${HIGHEST}::float8 / d.step)::integer) as i
              cross join lateral (select i * d.step as y offset 0) at
            ) steps
          ) e
        ), forecast as materialized (
          select v.customer_id, v.alive, v.alive * e.orders as orders,
                 least(floor(v.alive * e.orders * (m.p * (m.gamma + v.amount_spent) / (m.p * v.number_of_orders + m.q - 1)) + 0.5), 9007199254740991)::bigint as amount
          from (
            select s.*, 1 / (1 + m.a / (m.b + s.number_of_orders - 1)
                     * exp(least((m.r + s.number_of_orders - 1) * ln((m.alpha + s.age) / (m.alpha + s.last_day)), 700))) as alive
            from measured s cross join model m
          ) v
          cross join model m join expected e on e.number_of_orders = v.number_of_orders and e.age = v.age
        )`
