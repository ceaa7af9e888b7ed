import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCustomer, toAdminCustomer } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import type { World } from '../shell/world.ts'
import { PrivateLinkCustomerView } from './link.schema.ts'

const CUSTOMERS = Symbol('people of links')

@Resolver(() => PrivateLinkCustomerView)
export class LinkCustomerAdmin {
  @FieldResolver(() => AdminCustomer, { description: 'Who.' })
  async customer(@Root() { customerId }: PrivateLinkCustomerView, @Ctx() context: ApiContext): Promise<AdminCustomer> {
    return toAdminCustomer(
      await loaderOf(context, CUSTOMERS, (ids: readonly string[], world: World) => customersByIds(world, ids)).load(customerId),
    )
  }
}
