import { Arg, Authorized, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { CompanyInput, toWantedCompany } from '../companies/company.schema.ts'
import { upsertCompanies } from '../companies/company.service.ts'
import { forgetPeople } from './company-people.service.ts'

@Resolver()
export class CompanyPeopleStorefront {
  @Authorized('PLUGIN')
  @Mutation(() => Int, {
    description:
      'Creates or updates companies by external id. At most 500 a call. Plugin key. How many companies were named is the answer.',
  })
  async upsertCompanies(
    @Arg('companies', () => [CompanyInput], { description: 'All of them or none.' }) companies: CompanyInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await upsertCompanies(world, companies.map(toWantedCompany), forgetPeople))
  }
}
