import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminOrder } from '../orders/order.schema.ts'
import type { World } from '../shell/world.ts'
import { AdminSurprise, toAdminSurprise } from './surprise.schema.ts'
import { surprisesOf } from './surprise.service.ts'

const SURPRISES = Symbol('surprises of orders')

@Resolver(() => AdminOrder)
export class OrderSurprisesAdmin {
  @FieldResolver(() => [AdminSurprise], {
    description: 'What was drawn with it, one entry an offer; of an order that was called off at once nothing.',
  })
  surprises(@Root() { id }: AdminOrder, @Ctx() context: ApiContext): Promise<readonly AdminSurprise[]> {
    return loaderOf(context, SURPRISES, drawnWith).load(id)
  }
}

const drawnWith = async (ids: readonly string[], world: World) => (await surprisesOf(world, ids)).map((drawn) => drawn.map(toAdminSurprise))
