import type { OrderStatus } from '../orders/order.model.ts'
import { type CopyIn, type CopyStream, copyRow } from '../shell/copy.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { CUSTOMER_FACTS } from './mapping.model.ts'
import type { Reading, StagedLine } from './staged.model.ts'

// The tables of an import live in its transaction alone and end with it:
//   import_line      every row of the file that is not left out, with its fault if it has one
//   import_order     the orders that the rows make, with what is wrong with an order as a whole
//   import_item      the lines of the orders that are right

const COLUMNS = [
  ...['line', 'order_key', 'fault', 'external_id', 'key_kind', 'key_value', 'placed_at', 'status', 'channel', 'order_total', 'refunded'],
  ...CUSTOMER_FACTS,
  ...['line_id', 'sku', 'quantity', 'unit_price', 'total'],
]

export async function createStaging({ em }: World): Promise<void> {
  await rowsOf(
    em,
    sql`create temp table import_line (
          line integer not null, order_key text collate "C", fault text, external_id text collate "C", key_kind text, key_value text,
          placed_at timestamptz, status text collate "C", channel text collate "C", order_total bigint, refunded bigint,
          name text, email text, phone text, country text, region text, city text,
          line_id text collate "C", sku text, quantity integer, unit_price bigint, total bigint
        ) on commit drop`,
  )
}

const COPY_AT_ONCE = 500_000

/** Rows on their way into import_line, in pieces of bounded size. */
export class Staging {
  readonly #stream: CopyStream
  #held: string[] = []
  #length = 0

  constructor(copyIn: CopyIn) {
    this.#stream = copyIn('import_line', COLUMNS)
  }

