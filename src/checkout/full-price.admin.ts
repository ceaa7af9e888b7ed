import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { AdminCustomer, toAdminCustomer } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import type { FullPriceTotal } from './full-price.model.ts'
import { FullPriceBuyerConnection, FullPriceBuyerView, toFullPriceBuyerView } from './full-price.schema.ts'
import { countBuyers, csvOfBuyers, recentFullPriceBuyers, totalOfBuyers } from './full-price.service.ts'

const CUSTOMERS = Symbol('customers who paid the full price')
const SKUS = 'Byte for byte; 1 to 100.'
const DAYS = 'How many days back; 1 to 3650.'

@Resolver(() => FullPriceBuyerView)
export class FullPriceAdmin {
  @Authorized('customers:read')
  @Query(() => FullPriceBuyerConnection, {
    description:
      'Customers who bought these products in the last days at the full list price of then (no rule took anything) and kept them: to be left out of discount messages, or to be made good the difference. Counted orders; of an order without reservation the list price is that of the catalogue when it was placed, before its first price that one. At most 250 a page.',
  })
  async recentFullPriceBuyers(
    @Arg('skus', () => [String], { description: SKUS }) skus: string[],
    @Arg('days', () => Int, { description: DAYS }) days: number,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: "The last page's endCursor." }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<FullPriceBuyerView> & { total: () => Promise<FullPriceTotal> }> {
    const asked = { skus, days }
    const found = unwrap(await recentFullPriceBuyers(world, asked, unwrap(pageRequest(first, after, { isKey: isUuid }))))
    return {
      ...toConnection(found, toFullPriceBuyerView, () => countBuyers(world, asked)),
      total: async () => unwrap(await totalOfBuyers(world, asked)),
    }
  }

  @Authorized('segments:export')
  @Query(() => String, {
    description:
      'The same, all of them, as CSV: one line a customer and sku, amounts in minor units. A cell that a spreadsheet would take for a formula begins with an apostrophe. At most 50,000 customers (TOO_MANY_ITEMS). Who took it stands in the audit log.',
  })
  async recentFullPriceBuyersCsv(
    @Arg('skus', () => [String], { description: SKUS }) skus: string[],
    @Arg('days', () => Int, { description: DAYS }) days: number,
    @Ctx() { world }: ApiContext,
  ): Promise<string> {
    return unwrap(await csvOfBuyers(world, { skus, days }))
  }

  @FieldResolver(() => AdminCustomer, { description: 'Who it is.' })
  async customer(@Root() { customerId }: FullPriceBuyerView, @Ctx() context: ApiContext): Promise<AdminCustomer> {
    return loaderOf(context, CUSTOMERS, readCustomers).load(customerId)
  }
}

async function readCustomers(ids: readonly string[], world: World): Promise<AdminCustomer[]> {
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, customer]))
  return ids.map((id) => {
    const customer = found.get(id)
    if (customer === undefined) throw new Error(`customer ${id} is gone`)
    return toAdminCustomer(customer)
  })
}
