import { Parent, ResolveField, Resolver } from '@nestjs/graphql'
import { Ctx, EntityNotFoundError, type ID, RequestContext } from '@vendure/core'
import { FoundVariants } from './found-variants'
import { MemberPrices, type ShownPrice } from './member-prices'
import { shownPrice } from './shown'

type Price = { value: number } | { min: number; max: number }
type Found = { productId: ID; productVariantId: ID; price: Price; priceWithTax: Price }

/** The index holds one price for everybody: what a search found is priced for whoever searches. */
@Resolver('SearchResult')
export class SearchPriceResolver {
  constructor(
    private readonly prices: MemberPrices,
    private readonly found: FoundVariants,
  ) {}

  @ResolveField()
  price(@Ctx() ctx: RequestContext, @Parent() result: Found): Promise<Price> {
    return this.shown(ctx, result, result.price, ({ net, price }) => net(price))
  }

  @ResolveField()
  priceWithTax(@Ctx() ctx: RequestContext, @Parent() result: Found): Promise<Price> {
    return this.shown(ctx, result, result.priceWithTax, ({ gross, price }) => gross(price))
  }

  @ResolveField()
  async regulars(@Ctx() ctx: RequestContext, @Parent() result: Found) {
    const variant = await this.found.byId(ctx, result.productVariantId)
    if (variant === undefined) throw new EntityNotFoundError('ProductVariant', result.productVariantId)
    return shownPrice(await this.prices.of(ctx, variant))
  }

  /** One variant's price, or from the cheapest to the dearest where the search groups by product. */
  private async shown(ctx: RequestContext, result: Found, indexed: Price, amount: (price: ShownPrice) => number): Promise<Price> {
    if ('value' in indexed) {
      const variant = await this.found.byId(ctx, result.productVariantId)
      return variant === undefined ? indexed : { value: amount(await this.prices.of(ctx, variant)) }
    }
    const variants = await this.found.ofProduct(ctx, result.productId)
    const amounts = await Promise.all(variants.map(async (variant) => amount(await this.prices.of(ctx, variant))))
    return amounts.length === 0 ? indexed : { min: Math.min(...amounts), max: Math.max(...amounts) }
  }
}
