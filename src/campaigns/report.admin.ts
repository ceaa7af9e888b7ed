import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { Money } from '../api/shared/scalars.ts'
import { type AdminCustomer, AdminCustomerConnection, toAdminCustomer } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { pageRequest } from '../kernel/page.ts'
import { TouchChannelName } from '../touches/touch-words.schema.ts'
import { CampaignFigure, ReportView, toReportView } from './report.schema.ts'
import { campaignCustomers, campaignReport } from './report.service.ts'
import { liftsCsv, reportCsv } from './report-csv.service.ts'

const PART = 'Of the report by this; CONTROL, TREATED, CONTROL_BOUGHT, LOST and CONTROL_LOST are not told apart so. Absent: of all.'

@Resolver()
export class ReportAdmin {
  @Authorized('campaigns:read')
  @Query(() => ReportView, {
    description:
      'What a campaign did so far: reached, bought, cost, lost, and its lift against the control group. NOT_FOUND: there is no such campaign.',
  })
  async campaignReport(
    @Arg('code', () => String, { description: 'Of the campaign.' }) code: string,
    @Arg('newCustomerCost', () => Money, {
      nullable: true,
      description: 'What a new customer costs the shop elsewhere, to be shown beside.',
    })
    newCustomerCost: Minor | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ReportView> {
    const report = unwrap(await campaignReport(world, code))
    return toReportView(report, newCustomerCost ?? null, { csv: reportCsv(report), liftsCsv: liftsCsv(report) })
  }

  @Authorized('campaigns:read')
  @Query(() => AdminCustomerConnection, {
    description:
      'The customers behind a figure of the report, in no order of meaning. At most 250 a page. NOT_FOUND: there is no such campaign.',
  })
  async campaignCustomers(
    @Arg('code', () => String, { description: 'Of the campaign.' }) code: string,
    @Arg('figure', () => CampaignFigure, { description: 'Which figure.' }) figure: `${CampaignFigure}`,
    @Arg('step', () => Int, { nullable: true, description: PART }) step: number | null,
    @Arg('channel', () => TouchChannelName, { nullable: true, description: PART }) channel: `${TouchChannelName}` | null,
    @Arg('template', () => String, { nullable: true, description: PART }) template: string | null,
    @Arg('tier', () => String, { nullable: true, description: 'Members of this tier as of joining. Absent: of all.' }) tier: string | null,
    @Arg('untouched', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'BOUGHT, RETURNED and DISCOUNTED: by orders before which nothing was sent or shown.',
    })
    untouched: boolean | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminCustomer>> {
    const request = unwrap(pageRequest(first, after, { isKey: isUuid }))
    const part = {
      step: step ?? null,
      channel: channel ?? null,
      template: template ?? null,
      tier: tier ?? null,
      untouched: untouched ?? false,
    }
    const found = unwrap(await campaignCustomers(world, code, figure, part, request))
    return toConnection(found.page, toAdminCustomer, found.count)
  }
}
