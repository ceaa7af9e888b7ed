import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageUnder } from '../api/shared/parent-pages.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { pageRequest } from '../kernel/page.ts'
import { isOrderKey } from './order.model.ts'
import { type AdminOrder, OrderConnection, toAdminOrder } from './order.schema.ts'
import { countOrdersOf, listOrdersOf } from './order.service.ts'
import { CustomerStatisticsView, toStatisticsView } from './statistics.schema.ts'
import { statisticsOf } from './statistics.service.ts'

const ORDERS = Symbol('orders of customers')
const ORDER_COUNTS = Symbol('how many orders customers have')
const STATISTICS = Symbol('statistics of customers')

@Resolver(() => AdminCustomer)
export class CustomerOrdersAdmin {
  @FieldResolver(() => CustomerStatisticsView, { description: 'What their orders that count come to, exact at every moment.' })
  async statistics(@Root() { id }: AdminCustomer, @Ctx() context: ApiContext): Promise<CustomerStatisticsView> {
    const statistics = await loaderOf(context, STATISTICS, (ids: readonly string[], world) => statisticsOf(world, ids)).load(id)
    return toStatisticsView(statistics, { kind: 'CUSTOMER', id })
  }

  @FieldResolver(() => OrderConnection, { description: 'Their orders, the newest first. At most 250 a page.' })
  async orders(
    @Root() { id }: AdminCustomer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<AdminOrder>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isOrderKey }))
    const orders = await pageUnder(context, ORDERS, id, request, listOrdersOf)
    const count = () => loaderOf(context, ORDER_COUNTS, (ids: readonly string[], world) => countOrdersOf(world, ids)).load(id)
    return toConnection(orders, toAdminOrder, count)
  }
}
