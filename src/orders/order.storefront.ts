import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { toCustomerRef } from '../customers/customer.schema.ts'
import { instant } from '../kernel/clock.ts'
import type { GivenLine, GivenOrder } from './given-order.model.ts'
import { OrderInput, type OrderLineInput, StorefrontOrder, toStorefrontOrder } from './order.schema.ts'
import { findOrder } from './order.service.ts'
import { recordOrders } from './recording.service.ts'

@Resolver()
export class OrderStorefront {
  @Authorized('PLUGIN')
  @Query(() => StorefrontOrder, {
    nullable: true,
    description: 'The order of this external id; null when the shop knows of none. Plugin key.',
  })
  async order(
    @Arg('externalId', () => String, { description: 'By which the shop knows the order.' }) externalId: string,
    @Ctx() { world }: ApiContext,
  ): Promise<StorefrontOrder | null> {
    const order = await findOrder(world, externalId)
    return order && toStorefrontOrder(order)
  }

  @Authorized('PLUGIN')
  @Mutation(() => [StorefrontOrder], {
    description:
      'Records orders that were placed without a reservation (history, other channels), idempotent by externalId; all of them or none. At most 500 a call. Plugin key.',
  })
  async recordOrders(
    @Arg('orders', () => [OrderInput], { description: 'Each externalId once.' }) orders: OrderInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<StorefrontOrder[]> {
    return unwrap(await recordOrders(world, orders.map(fromOrderInput))).map(toStorefrontOrder)
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