  async put(line: number, reading: Exclude<Reading, { kind: 'LEFT_OUT' }>): Promise<void> {
    const row = copyRow(reading.kind === 'BAD' ? badRow(line, reading) : goodRow(line, reading.line))
    this.#held.push(row)
    this.#length += row.length
    if (this.#length >= COPY_AT_ONCE) await this.#flush()
  }

  async end(): Promise<void> {
    await this.#flush()
    await this.#stream.end()
  }

  async #flush(): Promise<void> {
    if (this.#length === 0) return
    const rows = this.#held.join('')
    this.#held = []
    this.#length = 0
    await this.#stream.write(rows)
  }
}

const badRow = (line: number, { orderId, fault }: { orderId: string | null; fault: string }) =>
  COLUMNS.map((_, i) => (i === 0 ? line : i === 1 ? orderId : i === 2 ? fault : null))

const goodRow = (line: number, staged: StagedLine) => [
  line,
  staged.orderId,
  null,
  staged.customer?.externalId ?? null,
  staged.customer?.kind ?? null,
  staged.customer?.value ?? null,
  staged.placedAt === null ? null : new Date(staged.placedAt).toISOString(),
  staged.status,
  staged.channel,
  text(staged.orderTotal),
  text(staged.refunded),
  ...CUSTOMER_FACTS.map((fact) => staged.facts[fact]),
  staged.lineId,
  staged.sku,
  text(staged.quantity),
  text(staged.unitPrice),
  text(staged.total),
]

const text = (whole: bigint | null) => (whole === null ? null : String(whole))

/** Two imports into one shop follow one another. */
export async function holdImports({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(hashtextextended('import', ${shopId}::bigint))`)
}

/** Gathers the rows into orders, and says what is wrong with any as a whole. `share`: whether orders may have totals of their own; `noStatus`: of one whose rows say none. */
export async function gatherOrders({ em, now }: World, share: boolean, noStatus: OrderStatus | null): Promise<void> {
  await rowsOf(em, sql`analyze import_line`)
  const latest = new Date(now + 86_400_000).toISOString()
  const goods = sql`coalesce(max(order_total), sum(total)) - coalesce(max(refunded), 0)`
  await rowsOf(
    em,
    sql`create temp table import_order on commit drop as
        select order_key, min(placed_at) as placed_at, coalesce(min(status), ${noStatus}::text) as status, min(channel) as channel, min(external_id) as external_id,
               ${share ? sql`case when max(order_total) is not null or max(refunded) is not null then greatest(${goods}, 0) end` : sql`null::bigint`}::bigint as target,
               ${share ? sql`coalesce(max(refunded), 0) > 0 and ${goods} <= 0` : sql`false`} as paid_back,
               case
                 when count(fault) > 0 then 'Row ' || min(line) filter (where fault is not null) || ' of the same order was rejected.'
                 when min(external_id) <> max(external_id) then 'The rows of the order name several customers.'
                 when min(status) <> max(status) then 'The rows of the order have several statuses.'
                 when min(channel) <> max(channel) then 'The rows of the order have several channels.'
                 when min(order_total) <> max(order_total) or min(refunded) <> max(refunded) then 'The rows of the order have several totals.'
                 when count(placed_at) = 0 then 'No row of the order says when it was placed.'
                 when coalesce(min(status), ${noStatus}::text) is null then 'No row of the order says its status.'
                 when min(placed_at) > ${latest}::timestamptz then 'The order is placed more than a day ahead.'
                 when count(line_id) not in (0, count(*)) or count(line_id) <> count(distinct line_id) then 'Each line of the order needs an id of its own.'
                 when sum(total) > 9007199254740991 then 'The order comes to more than 2^53-1 minor units.'
                 when ${share ? sql`sum(total) = 0 and max(order_total) > 0` : sql`false`} then 'The order has a total, but its lines cost nothing.'
               end as fault
        from import_line where order_key is not null group by order_key`,
  )
  await rowsOf(em, sql`analyze import_order`)
}

/** The lines of the orders that are right. A line without an id has its place as one, as recordOrders has it. */
export async function gatherItems({ em, shopId }: World, share: boolean): Promise<void> {
  const total = share ? SHARED : sql`l.total`
  await rowsOf(
    em,
    sql`create temp table import_item on commit drop as
        with item as (
          select l.order_key, o.target, l.line_id, row_number() over (partition by l.order_key order by l.line)::integer - 1 as position,
                 l.sku, l.quantity, l.unit_price, l.total, sum(l.total) over (partition by l.order_key) as whole
          from import_line l join import_order o on o.order_key = l.order_key where o.fault is null)
        select l.order_key, coalesce(l.line_id, l.position::text) collate "C" as line_id, l.position, l.sku, l.quantity, l.unit_price,
               ${total}::bigint as total
        from item l`,
  )
  await rowsOf(em, sql`analyze import_item`)
  await rowsOf(
    em,
    sql`update import_order i set fault = 'Units of line "' || r.line_id || '" came back already: the order cannot have fewer of it.'
        from (select o.external_id, l.line_id, l.returned_quantity from shop_order o
              join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.returned_quantity > 0
              where o.shop_id = ${shopId} and not o.committed) r
        where i.fault is null and i.order_key = r.external_id and not exists (
          select 1 from import_item t where t.order_key = i.order_key and t.line_id = r.line_id and t.quantity >= r.returned_quantity)`,
  )
}

/**
 * The line's part of the order's total: the whole part by its weight, and one minor unit more for each of the largest
 * fractions, the earlier first, so that the parts come to the total.
 */
const PART = sql`(l.target::numeric * l.total)`
const SHARED = sql`case
  when l.target is null or l.target = l.whole then l.total
  else div(${PART}, nullif(l.whole, 0)) + case when
    rank() over (partition by l.order_key order by mod(${PART}, nullif(l.whole, 0)) desc, l.position)
      <= l.target - sum(div(${PART}, nullif(l.whole, 0))) over (partition by l.order_key) then 1 else 0 end
end`

export type Rejected = { readonly line: number; readonly reason: string }

/** Settles which rows are rejected: bad ones, and all the rows of an order that cannot be whole. Answers with how many. */
export async function settleRejects({ em }: World): Promise<{ rows: number; orders: number }> {
  await rowsOf(
    em,
    sql`create temp table import_reject on commit drop as
        select l.line, coalesce(l.fault, o.fault) as reason
        from import_line l left join import_order o on o.order_key = l.order_key
        where l.fault is not null or o.fault is not null`,
  )
  await rowsOf(em, sql`create unique index on import_reject (line)`)
  const row = await rowOf<{ rows: string; orders: string }>(
    em,
    sql`select (select count(*) from import_reject) as rows, (select count(*) from import_order where fault is not null) as orders`,
  )
  return { rows: Number(row?.rows ?? 0), orders: Number(row?.orders ?? 0) }
}

const REJECTS_AT_ONCE = 5_000

/** In the order of the file, a page at a time. */
export async function* listRejects({ em }: World): AsyncGenerator<readonly Rejected[]> {
  for (let after = 0; ; ) {
    const page = await rowsOf<Rejected>(
      em,
      sql`select line, reason from import_reject where line > ${after} order by line limit ${REJECTS_AT_ONCE}`,
    )
    if (page.length > 0) yield page
    if (page.length < REJECTS_AT_ONCE) return
    after = page.at(-1)?.line ?? after
  }
}
