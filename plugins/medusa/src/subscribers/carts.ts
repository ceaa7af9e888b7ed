import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework'
import { refreshCartItemsWorkflow } from '@medusajs/medusa/core-flows'

/** Its reservation was refused: it shows what it does not cost. */
export default async function cartOutdated({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await refreshCartItemsWorkflow(container).run({ input: { cart_id: event.data.id } })
}

export const config: SubscriberConfig = { event: 'regulars.cart_outdated' }
