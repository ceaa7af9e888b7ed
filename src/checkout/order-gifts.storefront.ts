import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { StorefrontOrder } from '../orders/order.schema.ts'
import { QuoteGiftView } from './quote.schema.ts'
import { giftsOf } from './return.service.ts'

const GIFTS = Symbol('gifts of orders')

@Resolver(() => StorefrontOrder)
export class OrderGiftsStorefront {
  @FieldResolver(() => [QuoteGiftView], { description: 'What was given with it: due back once all of it is returned.' })
  gifts(@Root() { id }: StorefrontOrder, @Ctx() context: ApiContext): Promise<readonly QuoteGiftView[]> {
    return loaderOf(context, GIFTS, (ids: readonly string[], world) => giftsOf(world, ids)).load(id)
  }
}
