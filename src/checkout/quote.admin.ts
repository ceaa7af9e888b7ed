import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { instant } from '../kernel/clock.ts'
import { CartInput } from './cart.schema.ts'
import { toWantedCart } from './cart.view.ts'
import { previewQuote } from './preview.service.ts'
import { QuoteView, toQuoteView } from './quote.schema.ts'

@Resolver()
export class QuoteAdmin {
  @Authorized('rules:read')
  @Query(() => QuoteView, {
    description: 'Prices a cart as any customer, at any instant, with drafts named in `withDrafts` taken as published. Always explained.',
  })
  async previewQuote(
    @Arg('cart', () => CartInput, { description: 'What is to be priced.' }) cart: CartInput,
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'As whom; absent: as nobody.' })
    customer: CustomerRefInput | null,
    @Arg('at', () => DateTime, { nullable: true, description: 'When; absent: now. Rules and customer are taken as they are now.' })
    at: Date | null,
    @Arg('withDrafts', () => [String], { nullable: true, description: 'Codes of drafts to be taken as published.' }) withDrafts:
      | string[]
      | null,
    @Ctx() { world }: ApiContext,
  ): Promise<QuoteView> {
    const ref = customer ? unwrap(toCustomerRef(customer, 'customer')) : null
    const wanted = { ref, at: at ? instant(at) : world.now, drafts: withDrafts ?? [] }
    return toQuoteView(unwrap(await previewQuote(world, wanted, toWantedCart(cart))))
  }
}
