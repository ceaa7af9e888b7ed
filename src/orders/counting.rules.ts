import type { OrderCountsWhen } from '../shops/shop.model.ts'
import type { OrderLine, OrderStatus } from './order.model.ts'

/** Whether the shop counts orders of this status. */
export function countsWhen(status: OrderStatus, when: OrderCountsWhen): boolean {
  return status === 'COMPLETED' || (status === 'PAID' && when === 'PAID')
}

/** An order counts once its status does, and as long as one unit of it was kept. */
export const isCounted = (status: OrderStatus, lines: readonly OrderLine[], when: OrderCountsWhen): boolean =>
  countsWhen(status, when) && lines.some((line) => line.quantity > line.returnedQuantity)
