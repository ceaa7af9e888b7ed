import { Arg, Authorized, Ctx, Float, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { type AdminCustomer, AdminCustomerConnection, toAdminCustomer } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { asked, BY, FROM, QUERY, TO } from './asked.view.ts'
import { DistributionView, MeasureName, toHourView, toPartView, WeekdayHourView } from './distribution.schema.ts'
import { barsCsv, customersBehind, distribution, weekdayHours } from './distribution.service.ts'
import type { Measure } from './measured.model.ts'

@Resolver()
export class DistributionAdmin {
  @Authorized('insights:read')
  @Query(() => DistributionView, {
    description: 'How a measure is spread out over the shop, or over each part of it: percentiles, histogram and typical groups.',
  })
  async distribution(
    @Arg('of', () => MeasureName, { description: 'What is spread out.' }) measure: Measure,
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Arg('by', () => String, { nullable: true, description: BY }) by: string | null,
    @Arg('bands', () => [Float], {
      nullable: true,
      description: 'Your own lower bounds, rising from 0 on, at most 100; amounts in minor units. Absent: chosen from the data.',
    })
    bands: number[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<DistributionView> {
    const parts = unwrap(await distribution(world, measure, asked(query, from, to), by ?? null, bands ?? null))
    return { measure, parts: parts.map((part) => toPartView(measure, part)), csv: barsCsv(parts) }
  }

  @Authorized('insights:read')
  @Query(() => AdminCustomerConnection, {
    description: 'The customers behind a bar of a distribution: those with a value in the band. Keyset pagination, at most 250 a page.',
  })
  async customersBehind(
    @Arg('of', () => MeasureName, { description: 'What was spread out.' }) measure: Measure,
    @Arg('atLeast', () => Float, { description: "The bar's `from`; amounts in minor units." }) atLeast: number,
    @Arg('below', () => Float, { nullable: true, description: "The bar's `below`; absent: without an end." }) below: number | null,
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Arg('by', () => String, { nullable: true, description: BY }) by: string | null,
    @Arg('part', () => String, { nullable: true, description: 'With `by`: in which part; absent: where it is not known.' }) part:
      | string
      | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminCustomer>> {
    const request = unwrap(pageRequest(first, after, { isKey: isUuid }))
    const band = { measure, by: by ?? null, part: by ? (part ?? null) : '', from: atLeast, below: below ?? null }
    const found = unwrap(await customersBehind(world, band, asked(query, from, to), request))
    return toConnection(found.page, toAdminCustomer, found.count)
  }

  @Authorized('insights:read')
  @Query(() => [WeekdayHourView], {
    description: "Orders by weekday and hour of the shop's clock; hours without an order are left out. At most 50 parts.",
  })
  async weekdayHours(
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Arg('by', () => String, { nullable: true, description: BY }) by: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<WeekdayHourView[]> {
    return unwrap(await weekdayHours(world, asked(query, from, to), by ?? null)).map(toHourView)
  }
}
