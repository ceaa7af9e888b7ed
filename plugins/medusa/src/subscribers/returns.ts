import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework'
import { tellSoon } from '../sync/tasks.ts'

/** The goods are back. */
export default async function returnReceived({ event, container }: SubscriberArgs<{ return_id: string }>): Promise<void> {
  await tellSoon(container, `return:${event.data.return_id}`)
}

export const config: SubscriberConfig = { event: 'order.return_received' }
