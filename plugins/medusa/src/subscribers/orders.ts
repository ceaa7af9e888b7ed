import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework'
import { tellSoon } from '../sync/tasks.ts'

/** Placed (by staff too), called off, or settled. */
export default async function orderChanged({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await tellSoon(container, `order:${event.data.id}`)
}

export const config: SubscriberConfig = { event: ['order.placed', 'order.canceled', 'order.completed'] }
