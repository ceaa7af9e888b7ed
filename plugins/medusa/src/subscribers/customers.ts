import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework'
import { tellSoon } from '../sync/tasks.ts'

/** Registered, or changed. */
export default async function customerChanged({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await tellSoon(container, `customer:${event.data.id}`)
}

export const config: SubscriberConfig = { event: ['customer.created', 'customer.updated'] }
