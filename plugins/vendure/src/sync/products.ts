import { Inject, Injectable } from '@nestjs/common'
import type { ProductInput, Storefront } from '@regulars/client'
import {
  Collection,
  type ID,
  ProductVariant,
  ProductVariantService,
  type RequestContext,
  TransactionalConnection,
  TranslatorService,
} from '@vendure/core'
import { In, IsNull, MoreThan } from 'typeorm'
import { SETTINGS, type Settings } from '../options'

/** Vendure's variants are the engine's products: what has a sku and a price. */
@Injectable()
export class ProductSync {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly connection: TransactionalConnection,
    private readonly variants: ProductVariantService,
    private readonly translator: TranslatorService,
  ) {}

  async send(ctx: RequestContext, storefront: Storefront, ids: readonly ID[]): Promise<void> {
    const variants = await this.connection.getRepository(ctx, ProductVariant).find({
      where: { id: In([...ids]), deletedAt: IsNull(), channels: { id: ctx.channelId } },
      relations: {
        product: { facetValues: { facet: true } },
        facetValues: { facet: true },
        collections: true,
        productVariantPrices: true,
        taxCategory: true,
      },
      relationLoadStrategy: 'query',
    })
    const collections = await this.collections(ctx)
    const products: ProductInput[] = []
    for (const variant of variants) {
      await this.variants.applyChannelPriceAndTax(variant, ctx)
      products.push(this.told(this.translator.translate(variant, ctx, ['product']), collections))
    }
    if (products.length > 0) await storefront.upsertProducts({ products })
  }

  async after(ctx: RequestContext, id: ID, take: number): Promise<ID[]> {
    const where = { id: MoreThan(id), deletedAt: IsNull(), channels: { id: ctx.channelId } }
    const found = await this.connection.getRepository(ctx, ProductVariant).find({ where, order: { id: 'ASC' }, take, select: { id: true } })
    return found.map((variant) => variant.id)
  }

  async ofProduct(ctx: RequestContext, productId: ID): Promise<ID[]> {
    const found = await this.connection
      .getRepository(ctx, ProductVariant)
      .find({ where: { productId, deletedAt: IsNull() }, select: { id: true } })
    return found.map((variant) => variant.id)
  }

  private told(variant: ProductVariant, collections: ReadonlyMap<string, Collection>): ProductInput {
    const values = [...(variant.product.facetValues ?? []), ...(variant.facetValues ?? [])]
    const brand = values.find(({ facet }) => facet.code === 'brand')?.code
    return {
      sku: variant.sku,
      name: variant.name,
      listPrice: variant.listPrice,
      tags: [...new Set(values.map(({ facet, code }) => `${facet.code}:${code}`))],
      categoryPaths: (variant.collections ?? []).map((collection) => pathOf(collection, collections)),
      launchedAt: variant.product.createdAt.toISOString(),
      ...(brand && { brand }),
      ...this.settings.product?.(variant),
    }
  }

  private async collections(ctx: RequestContext): Promise<ReadonlyMap<string, Collection>> {
    const all = await this.connection.getRepository(ctx, Collection).find()
    return new Map(all.map((collection) => [String(collection.id), this.translator.translate(collection, ctx)]))
  }
}

/** From the root down, by slugs. */
function pathOf(leaf: Collection, collections: ReadonlyMap<string, Collection>): string[] {
  const path: string[] = []
  for (let at = collections.get(String(leaf.id)); at !== undefined && !at.isRoot; at = collections.get(String(at.parentId)))
    path.unshift(at.slug)
  return path
}
