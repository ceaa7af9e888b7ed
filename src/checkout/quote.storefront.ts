import { GraphQLError } from 'graphql'
import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import { watchGuesses } from '../api/shared/codes.ts'
import type { ApiContext } from '../api/shared/context.ts'
import { toGraphQLError, unwrap } from '../api/shared/errors.ts'
import { refuseUntrusted } from '../api/shared/trusted.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import type { Quote } from '../pricing/quote.ts'
import { atStorefront } from '../shoppers/who.ts'
import { CartInput, PriceItemInput } from './cart.schema.ts'
import { toWantedCart } from './cart.view.ts'
import { MemberPriceView } from './member-price.schema.ts'
import { QuoteView, toQuoteView } from './quote.schema.ts'
import { priceCart, priceItems } from './quote.service.ts'

@Resolver()
export class QuoteStorefront {
  @Authorized('STOREFRONT')
  @Query(() => [MemberPriceView], {
    nullable: 'items',
    description:
      'One entry per item, in the order asked; at most 250. An unknown sku gives null there and an error UNKNOWN_SKU with that path.',
  })
  async memberPrices(
    @Arg('items', () => [PriceItemInput], { description: 'What is asked for, each as a cart of its own.' }) items: PriceItemInput[],
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only; else the shopper of the token.' })
    customer: CustomerRefInput | null,
    @Ctx() context: ApiContext,
  ): Promise<(MemberPriceView | GraphQLError)[]> {
    const given = items.findIndex((item) => item.listPrice !== undefined && item.listPrice !== null)
    refuseUntrusted(context, 'listPrice', given !== -1, ['items', given, 'listPrice'])
    const { book, shopper } = await atStorefront(context, customer)
    const wanted = items.map(({ sku, quantity, listPrice }) => ({ sku, quantity: quantity ?? 1, listPrice: listPrice ?? null }))
    const answers = unwrap(await priceItems(context.world, book, shopper?.pricing ?? null, wanted))
    // An error in an item's place makes that item null and leaves the others: GraphQL gives it the item's path.
    return answers.map((answer) => (answer.ok ? answer.value : toGraphQLError(answer.problem)))
  }

  @Authorized('STOREFRONT')
  @Query(() => QuoteView, { description: 'Prices a cart and changes nothing.' })
  async quote(
    @Arg('cart', () => CartInput, { description: 'What the shopper is about to buy.' }) cart: CartInput,
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only; else the shopper of the token.' })
    customer: CustomerRefInput | null,
    @Arg('explain', () => Boolean, { nullable: true, defaultValue: false, description: 'PLUGIN keys only: with the trace of every line.' })
    explain: boolean | null,
    @Ctx() context: ApiContext,
  ): Promise<QuoteView> {
    refuseUntrusted(context, 'explain', explain === true)
    const given = cart.lines.findIndex((line) => line.listPrice !== undefined && line.listPrice !== null)
    refuseUntrusted(context, 'listPrice', given !== -1, ['cart', 'lines', given, 'listPrice'])
    const wanted = toWantedCart(cart)
    const priced = async () => {
      const { book, shopper } = await atStorefront(context, customer)
      const asked = {
        book,
        shopper: shopper?.pricing ?? null,
        customerId: shopper?.id ?? null,
        at: context.world.now,
        explain: explain ?? false,
      }
      return unwrap(await priceCart(context.world, asked, wanted))
    }
    const unknownIn = ({ refusedCodes, refusedLink }: Quote) =>
      [...refusedCodes.map(({ outcome }) => outcome), refusedLink].filter((outcome) => outcome === 'UNKNOWN_CODE').length
    const named = wanted.codes.length + (wanted.linkToken === null ? 0 : 1)
    return toQuoteView(await watchGuesses(context, named, priced, unknownIn))
  }
}
