import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import type { ProductInput } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { type Amount, toMinor } from '../money.ts'

const FIELDS = [
  'id',
  'title',
  'handle',
  'created_at',
  'metadata',
  'tags.value',
  'categories.id',
  'categories.mpath',
  'variants.id',
  'variants.sku',
  'variants.title',
  'variants.metadata',
  'variants.price_set.prices.*',
  'variants.price_set.prices.price_rules.*',
]

type Price = {
  readonly amount: number
  readonly raw_amount?: Amount
  readonly currency_code: string
  readonly price_list_id: string | null
  readonly min_quantity: number | null
  readonly price_rules?: readonly unknown[]
}
type Variant = {
  readonly id: string
  readonly sku: string | null
  readonly title: string | null
  readonly metadata: Record<string, unknown> | null
  readonly price_set?: { readonly prices?: readonly Price[] } | null
}
type Product = {
  readonly id: string
  readonly title: string
  readonly handle: string
  readonly created_at: string | Date
  readonly metadata: Record<string, unknown> | null
  readonly tags?: readonly { readonly value: string }[]
  readonly categories?: readonly { readonly id: string; readonly mpath: string }[]
  readonly variants?: readonly Variant[]
}

/** As many as one call takes. */
const MOST = 1_000

/** Tells of the variants of these products that have a sku and a price in the shop's currency. */
export async function tellProducts(container: MedusaContainer, ids: readonly string[]): Promise<number> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'product', fields: FIELDS, filters: { id: [...ids] } })
  const products = data as unknown as readonly Product[]
  if (products.length === 0) return 0
  const currency = await regulars.currencyOrFail()

  const names = await categoryNames(container, products)
  const more = regulars.settings.product
  const inputs = products.flatMap((product) =>
    (product.variants ?? []).flatMap((variant): ProductInput[] => {
      const { id, sku, metadata } = variant
      const listPrice = basePrice(variant, currency)
      if (!sku || listPrice === null) return []
      const { handle } = product
      return [
        {
          sku,
          name: [product.title, variant.title].filter(Boolean).join(' – '),
          listPrice,
          categoryPaths: (product.categories ?? []).map(({ mpath }) => pathOf(mpath, names)),
          tags: (product.tags ?? []).map(({ value }) => value),
          launchedAt: new Date(product.created_at).toISOString(),
          ...more?.({ id, sku, metadata, product: { id: product.id, handle, metadata: product.metadata } }),
        },
      ]
    }),
  )
  for (let at = 0; at < inputs.length; at += MOST) await regulars.acts.upsertProducts({ products: inputs.slice(at, at + MOST) })
  return inputs.length
}

/** What everybody pays for one: without price lists, rules and larger quantities. */
function basePrice({ price_set }: Variant, currency: string): number | null {
  const price = price_set?.prices?.find(
    ({ currency_code, price_list_id, min_quantity, price_rules }) =>
      currency_code === currency && !price_list_id && (min_quantity === null || min_quantity <= 1) && !price_rules?.length,
  )
  return price === undefined ? null : toMinor(price.raw_amount ?? price.amount, currency)
}

/** A category's mpath holds the ids from the root down. */
const idsOf = (mpath: string): string[] => mpath.split('.').filter(Boolean)
const pathOf = (mpath: string, names: ReadonlyMap<string, string>): string[] =>
  idsOf(mpath).flatMap((id) => names.get(id)?.replaceAll('/', '-') ?? [])

async function categoryNames(container: MedusaContainer, products: readonly Product[]): Promise<Map<string, string>> {
  const ids = new Set(products.flatMap(({ categories = [] }) => categories.flatMap(({ mpath }) => idsOf(mpath))))
  if (ids.size === 0) return new Map()
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'product_category', fields: ['id', 'name'], filters: { id: [...ids] } })
  return new Map(data.map(({ id, name }) => [id, name]))
}
