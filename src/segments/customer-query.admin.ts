import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { type AdminCustomer, AdminCustomerConnection, toAdminCustomer } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { SegmentPreviewView } from './customer-query.schema.ts'
import { countCustomers, previewQuery, searchCustomers } from './customer-query.service.ts'

@Resolver()
export class CustomerQueryAdmin {
  @Authorized('customers:read')
  @Query(() => AdminCustomerConnection, {
    description:
      '`query` is a customer query (segments); empty: everyone. Keyset pagination, at most 250 a page. A wrong query is BAD_QUERY.',
  })
  async customers(
    @Arg('query', () => String, { nullable: true, description: 'A customer query; empty: everyone.' }) query: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminCustomer>> {
    const found = unwrap(await searchCustomers(world, query ?? null, unwrap(pageRequest(first, after, { isKey: isUuid }))))
    return toConnection(found, toAdminCustomer, async () => unwrap(await countCustomers(world, query ?? null)))
  }

  @Authorized('customers:read')
  @Query(() => SegmentPreviewView, {
    description:
      'Parses a customer query and counts whom it holds now; a wrong query is the error BAD_QUERY with line, column and what was expected.',
  })
  async previewSegment(
    @Arg('query', () => String, { description: 'A customer query; empty: everyone.' }) query: string,
    @Ctx() { world }: ApiContext,
  ): Promise<SegmentPreviewView> {
    const preview = unwrap(await previewQuery(world, query))
    return { ...preview, sample: preview.sample.map(toAdminCustomer) }
  }
}
