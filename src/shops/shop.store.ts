import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Shop } from './shop.model.ts'
import { ShopRow, toShop } from './shop.row.ts'

export async function findShopByCode(em: EntityManager, code: string): Promise<Shop | null> {
  const row = await em.findOne(ShopRow, { code })
  return row && toShop(row)
}

export async function getShop({ em, shopId }: World): Promise<Shop> {
  return toShop(await em.findOneOrFail(ShopRow, { id: shopId }, { refresh: true }))
}

/** Until the transaction ends nobody else changes the settings. Rows that merely refer to the shop may be written meanwhile. */
export async function holdShop(world: World): Promise<Shop> {
  await rowsOf(world.em, sql`select id from shop where id = ${world.shopId} for no key update`)
  return getShop(world)
}

export async function listShops(em: EntityManager): Promise<Shop[]> {
  return (await em.find(ShopRow, {}, { orderBy: { id: 'asc' } })).map(toShop)
}

/** Adds a shop with an empty price book; null when the code is taken. */
export async function insertShop(
  em: EntityManager,
  shop: Pick<Shop, 'code' | 'name' | 'currency' | 'timeZone'>,
  now: Instant,
): Promise<Shop | null> {
  await rowsOf(
    em,
    sql`with made as (
          insert into shop (code, name, currency, time_zone, created_at)
          values (${shop.code}, ${shop.name}, ${shop.currency}, ${shop.timeZone}, ${new Date(now).toISOString()})
          on conflict (code) do nothing returning id, currency, time_zone, rounding, max_discount_bp),
        book as (insert into price_book (shop_id) select id from made returning shop_id, version)
        insert into price_book_version (shop_id, version, since, settings, tiers)
        select b.shop_id, b.version, date_trunc('milliseconds', clock_timestamp()), jsonb_build_object('currency', m.currency,
          'timeZone', m.time_zone, 'rounding', m.rounding, 'maxDiscountBp', m.max_discount_bp), '[]'
        from book b join made m on m.id = b.shop_id`,
  )
  return findShopByCode(em, shop.code)
}

export async function saveShop({ em }: World, shop: Shop): Promise<void> {
  const { id, ...columns } = shop
  await em.nativeUpdate(ShopRow, { id }, columns)
}

/** Whether anything in the shop is an amount of its currency. */
export async function holdsMoney({ em, shopId }: World): Promise<boolean> {
  const row = await rowOf<{ money: boolean }>(
    em,
    sql`select exists (select 1 from product where shop_id = ${shopId})
            or exists (select 1 from shop_order where shop_id = ${shopId})
            or exists (select 1 from rule where shop_id = ${shopId}) as money`,
  )
  return row?.money ?? false
}
