import type { PageRequest } from '../kernel/page.ts'
import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { CustomerFigures, LinkFigures } from './link.model.ts'

const USES = sql`link_use x join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id
  left join shop_order o on o.shop_id = h.shop_id and o.id = h.order_id`

const FIGURES = sql`count(*) as reservations,
  count(*) filter (where x.state = 'HELD' and h.status = 'HELD' and h.expires_at > clock_timestamp()) as held, count(o.id) as orders,
  coalesce(sum(o.total) filter (where o.counted), 0) as revenue`

type Figures = { reservations: string; held: string; orders: string; revenue: string }
const toFigures = (row: Figures): LinkFigures => ({
  reservations: Number(row.reservations),
  held: Number(row.held),
  orders: Number(row.orders),
  revenue: Number(row.revenue),
})

/** What came of each of these links; one that was never reserved with is left out. */
export async function readFigures({ em, shopId }: World, linkIds: readonly string[]): Promise<Map<string, LinkFigures>> {
  const rows = await rowsOf<Figures & { link_id: string }>(
    em,
    sql`select x.link_id, ${FIGURES} from ${USES} where x.shop_id = ${shopId} and x.link_id = any(${asUuids(linkIds)}) group by x.link_id`,
  )
  return new Map(rows.map((row) => [row.link_id, toFigures(row)]))
}

/** Whom a link `w.link_id` names, and who reserved with it. */
const PEOPLE = sql`(
  select coalesce(c.merged_into, c.id) as customer_id from private_link_customer n join customer c on c.shop_id = n.shop_id and c.id = n.customer_id
  where n.shop_id = w.shop_id and n.link_id = w.link_id
  union
  select h.customer_id from link_use x join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id
  where x.shop_id = w.shop_id and x.link_id = w.link_id and h.customer_id is not null) c`

/** The same page of each link's people with what came of it by them, one more than asked for, in the order of their ids. */
export async function listFiguresByCustomer(
  { em, shopId }: World,
  linkIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, CustomerFigures[]>> {
  const rows = await rowsOf<Figures & { link_id: string; customer_id: string; opens: number | null }>(
    em,
    sql`select w.link_id, p.*, case when l.audience is null and l.names_people and (
            select count(distinct coalesce(c.merged_into, c.id)) from private_link_customer n
            join customer c on c.shop_id = n.shop_id and c.id = n.customer_id
            where n.shop_id = l.shop_id and n.link_id = l.id) = 1 then l.opens end as opens
        from (select ${shopId}::integer as shop_id, id as link_id from unnest(${asUuids(linkIds)}) as id) w
        join private_link l on l.shop_id = w.shop_id and l.id = w.link_id
        cross join lateral (
          select c.customer_id, f.* from ${PEOPLE} cross join lateral (
            select ${FIGURES} from ${USES} where x.shop_id = w.shop_id and x.link_id = w.link_id and h.customer_id = c.customer_id) f
          where ${request.after}::uuid is null or c.customer_id > ${request.after}::uuid
          order by c.customer_id limit ${request.first + 1}) p
        order by w.link_id, p.customer_id`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.link_id),
      ([id, of]) => [id, of.map((row) => ({ ...toFigures(row), customerId: row.customer_id, opens: row.opens }))],
    ),
  )
}

export async function countPeopleOf({ em, shopId }: World, linkIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ link_id: string; n: string }>(
    em,
    sql`select w.link_id, (select count(*) from ${PEOPLE}) as n
        from (select ${shopId}::integer as shop_id, id as link_id from unnest(${asUuids(linkIds)}) as id) w`,
  )
  return new Map(rows.map((row) => [row.link_id, Number(row.n)]))
}
