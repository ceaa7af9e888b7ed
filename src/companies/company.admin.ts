import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { AdminCompany, AdminCompanyConnection, toAdminCompany } from './company.schema.ts'
import { companyByExternalId, numberOfCompanies, pageOfCompanies } from './company.service.ts'

// upsertCompanies is at customers/company-people.storefront.ts: what is known of a company's people follows from it.

@Resolver()
export class CompanyAdmin {
  @Authorized('customers:read')
  @Query(() => AdminCompany, { nullable: true, description: 'The company with this external id; null when there is none.' })
  async company(
    @Arg('externalId', () => String, { description: 'By which the shop system knows it.' }) externalId: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCompany | null> {
    const company = await companyByExternalId(world, externalId)
    return company && toAdminCompany(company)
  }

  @Authorized('customers:read')
  @Query(() => AdminCompanyConnection, { description: 'Every company, in the order in which they were made. At most 250 a page.' })
  async companies(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminCompany>> {
    const request = unwrap(pageRequest(first, after, { isKey: isUuid }))
    return toConnection(await pageOfCompanies(world, request), toAdminCompany, () => numberOfCompanies(world))
  }
}
