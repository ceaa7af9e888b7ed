import { Parent, ResolveField, Resolver } from '@nestjs/graphql'
import { Ctx, ProductVariant, RequestContext } from '@vendure/core'
import { MemberPrices } from './member-prices'
import { shownPrice } from './shown'

/** Stands before Vendure's own price fields in the Shop API: orders, jobs and the Admin API keep the list price. */
@Resolver('ProductVariant')
export class VariantPriceResolver {
  constructor(private readonly prices: MemberPrices) {}

  @ResolveField()
  async price(@Ctx() ctx: RequestContext, @Parent() variant: ProductVariant): Promise<number> {
    const shown = await this.prices.of(ctx, variant)
    return shown.net(shown.price)
  }

  @ResolveField()
  async priceWithTax(@Ctx() ctx: RequestContext, @Parent() variant: ProductVariant): Promise<number> {
    const shown = await this.prices.of(ctx, variant)
    return shown.gross(shown.price)
  }

  @ResolveField()
  async regulars(@Ctx() ctx: RequestContext, @Parent() variant: ProductVariant) {
    return shownPrice(await this.prices.of(ctx, variant))
  }
}
