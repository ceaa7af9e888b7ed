import type { Instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import type { ProductFacts } from '../pricing/cart.ts'
import { tagKey } from '../query/facts.ts'
import { preparedRowsOf } from '../shell/prepared.ts'
import { asJson, asTexts, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Product, ProductChange, ProductPrice } from './product.model.ts'
import { type FactsFigures, type PriceFigures, type ProductFigures, toFacts, toProduct, toProductPrice } from './product.row.ts'

const CATALOGUE_LOCK = 7_281_447

/** Changes of one shop's catalogue follow one another, so that what each leaves as it is, is what the one before made it. */
export async function holdCatalogue({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${CATALOGUE_LOCK}::integer, ${shopId}::integer)`)
}

/**
 * Creates or updates products, each sku once, in one statement; what is null stays. A price that is not the one last
 * noted is noted with it, always later than that: the last one is the one in force, whatever a node's clock says.
 */
export async function writeProducts({ em, shopId, now }: World, changes: readonly ProductChange[]): Promise<void> {
  await rowsOf(
    em,
    sql`with given as (
          select * from jsonb_to_recordset(${asJson(changes.map(toGiven))}) as g
            (sku text, name text, list_price bigint, floor_price bigint, cost_price bigint, brand text,
             categories text[], tags text[], tag_keys text[], stock integer, launched_at timestamptz)
        ), written as (
          insert into product as p
            (shop_id, sku, name, list_price, floor_price, cost_price, brand, categories, tags, tag_keys, stock, launched_at, updated_at)
          select ${shopId}::integer, g.sku, g.name, g.list_price, coalesce(g.floor_price, b.floor_price), coalesce(g.cost_price, b.cost_price),
                 coalesce(g.brand, b.brand), coalesce(g.categories, b.categories, '{}'), coalesce(g.tags, b.tags, '{}'),
                 coalesce(g.tag_keys, b.tag_keys, '{}'), coalesce(g.stock, b.stock), coalesce(g.launched_at, b.launched_at), ${atInstant(now)}
          from given g left join product b on b.shop_id = ${shopId} and b.sku = g.sku
          on conflict (shop_id, sku) do update set
            name = excluded.name, list_price = excluded.list_price, floor_price = excluded.floor_price, cost_price = excluded.cost_price,
            brand = excluded.brand, categories = excluded.categories, tags = excluded.tags, tag_keys = excluded.tag_keys,
            stock = excluded.stock, launched_at = excluded.launched_at, updated_at = excluded.updated_at
          where (p.name, p.list_price, p.floor_price, p.cost_price, p.brand, p.categories, p.tags, p.tag_keys, p.stock, p.launched_at)
            is distinct from (excluded.name, excluded.list_price, excluded.floor_price, excluded.cost_price, excluded.brand,
                              excluded.categories, excluded.tags, excluded.tag_keys, excluded.stock, excluded.launched_at)
          returning p.sku, p.list_price, p.floor_price, p.cost_price
        )
        insert into product_price (shop_id, sku, since, list_price, floor_price, cost_price)
        select ${shopId}::integer, w.sku, greatest(${atInstant(now)}, last.since + interval '1 millisecond'), w.list_price, w.floor_price, w.cost_price
        from written w left join lateral (
          select h.since, h.list_price, h.floor_price, h.cost_price from product_price h
          where h.shop_id = ${shopId} and h.sku = w.sku order by h.since desc limit 1
        ) last on true
        where (w.list_price, w.floor_price, w.cost_price) is distinct from (last.list_price, last.floor_price, last.cost_price)`,
  )
}

const toGiven = (change: ProductChange) => ({
  sku: change.sku,
  name: change.name,
  list_price: change.listPrice,
  floor_price: change.floorPrice,
  cost_price: change.costPrice,
  brand: change.brand,
  categories: change.categories,
  tags: change.tags,
  tag_keys: change.tags?.map(tagKey) ?? null,
  stock: change.stock,
  launched_at: change.launchedAt === null ? null : new Date(change.launchedAt).toISOString(),
})

/** What prices follow from, of the skus that there are. */
export async function readFacts({ em, shopId }: World, skus: readonly string[]): Promise<ProductFacts[]> {
  const rows = await preparedRowsOf<FactsFigures>(
    em,
    sql`select sku, list_price, floor_price, brand, categories, tag_keys, launched_at
        from product where shop_id = ${shopId} and sku = any(${asTexts(skus)})`,
  )
  return rows.map(toFacts)
}

/** The same with the prices that there were at an instant; a product that had none yet is left out. What else the catalogue knows is as now. */
export async function readFactsAt({ em, shopId }: World, skus: readonly string[], at: Instant): Promise<ProductFacts[]> {
  const rows = await rowsOf<FactsFigures>(
    em,
    sql`select p.sku, h.list_price, h.floor_price, p.brand, p.categories, p.tag_keys, p.launched_at
        from product p cross join lateral (
          select * from product_price q where q.shop_id = p.shop_id and q.sku = p.sku and q.since <= ${atInstant(at)}
          order by q.since desc limit 1
        ) h where p.shop_id = ${shopId} and p.sku = any(${asTexts(skus)})`,
  )
  return rows.map(toFacts)
}

const PRODUCT = sql`select sku, name, list_price, floor_price, cost_price, brand, categories, tags, stock, launched_at from product`

export async function findProductBySku({ em, shopId }: World, sku: string): Promise<Product | null> {
  const row = await rowOf<ProductFigures>(em, sql`${PRODUCT} where shop_id = ${shopId} and sku = ${sku}`)
  return row && toProduct(row)
}

/** By the bytes of their skus. */
export async function listProductRows({ em, shopId }: World, request: PageRequest): Promise<Product[]> {
  const rows = await rowsOf<ProductFigures>(
    em,
    sql`${PRODUCT} where shop_id = ${shopId} and (${request.after}::text is null or sku > ${request.after}) order by sku limit ${request.first + 1}`,
  )
  return rows.map(toProduct)
}

export async function countProductRows({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from product where shop_id = ${shopId}`)
  return Number(row?.n ?? 0)
}

