import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { StorefrontOrder, toStorefrontOrder } from './order.schema.ts'
import { findOrder } from './order.service.ts'

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
}
