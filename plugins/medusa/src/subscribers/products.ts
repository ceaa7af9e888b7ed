import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { tellSoon } from '../sync/tasks.ts'

/** A product or one of its variants is new or has changed, its prices included. */
export default async function productChanged({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const { id } = event.data
  const productId = event.name.startsWith('product-variant.') ? await productOf(container, id) : id
  if (productId !== null) await tellSoon(container, `product:${productId}`)
}

async function productOf(container: SubscriberArgs['container'], variantId: string): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'variant', fields: ['product_id'], filters: { id: variantId } })
  return data[0]?.product_id ?? null
}

export const config: SubscriberConfig = {
  event: ['product.created', 'product.updated', 'product-variant.created', 'product-variant.updated'],
}