/** For each sku the first of its prices after the cursor, the newest first, and one more. */
export async function listPrices(
  { em, shopId }: World,
  skus: readonly string[],
  request: PageRequest,
): Promise<Map<string, ProductPrice[]>> {
  const before = request.after === null ? null : new Date(Number(request.after)).toISOString()
  const rows = await rowsOf<PriceFigures>(
    em,
    sql`select h.sku, h.since, h.list_price, h.floor_price, h.cost_price
        from unnest(${asTexts(skus)}) as wanted(sku) cross join lateral (
          select * from product_price p
          where p.shop_id = ${shopId} and p.sku = wanted.sku and (${before}::timestamptz is null or p.since < ${before}::timestamptz)
          order by p.since desc limit ${request.first + 1}
        ) h order by h.sku, h.since desc`,
  )
  const prices = Map.groupBy(rows, (row) => row.sku)
  return new Map(Array.from(prices, ([sku, of]) => [sku, of.map(toProductPrice)]))
}

/** The prices of a product that began after one instant and until another, and the one before them, the newest first. */
export async function listPricesBetween(
  { em, shopId }: World,
  sku: string,
  from: Instant,
  to: Instant,
  most: number,
): Promise<ProductPrice[]> {
  const rows = await rowsOf<PriceFigures>(
    em,
    sql`select * from (
          (select sku, since, list_price, floor_price, cost_price from product_price
           where shop_id = ${shopId} and sku = ${sku} and since > ${atInstant(from)} and since <= ${atInstant(to)} order by since desc limit ${most})
          union all
          (select sku, since, list_price, floor_price, cost_price from product_price
           where shop_id = ${shopId} and sku = ${sku} and since <= ${atInstant(from)} order by since desc limit 1)
        ) h order by since desc`,
  )
  return rows.map(toProductPrice)
}

export async function countPrices({ em, shopId }: World, skus: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ sku: string; n: string }>(
    em,
    sql`select sku, count(*) as n from product_price where shop_id = ${shopId} and sku = any(${asTexts(skus)}) group by sku`,
  )
  return new Map(rows.map((row) => [row.sku, Number(row.n)]))
}
