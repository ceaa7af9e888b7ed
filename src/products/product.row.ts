import { defineEntity, p } from '@mikro-orm/core'
import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { ProductFacts } from '../pricing/cart.ts'
import { toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { Product, ProductPrice } from './product.model.ts'

export const ProductRow = defineEntity({
  name: 'ProductRow',
  tableName: 'product',
  properties: {
    shopId: p.integer().primary(),
    sku: p.text().primary(),
    name: p.text(),
    listPrice: p.bigint('number'),
    floorPrice: p.bigint('number').nullable(),
    costPrice: p.bigint('number').nullable(),
    brand: p.text().nullable(),
    categories: p.array(),
    tags: p.array(),
    tagKeys: p.array(),
    stock: p.integer().nullable(),
    launchedAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
  },
})

export const ProductPriceRow = defineEntity({
  name: 'ProductPriceRow',
  tableName: 'product_price',
  properties: {
    shopId: p.integer().primary(),
    sku: p.text().primary(),
    since: p.datetime().primary(),
    listPrice: p.bigint('number'),
    floorPrice: p.bigint('number').nullable(),
    costPrice: p.bigint('number').nullable(),
  },
})

type Prices = { list_price: string; floor_price: string | null; cost_price: string | null }

export type FactsFigures = Omit<Prices, 'cost_price'> & {
  sku: string
  brand: string | null
  categories: string[]
  tag_keys: string[]
  launched_at: string | null
}
export type ProductFigures = Prices & Omit<FactsFigures, 'tag_keys'> & { name: string; tags: string[]; stock: number | null }
export type PriceFigures = Prices & { sku: string; since: string }

const toMinor = (text: string | null): Minor | null => (text === null ? null : (Number(text) as Minor))

/** Tags as they compare, so that pricing need not fold them once more. */
export const toFacts = (row: FactsFigures): ProductFacts => ({
  sku: row.sku,
  listPrice: Number(row.list_price) as Minor,
  floorPrice: toMinor(row.floor_price),
  brand: row.brand,
  categories: row.categories,
  tags: row.tag_keys,
  launchedAt: toInstantOrNull(row.launched_at),
})

export const toProduct = (row: ProductFigures): Product => ({
  sku: row.sku,
  name: row.name,
  ...toPrices(row),
  brand: row.brand,
  categories: row.categories,
  tags: row.tags,
  stock: row.stock,
  launchedAt: toInstantOrNull(row.launched_at),
})

export const toProductPrice = (row: PriceFigures): ProductPrice => ({ since: toInstant(row.since) as Instant, ...toPrices(row) })

const toPrices = (row: Prices) => ({
  listPrice: Number(row.list_price) as Minor,
  floorPrice: toMinor(row.floor_price),
  costPrice: toMinor(row.cost_price),
})
