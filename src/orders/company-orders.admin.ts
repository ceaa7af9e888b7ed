import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCompany } from '../companies/company.schema.ts'
import { CustomerStatisticsView, toStatisticsView } from './statistics.schema.ts'
import { companyStatisticsOf } from './statistics.service.ts'

const STATISTICS = Symbol('statistics of companies')

@Resolver(() => AdminCompany)
export class CompanyOrdersAdmin {
  @FieldResolver(() => CustomerStatisticsView, { description: "What its people's orders that count come to together." })
  async statistics(@Root() { id }: AdminCompany, @Ctx() context: ApiContext): Promise<CustomerStatisticsView> {
    const statistics = await loaderOf(context, STATISTICS, (ids: readonly string[], world) => companyStatisticsOf(world, ids)).load(id)
    return toStatisticsView(statistics, { kind: 'COMPANY', id })
  }
}
