import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminOrder } from '../orders/order.schema.ts'
import { pricingsOf } from './order-pricing.service.ts'
import { QuoteView, toQuoteView } from './quote.schema.ts'

const PRICINGS = Symbol('how orders were priced')

@Resolver(() => AdminOrder)
export class OrderPricingAdmin {
  @FieldResolver(() => QuoteView, {
    nullable: true,
    description:
      'How it was priced: the quote of its reservation, explained, whatever rules are by now. Null when the order came of no reservation; a line has no trace when the reservation was made before traces were kept.',
  })
  async pricing(@Root() { id }: AdminOrder, @Ctx() context: ApiContext): Promise<QuoteView | null> {
    const quote = await loaderOf(context, PRICINGS, (ids: readonly string[], world) => pricingsOf(world, ids)).load(id)
    return quote && toQuoteView(quote)
  }
}
