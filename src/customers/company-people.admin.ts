import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { AdminCompany } from '../companies/company.schema.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { numbersOfPeople, type PeopleWanted, peopleOf } from './company-people.service.ts'
import { type AdminCustomer, AdminCustomerConnection, toAdminCustomer } from './customer.schema.ts'

const PAGES = Symbol('people of companies')
const COUNTS = Symbol('numbers of people of companies')

@Resolver(() => AdminCompany)
export class CompanyPeopleAdmin {
  @FieldResolver(() => AdminCustomerConnection, { description: 'Who buys for it, in the order of their ids. At most 250 a page.' })
  async people(
    @Root() company: AdminCompany,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<AdminCustomer>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isUuid }))
    const found = await loaderOf(context, PAGES, (wanted: readonly PeopleWanted[], world) => peopleOf(world, wanted)).load({
      companyId: company.id,
      request,
    })
    const count = () => loaderOf(context, COUNTS, (ids: readonly string[], world) => numbersOfPeople(world, ids)).load(company.id)
    return toConnection(found, toAdminCustomer, count)
  }
}
