import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils'
import type { Amount } from '../money.ts'

/** What Medusa itself asks for one, its own price lists included. */
export type ListPrice = {
  readonly amount: Amount
  readonly isTaxInclusive: boolean
  /** What it was before a sale of Medusa's own; null: there is none. */
  readonly before: Amount | null
}

type Wanted = { readonly id: string; readonly variantId: string; readonly quantity: number }

type Calculated = {
  readonly id: string
  readonly calculated_amount: number | null
  readonly raw_calculated_amount: Amount | null
  readonly original_amount: number | null
  readonly is_calculated_price_tax_inclusive: boolean
  readonly calculated_price?: { readonly price_list_type: string | null }
}

/** By the id of what was wanted; what has no price is missing. Prices by quantity are those of the line's quantity, as Medusa's own carts have them. */
export async function listPricesOf(
  container: MedusaContainer,
  wanted: readonly Wanted[],
  context: Readonly<Record<string, unknown>>,
): Promise<Map<string, ListPrice>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const pricing = container.resolve(Modules.PRICING)
  const { data: variants } = await query.graph({
    entity: 'variant',
    fields: ['id', 'price_set.id'],
    filters: { id: [...new Set(wanted.map(({ variantId }) => variantId))] },
  })
  const setOf = new Map(variants.map(({ id, price_set }) => [id, price_set?.id]))

  const found = new Map<string, ListPrice>()
  await Promise.all(
    [...Map.groupBy(wanted, ({ quantity }) => quantity)].map(async ([quantity, same]) => {
      const sets = [...new Set(same.flatMap(({ variantId }) => setOf.get(variantId) ?? []))]
      if (sets.length === 0) return
      const calculated = (await pricing.calculatePrices(
        { id: sets },
        { context: { ...context, quantity } as never },
      )) as unknown as readonly Calculated[]
      const bySet = new Map(calculated.map((price) => [price.id, price]))
      for (const { id, variantId } of same) {
        const price = bySet.get(setOf.get(variantId) ?? '')
        if (price?.calculated_amount != null) found.set(id, asListPrice(price, price.calculated_amount))
      }
    }),
  )
  return found
}

function asListPrice(price: Calculated, amount: number): ListPrice {
  const isSale = price.calculated_price?.price_list_type === 'sale' && price.original_amount !== amount
  return {
    amount: price.raw_calculated_amount ?? amount,
    isTaxInclusive: price.is_calculated_price_tax_inclusive,
    before: isSale ? price.original_amount : null,
  }
}
