import type { RawBuilder } from 'kysely'
import { asUuids, atInstant, newIds, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign, Step } from './campaign.model.ts'

/** When the shop usually sells: 1 (Monday) to 7, and 0 to 23, by its own clock. */
export type Usual = { readonly timeZone: string; readonly weekday: number; readonly hour: number }

/** A shop that has sold nothing yet writes on a Monday at ten. */
const BEFORE_ANY_ORDER = { weekday: 1, hour: 10 }

export async function readUsual({ em, shopId }: World, timeZone: string): Promise<Usual> {
  const most = (part: 'isodow' | 'hour') => sql`(
    select extract(${sql.raw(part)} from placed_at at time zone ${timeZone}::text)::integer as value from shop_order
    where shop_id = ${shopId} and counted group by 1 order by count(*) desc, 1 limit 1)`
  const row = await rowOf<{ weekday: number | null; hour: number | null }>(
    em,
    sql`select ${most('isodow')} as weekday, ${most('hour')} as hour`,
  )
  return { timeZone, weekday: row?.weekday ?? BEFORE_ANY_ORDER.weekday, hour: row?.hour ?? BEFORE_ANY_ORDER.hour }
}

/**
 * Makes the exposures of a step for `who` (rows of `customer_id` and `base`, from when its delay counts), by one statement for however
 * many. `usual`: each waits for the hour at which its customer buys most, and at the first step for the weekday too.
 */
export async function insertExposures(
  { em, shopId, now }: World,
  { id }: Campaign,
  step: Step,
  who: RawBuilder<unknown>,
  usual: Usual | null,
): Promise<void> {
  const base = sql`(w.base + make_interval(hours => ${step.delayHours}::integer))`
  await rowsOf(
    em,
    sql`with w as (${who}) ${usual === null ? sql`` : habits(shopId, usual)}
        insert into exposure (shop_id, id, campaign_id, step, customer_id, status, due_at)
        select ${shopId}::integer, ${newIds(now)}, ${id}::uuid, ${step.number}::smallint, w.customer_id, 'DUE',
          ${usual === null ? base : atUsual(base, usual, step.number === 1)}
        from w ${usual === null ? sql`` : sql`left join habit h on h.customer_id = w.customer_id`}
        on conflict do nothing`,
  )
}

/** Each one's favourite weekday and hour, as Habits has them: by most orders that count, of several the first. */
const habits = (shopId: number, { timeZone }: Usual) => sql`, bought as materialized (
    select o.customer_id, o.placed_at at time zone ${timeZone}::text as placed
    from w join shop_order o on o.shop_id = ${shopId} and o.customer_id = w.customer_id and o.counted),
  weekday as (
    select distinct on (customer_id) customer_id, extract(isodow from placed)::integer as weekday
    from bought group by customer_id, 2 order by customer_id, count(*) desc, 2),
  hour as (
    select distinct on (customer_id) customer_id, extract(hour from placed)::integer as hour
    from bought group by customer_id, 2 order by customer_id, count(*) desc, 2),
  habit as (select customer_id, weekday, hour from weekday join hour using (customer_id))`

/** The first moment from `base` on that lies in the hour, on the weekday if that is asked. */
function atUsual(base: RawBuilder<unknown>, usual: Usual, onWeekday: boolean): RawBuilder<unknown> {
  const local = sql`(${base} at time zone ${usual.timeZone}::text)`
  const hour = sql`coalesce(h.hour, ${usual.hour}::integer)`
  const passed = sql`(extract(hour from ${local}) > ${hour})::integer`
  const ahead = sql`((coalesce(h.weekday, ${usual.weekday}::integer) - extract(isodow from ${local})::integer + 7) % 7)`
  const days = onWeekday ? sql`case when ${ahead} = 0 then 7 * ${passed} else ${ahead} end` : passed
  return sql`greatest(${base}, (date_trunc('day', ${local}) + make_interval(days => ${days}, hours => ${hour})) at time zone ${usual.timeZone}::text)`
}

/** Who joined a campaign at this instant, is treated and still takes part, for `insertExposures`. */
export const justJoined = ({ shopId, now }: World, { id }: Campaign): RawBuilder<unknown> => sql`
  select m.customer_id, m.joined_at as base from campaign_member m
  where m.shop_id = ${shopId} and m.campaign_id = ${id}::uuid and m.joined_at = ${atInstant(now)} and m.treated and m.left_at is null`

/** Who of these still takes part, for the step after one that was decided now. */
export const stillIn = ({ shopId, now }: World, { id }: Campaign, step: Step, customerIds: readonly string[]): RawBuilder<unknown> => sql`
  select m.customer_id, ${step.after === 'JOINED' ? sql`m.joined_at` : atInstant(now)} as base from campaign_member m
  where m.shop_id = ${shopId} and m.campaign_id = ${id}::uuid and m.customer_id = any(${asUuids(customerIds)}) and m.left_at is null`
