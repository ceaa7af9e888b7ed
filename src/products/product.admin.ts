import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageUnder } from '../api/shared/parent-pages.ts'
import { isInstantText } from '../kernel/clock.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import type { World } from '../shell/world.ts'
import {
  AdminProduct,
  ProductConnection,
  ProductPriceConnection,
  type ProductPriceView,
  toAdminProduct,
  toProductPriceView,
} from './product.schema.ts'
import { countPriceHistories, countProducts, findProduct, listPriceHistories, listProducts } from './product.service.ts'

const PRICES = Symbol('prices of products')
const PRICE_COUNTS = Symbol('how many prices products have had')

@Resolver(() => AdminProduct)
export class ProductAdmin {
  @Authorized('products:read')
  @Query(() => AdminProduct, { nullable: true, description: 'The product of this sku; null when the catalogue has none.' })
  async product(
    @Arg('sku', () => String, { description: 'Byte for byte.' }) sku: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminProduct | null> {
    const product = await findProduct(world, sku)
    return product && toAdminProduct(product)
  }

  @Authorized('products:read')
  @Query(() => ProductConnection, { description: "The catalogue, in the order of the skus' bytes. At most 250 a page." })
  async products(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: "The last page's endCursor." }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminProduct>> {
    const request = unwrap(pageRequest(first, after, { isKey: isPlain }))
    return toConnection(await listProducts(world, request), toAdminProduct, () => countProducts(world))
  }

  @FieldResolver(() => ProductPriceConnection, { description: 'What its prices have been, the newest first. At most 250 a page.' })
  async priceHistory(
    @Root() { sku }: AdminProduct,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: "The last page's endCursor." }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<ProductPriceView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isInstantText }))
    const prices = await pageUnder(context, PRICES, sku, request, listPriceHistories)
    return toConnection(prices, toProductPriceView, () => loaderOf(context, PRICE_COUNTS, countOf).load(sku))
  }
}

const countOf = (skus: readonly string[], world: World) => countPriceHistories(world, skus)
