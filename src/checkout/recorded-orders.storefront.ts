import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { toCustomerRef } from '../customers/customer.schema.ts'
import { instant } from '../kernel/clock.ts'
import type { GivenLine, GivenOrder } from '../orders/given-order.model.ts'
import { OrderInput, type OrderLineInput, StorefrontOrder, toStorefrontOrder } from '../orders/order.schema.ts'
import { recordOrders } from '../orders/recording.service.ts'
import { settleScoresOfFew } from '../scores/score.service.ts'
import { restoreReturned } from './restoring.service.ts'

@Resolver()
export class RecordedOrdersStorefront {
  @Authorized('PLUGIN')
  @Mutation(() => [StorefrontOrder], {
    description:
      'Records orders that were placed without a reservation (history, other channels), idempotent by externalId; all of them or none. Of an order that came of a reservation only the status changes, and CANCELLED is a whole return. At most 500 a call. Plugin key.',
  })
  async recordOrders(
    @Arg('orders', () => [OrderInput], { description: 'Each externalId once.' }) orders: OrderInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<StorefrontOrder[]> {
    const recorded = unwrap(await recordOrders(world, orders.map(fromOrderInput), restoreReturned))
    await settleScoresOfFew(world)
    return recorded.map(toStorefrontOrder)
  }
}

const fromOrderInput = ({ externalId, customer, placedAt, status, channel, lines }: OrderInput, i: number): GivenOrder => ({
  externalId,
  customer: customer ? unwrap(toCustomerRef(customer, 'orders', i, 'customer')) : null,
  placedAt: instant(placedAt),
  status: status ?? 'PAID',
  channel: channel ?? null,
  lines: lines.map(fromLineInput),
})

const fromLineInput = ({ id, sku, quantity, unitPrice, total }: OrderLineInput): GivenLine => ({
  id: id ?? null,
  sku,
  quantity,
  unitPrice,
  total: total ?? null,
})
