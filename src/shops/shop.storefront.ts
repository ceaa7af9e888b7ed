import { Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { StorefrontShop, toStorefrontShop } from './shop.schema.ts'
import { readShop } from './shop.service.ts'

@Resolver()
export class ShopStorefront {
  @Authorized('STOREFRONT')
  @Query(() => StorefrontShop, { description: 'The shop of the key.' })
  async shop(@Ctx() { world }: ApiContext): Promise<StorefrontShop> {
    return toStorefrontShop(await readShop(world))
  }
}
