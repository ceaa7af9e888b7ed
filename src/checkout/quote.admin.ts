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
    @Arg('at', () => DateTime, {
      nullable: true,
      description:
        "When; absent: now. In the past: by the rules, settings, tiers, list and floor prices of then, the customer's tier of then, and what had become of limited offers, coupons and private links by then; what has no history (tags, attributes, statistics, the company, a product's categories, brand and tags) is as now. Before the shop's own history everything is as now. In the future: with what is set to go into force by then.",
    })
    at: Date | null,
    @Arg('withDrafts', () => [String], { nullable: true, description: 'Codes of drafts to be taken as published.' }) withDrafts:
      | string[]
      | null,
    @Ctx() { world }: ApiContext,
  ): Promise<QuoteView> {
    const ref = customer ? unwrap(toCustomerRef(customer, 'customer')) : null
    const wanted = { ref, at: at ? instant(at) : null, drafts: withDrafts ?? [] }
    return toQuoteView(unwrap(await previewQuote(world, wanted, toWantedCart(cart))))
  }
}
