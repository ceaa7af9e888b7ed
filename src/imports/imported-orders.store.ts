import type { RawBuilder } from 'kysely'
import { costAt, keptCost } from '../orders/cost.sql.ts'
import { atInstant, newIds, rowOf, rowsOf, sql, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { OrderFigures } from './import.model.ts'

// Tables of the import's transaction, besides those of staging.store.ts:
//   import_target    each order that is right, as it is to stand, under the id that it has or will have
//   import_changed   those that are not so already

/**
 * What a committed order sold stands: of one only the status is taken, and called off all its units are back.
 * `counts`: whether a status counts, as SQL over `i.status`. Orders of the file that are there already are held.
 */
export async function targetOrders({ em, shopId, now }: World, counts: RawBuilder<unknown>): Promise<void> {
  await rowsOf(
    em,
    sql`select count(*) from (
          select 1 from shop_order where shop_id = ${shopId} and external_id in (select order_key from import_order where fault is null)
          order by external_id for update) as held`,
  )
  await rowsOf(
    em,
    sql`create temp table import_target on commit drop as
        with i as (
          select order_key, placed_at, channel, external_id, case when paid_back then 'CANCELLED' else status end as status
          from import_order where fault is null)
        select i.order_key, coalesce(o.id, ${newIds(now)}) as id, o.id is null as is_new, coalesce(o.committed, false) as is_committed,
               case when o.committed then o.placed_at else i.placed_at end as placed_at, i.status,
               case when o.committed then o.customer_id else coalesce(c.customer_id, o.customer_id) end as customer_id,
               o.customer_id as former_id, case when o.committed then o.channel else coalesce(i.channel, o.channel) end as channel,
               ${counts} as status_counts
        from i
        left join import_customer c on c.external_id = i.external_id
        left join shop_order o on o.shop_id = ${shopId} and o.external_id = i.order_key`,
  )
  await rowsOf(em, sql`analyze import_target`)
  await rowsOf(
    em,
    sql`create temp table import_line_target on commit drop as
        select t.id as order_id, i.line_id, i.position, i.sku, i.quantity, coalesce(l.returned_quantity, 0) as returned_quantity, i.unit_price, i.total
        from import_item i join import_target t on t.order_key = i.order_key and not t.is_committed
        left join order_line l on not t.is_new and l.shop_id = ${shopId} and l.order_id = t.id and l.line_id = i.line_id
        union all
        select t.id, l.line_id, l.position, l.sku, l.quantity, case when t.status = 'CANCELLED' then l.quantity else l.returned_quantity end,
               l.unit_price, l.total
        from import_target t join order_line l on t.is_committed and l.shop_id = ${shopId} and l.order_id = t.id`,
  )
  await rowsOf(em, sql`analyze import_line_target`)
}

/** Settles which orders are new or differ; what came back of their lines stays so. */
export async function settleChanges({ em, shopId }: World): Promise<void> {
  await rowsOf(
    em,
    sql`create temp table import_changed on commit drop as
        with wanted as (
          select order_id, count(*) as lines, sum(quantity - returned_quantity) as units,
                 count(distinct sku) filter (where quantity > returned_quantity) as skus,
                 sum(total - (total / quantity * returned_quantity + least(returned_quantity, total % quantity)))::bigint as total
          from import_line_target group by order_id),
        same as (
          select w.order_id, count(*) as lines from import_line_target w
          join order_line l on l.shop_id = ${shopId} and l.order_id = w.order_id and l.line_id = w.line_id
          where (l.position, l.sku, l.quantity, l.unit_price, l.total) = (w.position, w.sku, w.quantity, w.unit_price, w.total)
          group by w.order_id),
        there as (
          select l.order_id, count(*) as lines from order_line l join import_target t on t.id = l.order_id and not t.is_new
          where l.shop_id = ${shopId} group by l.order_id)
        select t.*, w.total, w.units, w.skus, t.status_counts and w.units > 0 as counted
        from import_target t join wanted w on w.order_id = t.id
        left join same on same.order_id = t.id left join there on there.order_id = t.id
        left join shop_order o on o.shop_id = ${shopId} and o.id = t.id and not t.is_new
        where t.is_new or same.lines is distinct from w.lines or there.lines is distinct from w.lines
           or (o.customer_id, o.placed_at, o.status, o.channel, o.total, o.units, o.skus, o.counted)
              is distinct from (t.customer_id, t.placed_at, t.status, t.channel, w.total, w.units, w.skus, t.status_counts and w.units > 0)`,
  )
  await rowsOf(em, sql`create unique index on import_changed (id)`)
  await rowsOf(em, sql`analyze import_changed`)
}

/**
 * Writes the orders that changed, with their lines, in the order in which everybody holds orders: that of their external ids.
 * Answers with how many; fewer when somebody recorded one of them meanwhile.
 */
export async function writeChanges({ em, shopId, now }: World): Promise<number> {
  const row = await rowOf<{ n: string; wanted: string }>(
    em,
    sql`with written as (
          insert into shop_order as o (shop_id, id, external_id, customer_id, placed_at, status, channel, total, units, skus, counted, recorded_at)
          select ${shopId}::integer, id, order_key, customer_id, placed_at, status, channel, total, units, skus, counted, ${atInstant(now)}
          from import_changed order by order_key
          on conflict (shop_id, external_id) do update set
            customer_id = excluded.customer_id, placed_at = excluded.placed_at, status = excluded.status, channel = excluded.channel,
            total = excluded.total, units = excluded.units, skus = excluded.skus, counted = excluded.counted
          where o.id = excluded.id
          returning 1)
        select count(*) as n, (select count(*) from import_changed) as wanted from written`,
  )
  // The lines of an order that somebody else recorded meanwhile would have nothing to belong to.
  if (row === null || row.n !== row.wanted) return Number(row?.n ?? 0)
  await rowsOf(
    em,
    sql`delete from order_line l using import_changed c
        where c.id = l.order_id and not c.is_new and l.shop_id = ${shopId}
          and not exists (select 1 from import_line_target w where w.order_id = l.order_id and w.line_id = l.line_id)`,
  )
  await rowsOf(
    em,
    sql`insert into order_line as l (shop_id, order_id, line_id, position, sku, quantity, returned_quantity, unit_price, total, cost_price)
        select ${shopId}::integer, w.order_id, w.line_id, w.position, w.sku, w.quantity, w.returned_quantity, w.unit_price, w.total,
               ${costAt(shopId, sql`w.sku`, sql`c.placed_at`)}
        from import_line_target w join import_changed c on c.id = w.order_id
        order by c.placed_at, c.order_key, w.position
        on conflict (shop_id, order_id, line_id) do update set
          position = excluded.position, sku = excluded.sku, quantity = excluded.quantity, returned_quantity = excluded.returned_quantity,
          unit_price = excluded.unit_price, total = excluded.total, cost_price = ${keptCost}`,
  )
  return Number(row.n)
}

/** The orders that came of reservations and are called off by the file. */
export async function listCalledOff({ em }: World): Promise<string[]> {
  const rows = await rowsOf<{ order_key: string }>(
    em,
    sql`select order_key from import_changed where is_committed and status = 'CANCELLED' order by order_key`,
  )
  return rows.map((row) => row.order_key)
}

const OWNERS_AT_ONCE = 10_000

/** Whose orders changed, or were theirs before; a page at a time, in the order of their ids. */
export async function* listOwners({ em }: World): AsyncGenerator<readonly string[]> {
  await rowsOf(
    em,
    sql`create temp table import_owner on commit drop as
        select customer_id as id from import_changed where customer_id is not null
        union select former_id from import_changed where former_id is not null`,
  )
  await rowsOf(em, sql`create unique index on import_owner (id)`)
  for (let after: string | null = null; ; ) {
    const page: { id: string }[] = await rowsOf<{ id: string }>(
      em,
      sql`select id from import_owner where ${after}::uuid is null or id > ${after}::uuid order by id limit ${OWNERS_AT_ONCE}`,
    )
    if (page.length > 0) yield page.map(({ id }) => id)
    if (page.length < OWNERS_AT_ONCE) return
    after = page.at(-1)?.id ?? after
  }
}

type FigureRow = { readonly [Figure in Exclude<keyof OrderFigures, 'firstAt' | 'lastAt'>]: string } & {
  readonly firstAt: string | null
  readonly lastAt: string | null
}

/** What the file's orders come to, and what became of them. */
export async function readFigures({ em }: World): Promise<OrderFigures> {
  const [row] = await rowsOf<FigureRow>(
    em,
    sql`with total as (select order_id, count(*) as lines, sum(total) as total from import_line_target group by order_id)
        select count(*) as orders, coalesce(sum(w.lines), 0) as lines, count(*) filter (where t.is_new) as created,
               count(c.id) filter (where not t.is_new) as corrected, count(*) filter (where t.customer_id is null) as "ofNobody",
               count(*) filter (where t.status_counts) as counted, coalesce(sum(w.total) filter (where t.status_counts), 0) as amount,
               min(t.placed_at) as "firstAt", max(t.placed_at) as "lastAt"
        from import_target t join total w on w.order_id = t.id left join import_changed c on c.id = t.id`,
  )
  if (row === undefined) throw new Error('counting gave no row')
  const { amount, firstAt, lastAt, ...counts } = row
  return {
    orders: Number(counts.orders),
    lines: Number(counts.lines),
    created: Number(counts.created),
    corrected: Number(counts.corrected),
    ofNobody: Number(counts.ofNobody),
    counted: Number(counts.counted),
    amount: BigInt(amount),
    firstAt: toInstantOrNull(firstAt),
    lastAt: toInstantOrNull(lastAt),
  }
}

/**
 * Lets the database look at how much there is now. A server would by itself, some minutes later; the embedded one never does, and until
 * then whatever asks about everybody (a segment, who joins a campaign) is planned as if the shop were empty.
 */
export async function tellPlanner({ em }: World): Promise<void> {
  await rowsOf(em, sql`analyze customer, customer_identity, shop_order, order_line, customer_statistics, customer_score`)
}
