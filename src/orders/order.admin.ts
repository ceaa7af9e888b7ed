import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { AdminCustomer, toAdminCustomer } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { pageRequest } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import { isOrderKey } from './order.model.ts'
import { AdminOrder, OrderConnection, OrderLineView, toAdminOrder } from './order.schema.ts'
import { countOrders, findOrder, linesOf, listOrders } from './order.service.ts'

const LINES = Symbol('lines of orders')
const CUSTOMERS = Symbol('customers of orders')

@Resolver(() => AdminOrder)
export class OrderAdmin {
  @Authorized('customers:read')
  @Query(() => AdminOrder, { nullable: true, description: 'The order of this external id; null when the shop knows of none.' })
  async order(
    @Arg('externalId', () => String, { description: 'By which the shop knows the order.' }) externalId: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminOrder | null> {
    const order = await findOrder(world, externalId)
    return order && toAdminOrder(order)
  }

  @Authorized('customers:read')
  @Query(() => OrderConnection, { description: "The shop's orders, the newest first. At most 250 a page." })
  async orders(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminOrder>> {
    const request = unwrap(pageRequest(first, after, { isKey: isOrderKey }))
    return toConnection(await listOrders(world, request), toAdminOrder, () => countOrders(world))
  }

  @FieldResolver(() => [OrderLineView], { description: 'What was sold.' })
  async lines(@Root() { id }: AdminOrder, @Ctx() context: ApiContext): Promise<readonly OrderLineView[]> {
    return loaderOf(context, LINES, (ids: readonly string[], world) => linesOf(world, ids)).load(id)
  }

  @FieldResolver(() => AdminCustomer, { nullable: true, description: "Whose it is; null: a guest's." })
  async customer(@Root() { customerId }: AdminOrder, @Ctx() context: ApiContext): Promise<AdminCustomer | null> {
    return customerId === null ? null : loaderOf(context, CUSTOMERS, readCustomers).load(customerId)
  }
}

async function readCustomers(ids: readonly string[], world: World): Promise<(AdminCustomer | null)[]> {
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, customer]))
  return ids.map((id) => {
    const customer = found.get(id)
    return customer === undefined ? null : toAdminCustomer(customer)
  })
}
