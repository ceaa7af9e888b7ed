import type { Instant } from '../kernel/clock.ts'
import { asTexts, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Parameter } from './ready-made.model.ts'

/** So many buyers are enough to tell what is usual in a shop. */
const ENOUGH = 20

const OF = {
  TYPICAL_ORDER: sql`s.amount_spent::double precision / s.number_of_orders`,
  LARGEST_ORDER: sql`s.largest_order_amount::double precision`,
} as const

/** Measured parameters in minor units, by code; null: too few buyers to tell. */
export async function measureParameters(
  { em, shopId }: World,
  parameters: readonly Parameter[],
): Promise<ReadonlyMap<string, number | null>> {
  const measured = parameters.flatMap(({ code, measured: by }) => (by === undefined ? [] : [{ code, ...by }]))
  if (measured.length === 0) return new Map()
  const figures = measured.map(({ of, share }) => sql`percentile_cont(${share}::double precision) within group (order by ${OF[of]})`)
  const row = await rowOf<{ n: string; figures: (number | null)[] | null }>(
    em,
    sql`select count(*) as n, array[${sql.join(figures)}]::double precision[] as figures
        from customer_statistics s where s.shop_id = ${shopId} and s.number_of_orders > 0`,
  )
  const enough = Number(row?.n ?? 0) >= ENOUGH
  return new Map(
    measured.map(({ code, times }, i) => {
      const figure = row?.figures?.[i] ?? null
      return [code, enough && figure !== null ? figure * (times ?? 1) : null]
    }),
  )
}

/** The goods that most customers bought since, at or below a list price; not those that are out of stock. */
export async function bestSellers({ em, shopId }: World, most: number, since: Instant, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ sku: string }>(
    em,
    sql`select p.sku from shop_order o
        join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
        join product p on p.shop_id = l.shop_id and p.sku = l.sku
        where o.shop_id = ${shopId} and o.counted and o.placed_at >= ${atInstant(since)} and l.quantity > l.returned_quantity
          and p.list_price <= ${most} and coalesce(p.stock, 1) > 0
        group by p.sku order by count(distinct o.customer_id) desc, p.sku limit ${limit}`,
  )
  return rows.map(({ sku }) => sku)
}

/** Of these goods those that the catalogue knows, with what it says of them. */
export async function findKin(
  { em, shopId }: World,
  skus: readonly string[],
): Promise<readonly { readonly sku: string; readonly categories: readonly string[]; readonly brand: string | null }[]> {
  return rowsOf(em, sql`select sku, categories, brand from product where shop_id = ${shopId} and sku = any(${asTexts(skus)})`)
}
