import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { tellSoon } from '../sync/tasks.ts'

type Payment = { readonly payment_collection?: { readonly order?: { readonly id: string } | null } | null }

/** Paid: from now on the order counts. */
export default async function paymentCaptured({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'payment', fields: ['payment_collection.order.id'], filters: { id: event.data.id } })
  const orderId = (data[0] as Payment | undefined)?.payment_collection?.order?.id
  if (orderId !== undefined) await tellSoon(container, `order:${orderId}`)
}

export const config: SubscriberConfig = { event: 'payment.captured' }
