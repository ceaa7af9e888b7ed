import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Scope } from '../pricing/rule.ts'
import { inScope } from '../products/scope.sql.ts'
import { asTexts, atInstant, rowOf, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { PastPrice } from './history.model.ts'
import type { LookedAt } from './warning.model.ts'

/** Sales are looked at in so many of the newest orders: enough to know what sells, and bounded in any shop. */
const NEWEST_ORDERS = 20_000
const MOST_SELLERS = 5_000

/** The skus that sold most in the newest orders of the past days, with their units. */
export async function bestSellers({ em, shopId }: World, since: Instant): Promise<{ skus: string[]; units: string[] }> {
  const rows = await rowsOf<{ sku: string; units: string }>(
    em,
    sql`select l.sku, sum(l.quantity) as units
        from (select o.id from shop_order o where o.shop_id = ${shopId} and o.counted and o.placed_at >= ${atInstant(since)}
              order by o.placed_at desc, o.id desc limit ${NEWEST_ORDERS}) newest
        join order_line l on l.shop_id = ${shopId} and l.order_id = newest.id
        group by l.sku order by units desc, l.sku limit ${MOST_SELLERS}`,
  )
  return { skus: rows.map((row) => row.sku), units: rows.map((row) => row.units) }
}

/** How many products are in a scope, whenever they were launched, and what one of each costs together at list price. */
export async function countScope({ em, shopId }: World, scope: Scope | null): Promise<{ count: number; listPrices: number }> {
  const row = await rowOf<{ n: string; list_prices: string }>(
    em,
    sql`select count(*) as n, coalesce(sum(p.list_price), 0) as list_prices from product p where p.shop_id = ${shopId} and ${inScope(scope, null)}`,
  )
  return { count: Number(row?.n ?? 0), listPrices: Number(row?.list_prices ?? 0) }
}

/** The best-selling products of a scope at an instant, the others after them by sku. */
export async function sampleScope(
  { em, shopId }: World,
  scope: Scope | null,
  at: Instant,
  sellers: { readonly skus: string[]; readonly units: string[] },
  most: number,
): Promise<LookedAt[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select p.sku, p.name, p.list_price, p.floor_price, p.cost_price, p.brand, p.categories, p.tag_keys, p.launched_at
        from product p
        left join unnest(${asTexts(sellers.skus)}, ${sellers.units}::bigint[]) as sold(sku, units) on sold.sku = p.sku
        where p.shop_id = ${shopId} and ${inScope(scope, at)}
        order by coalesce(sold.units, 0) desc, p.sku limit ${most}`,
  )
  return rows.map(toLookedAt)
}

/** The prices of products since an instant, with those that were in force then; by sku, the oldest first. */
export async function pricesSince({ em, shopId }: World, skus: readonly string[], since: Instant): Promise<Map<string, PastPrice[]>> {
  const rows = await rowsOf<{ sku: string; since: string; list_price: string; floor_price: string | null }>(
    em,
    sql`select h.sku, h.since, h.list_price, h.floor_price
        from unnest(${asTexts(skus)}) as wanted(sku)
        join product_price h on h.shop_id = ${shopId} and h.sku = wanted.sku
          and h.since >= coalesce((select max(b.since) from product_price b
                                   where b.shop_id = ${shopId} and b.sku = wanted.sku and b.since <= ${atInstant(since)}), '-infinity')
        order by h.sku, h.since`,
  )
  const bySku = Map.groupBy(rows, (row) => row.sku)
  return new Map(
    Array.from(bySku, ([sku, of]) => [
      sku,
      of.map((row) => ({
        since: toInstant(row.since),
        listPrice: Number(row.list_price) as Minor,
        floorPrice: minorOrNull(row.floor_price),
      })),
    ]),
  )
}

type Row = {
  sku: string
  name: string
  list_price: string
  floor_price: string | null
  cost_price: string | null
  brand: string | null
  categories: string[]
  tag_keys: string[]
  launched_at: string | null
}

const minorOrNull = (text: string | null): Minor | null => (text === null ? null : (Number(text) as Minor))

const toLookedAt = (row: Row): LookedAt => ({
  name: row.name,
  costPrice: minorOrNull(row.cost_price),
  facts: {
    sku: row.sku,
    listPrice: Number(row.list_price) as Minor,
    floorPrice: minorOrNull(row.floor_price),
    brand: row.brand,
    categories: row.categories,
    tags: row.tag_keys,
    launchedAt: toInstantOrNull(row.launched_at),
  },
})
