import { Arg, Authorized, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { fromProductInput, ProductInput } from './product.schema.ts'
import { upsertProducts } from './product.service.ts'

@Resolver()
export class ProductStorefront {
  @Authorized('PLUGIN')
  @Mutation(() => Int, {
    description: 'Creates or updates catalogue products by sku; answers with how many. At most 1,000 a call. Plugin key.',
  })
  async upsertProducts(
    @Arg('products', () => [ProductInput], { description: 'At most 1,000.' }) products: ProductInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await upsertProducts(world, products.map(fromProductInput)))
  }
}
