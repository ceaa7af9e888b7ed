import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { StorefrontOrder } from '../orders/order.schema.ts'
import type { World } from '../shell/world.ts'
import { StorefrontSurprise } from './surprise.schema.ts'
import { surprisesOf } from './surprise.service.ts'

const SURPRISES = Symbol('surprises of orders')

@Resolver(() => StorefrontOrder)
export class OrderSurprisesStorefront {
  @FieldResolver(() => [StorefrontSurprise], {
    description: 'What was drawn with it, one entry an offer; of an order that was called off at once nothing.',
  })
  surprises(@Root() { id }: StorefrontOrder, @Ctx() context: ApiContext): Promise<readonly StorefrontSurprise[]> {
    return loaderOf(context, SURPRISES, drawnWith).load(id)
  }
}

const drawnWith = async (ids: readonly string[], world: World) => surprisesOf(world, ids)
