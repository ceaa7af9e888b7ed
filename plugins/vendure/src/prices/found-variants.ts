import { Injectable } from '@nestjs/common'
import {
  type ID,
  ProductVariant,
  ProductVariantService,
  type RequestContext,
  RequestContextCacheService,
  TransactionalConnection,
} from '@vendure/core'
import DataLoader from 'dataloader'
import { In, IsNull } from 'typeorm'

/** The variants behind a page of search results, in one query a page. */
@Injectable()
export class FoundVariants {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly variants: ProductVariantService,
    private readonly requests: RequestContextCacheService,
  ) {}

  byId(ctx: RequestContext, id: ID): Promise<ProductVariant | undefined> {
    const loader = this.requests.get(
      ctx,
      'regulars-found-variants',
      () =>
        new DataLoader(async (ids: readonly ID[]) => {
          const found = await this.find(ctx, { id: In([...ids]) })
          return ids.map((asked) => found.find((variant) => String(variant.id) === String(asked)))
        }),
    )
    return loader.load(id)
  }

  ofProduct(ctx: RequestContext, id: ID): Promise<ProductVariant[]> {
    const loader = this.requests.get(
      ctx,
      'regulars-found-products',
      () =>
        new DataLoader(async (ids: readonly ID[]) => {
          const found = await this.find(ctx, { productId: In([...ids]) })
          return ids.map((asked) => found.filter((variant) => String(variant.productId) === String(asked)))
        }),
    )
    return loader.load(id)
  }

  private async find(ctx: RequestContext, where: object): Promise<ProductVariant[]> {
    const found = await this.connection.getRepository(ctx, ProductVariant).find({
      where: { ...where, enabled: true, deletedAt: IsNull(), channels: { id: ctx.channelId } },
      relations: { productVariantPrices: true, taxCategory: true },
    })
    return Promise.all(found.map((variant) => this.variants.applyChannelPriceAndTax(variant, ctx)))
  }
}
