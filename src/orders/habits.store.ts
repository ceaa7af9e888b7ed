import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Favourite, Habits, Whose } from './habits.model.ts'

const SHOWN = 5

type Row = {
  readonly owner: string
  readonly weekday: number
  readonly hour: number
  readonly quantity: number
  readonly buyer_kind: Habits['buyerKind']
  readonly products: Favourite[]
  readonly categories: Favourite[]
  readonly brands: Favourite[]
  readonly tags: Favourite[]
}

/** By owner, all of one kind; who has no order that counts is left out. One statement, which reads their orders' lines. */
export async function readHabits(
  { em, shopId }: World,
  kind: Whose['kind'],
  ids: readonly string[],
  timeZone: string,
): Promise<Map<string, Habits>> {
  const owner = kind === 'CUSTOMER' ? sql`c.id` : sql`c.company_id`
  const rows = await rowsOf<Row>(
    em,
    sql`with bought as materialized (
          select ${owner} as owner, o.id, o.placed_at at time zone ${timeZone} as placed
          from customer c join shop_order o on o.shop_id = c.shop_id and o.customer_id = c.id and o.counted
          where c.shop_id = ${shopId} and ${owner} = any(${asUuids(ids)})
        ), line as materialized (
          select b.owner, b.id, l.line_id, l.sku, l.quantity - l.returned_quantity as units, p.name, p.brand, p.categories, p.tags
          from bought b join order_line l on l.shop_id = ${shopId} and l.order_id = b.id and l.quantity > l.returned_quantity
          left join product p on p.shop_id = ${shopId} and p.sku = l.sku
        ), weekday as (
          select distinct on (owner) owner, extract(isodow from placed)::integer as weekday
          from bought group by owner, 2 order by owner, count(*) desc, 2
        ), hour as (
          select distinct on (owner) owner, extract(hour from placed)::integer as hour
          from bought group by owner, 2 order by owner, count(*) desc, 2
        ), quantity as (
          select owner, percentile_cont(0.5) within group (order by units) as quantity
          from (select owner, id, sum(units) as units from line group by owner, id) of_order group by owner
        ), place as (
          select l.owner, t.category, count(*) as lines
          from line l cross join lateral (select distinct split_part(path, '/', 1) as category from unnest(l.categories) as path) t
          group by l.owner, t.category
        ), buyer as (
          select p.owner, case when max(p.lines) = max(k.lines) then 'SINGLE_CATEGORY' else 'CROSS_CATEGORY' end as buyer_kind
          from place p join (select owner, count(*) as lines from line where cardinality(categories) > 0 group by owner) k on k.owner = p.owner
          group by p.owner
        )
        select w.owner, w.weekday, h.hour, q.quantity, y.buyer_kind,
               ${favourites(sql`sku`, sql`line`)} as products,
               ${favourites(sql`category`, sql`line cross join lateral unnest(categories) as category`)} as categories,
               ${favourites(sql`brand`, sql`line`)} as brands,
               ${favourites(sql`tag`, sql`line cross join lateral unnest(tags) as tag`)} as tags
        from weekday w join hour h on h.owner = w.owner join quantity q on q.owner = w.owner left join buyer y on y.owner = w.owner`,
  )
  return new Map(
    rows.map(({ owner: id, weekday, hour, quantity, buyer_kind, ...favourite }) => [
      id,
      { favouriteWeekday: weekday, favouriteHour: hour, usualQuantity: Number(quantity), buyerKind: buyer_kind, ...favourite },
    ]),
  )
}

/** The first few of what an owner's lines have of something, as JSON. */
const favourites = (name: ReturnType<typeof sql>, from: ReturnType<typeof sql>) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'orders', f.orders, 'units', f.units) order by f.orders desc, f.units desc, f.name collate "C"), '[]')
  from (
    select ${name} as name, count(distinct line.id) as orders, sum(line.units) as units
    from ${from} where line.owner = w.owner and ${name} is not null
    group by 1 order by 2 desc, 3 desc, ${name} collate "C" limit ${SHOWN}
  ) f)`
