import type { PageRequest } from '../kernel/page.ts'
import { asTexts, atInstant, atInstantOrNull, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Broadcast, BroadcastOrders, WantedBroadcast } from './broadcast.model.ts'
import { BROADCAST, type BroadcastColumns, toBroadcast } from './broadcast.row.ts'

export async function findBroadcastRow({ em, shopId }: World, code: string): Promise<Broadcast | null> {
  const row = await rowOf<BroadcastColumns>(em, sql`select ${BROADCAST} from broadcast b where b.shop_id = ${shopId} and b.code = ${code}`)
  return row && toBroadcast(row)
}

/** In the order of their codes, one more than asked for. */
export async function listBroadcastRows({ em, shopId }: World, request: PageRequest): Promise<Broadcast[]> {
  const rows = await rowsOf<BroadcastColumns>(
    em,
    sql`select ${BROADCAST} from broadcast b where b.shop_id = ${shopId} and (${request.after}::text is null or b.code > ${request.after}::text collate "C")
        order by b.code limit ${request.first + 1}`,
  )
  return rows.map(toBroadcast)
}

export async function countBroadcastRows({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from broadcast where shop_id = ${shopId}`)
  return Number(row?.n ?? 0)
}

/** Creates or replaces it; how often its link was followed goes on. */
export async function writeBroadcast({ em, shopId, now }: World, wanted: WantedBroadcast): Promise<Broadcast> {
  const row = await rowOf<BroadcastColumns>(
    em,
    sql`insert into broadcast as b (shop_id, code, name, place, text, url, offer_code, campaign_code, sent_at, created_at, updated_at)
        values (${shopId}, ${wanted.code}, ${wanted.name}, ${wanted.place}, ${wanted.text}, ${wanted.url}, ${wanted.offerCode}, ${wanted.campaignCode},
          ${atInstantOrNull(wanted.sentAt)}, ${atInstant(now)}, ${atInstant(now)})
        on conflict (shop_id, code) do update set name = excluded.name, place = excluded.place, text = excluded.text, url = excluded.url,
          offer_code = excluded.offer_code, campaign_code = excluded.campaign_code, sent_at = excluded.sent_at, updated_at = excluded.updated_at
        returning ${BROADCAST}`,
  )
  if (row === null) throw new Error('a broadcast was not kept')
  return toBroadcast(row)
}

/** Where the link of a broadcast leads; `counts`: that it was followed is counted. */
export async function followRow({ em, shopId, now }: World, code: string, counts: boolean): Promise<string | null> {
  const row = await rowOf<{ url: string }>(
    em,
    counts
      ? sql`update broadcast set clicks = clicks + 1, last_click_at = ${atInstant(now)} where shop_id = ${shopId} and code = ${code} and url is not null returning url`
      : sql`select url from broadcast where shop_id = ${shopId} and code = ${code} and url is not null`,
  )
  return row?.url ?? null
}

/** What came of each broadcast, by its code. Nobody is named: only how many. */
export async function ordersOfBroadcasts({ em, shopId }: World, codes: readonly string[]): Promise<Map<string, BroadcastOrders>> {
  const rows = await rowsOf<{ code: string; orders: string; revenue: string; customers: string }>(
    em,
    sql`select b.code, count(o.id) as orders, coalesce(sum(o.total), 0) as revenue, count(distinct o.customer_id) as customers
        from broadcast b
        left join lateral (
          select o.id, o.total, o.customer_id from shop_order o
          where o.shop_id = b.shop_id and o.counted and o.channel = 'broadcast:' || b.code and o.placed_at >= coalesce(b.sent_at, b.created_at)
          union
          select o.id, o.total, o.customer_id from rule r
          join offer_use u on u.shop_id = r.shop_id and u.rule_id = r.id and u.given_back_at is null
          join reservation h on h.shop_id = u.shop_id and h.id = u.reservation_id
          join shop_order o on o.shop_id = h.shop_id and o.id = h.order_id
          where r.shop_id = b.shop_id and r.code = b.offer_code and o.counted and b.sent_at is not null and o.placed_at >= b.sent_at
        ) o on true
        where b.shop_id = ${shopId} and b.code = any(${asTexts(codes)}) group by b.code`,
  )
  return new Map(
    rows.map((row) => [row.code, { orders: Number(row.orders), revenue: Number(row.revenue), customers: Number(row.customers) }]),
  )
}
