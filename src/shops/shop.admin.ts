import { Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { AdminShop, toAdminShop } from './shop.schema.ts'
import { readShop } from './shop.service.ts'

// updateShop is at orders/shop-settings.admin.ts: what counts as an order follows from it.

@Resolver()
export class ShopAdmin {
  @Authorized('shop:read')
  @Query(() => AdminShop, { description: 'The shop of the key, with its settings.' })
  async shop(@Ctx() { world }: ApiContext): Promise<AdminShop> {
    return toAdminShop(await readShop(world))
  }
}
