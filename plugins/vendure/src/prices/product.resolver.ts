import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql'
import {
  Ctx,
  type ListQueryOptions,
  Product,
  ProductVariant,
  ProductVariantService,
  type RelationPaths,
  Relations,
  RequestContext,
} from '@vendure/core'
import { Page } from './page'

/** Loads a product's variants as Vendure does, and says while it is at it. */
@Resolver('Product')
export class ProductVariantsResolver {
  constructor(
    private readonly products: ProductVariantService,
    private readonly page: Page,
  ) {}

  @ResolveField()
  async variants(
    @Ctx() ctx: RequestContext,
    @Parent() product: Product,
    @Relations({ entity: ProductVariant, omit: ['assets'] }) relations: RelationPaths<ProductVariant>,
  ) {
    const { items } = await this.load(ctx, product, {}, relations)
    return items
  }

  @ResolveField()
  variantList(
    @Ctx() ctx: RequestContext,
    @Parent() product: Product,
    @Args() args: { options: ListQueryOptions<ProductVariant> },
    @Relations({ entity: ProductVariant, omit: ['assets'] }) relations: RelationPaths<ProductVariant>,
  ) {
    return this.load(ctx, product, args.options, relations)
  }

  private load(ctx: RequestContext, product: Product, options: ListQueryOptions<ProductVariant>, relations: RelationPaths<ProductVariant>) {
    return this.page.loading(ctx, () => this.products.getVariantsByProductId(ctx, product.id, options, relations))
  }
}
