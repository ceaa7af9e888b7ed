import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { asked, BY, FROM, QUERY, TO } from './asked.view.ts'
import type { FirstThing, ParetoBy } from './profit.model.ts'
import {
  CohortView,
  FirstOrderThing,
  MonthView,
  ParetoMeasure,
  ParetoView,
  RegularsRowView,
  RepurchaseRateView,
  RfmCellView,
  SecondOrdersView,
  toCohortViews,
  toMonthView,
  toParetoView,
  toRegularsView,
  toRfmCell,
  toSecondOrdersView,
} from './profit.schema.ts'
import { cohorts, newAndReturning, pareto, paretoCsv, repurchaseRates, rfmGrid, secondOrders, whatMakesRegulars } from './profit.service.ts'

const FIRST_FROM = 'Customers whose first order ever is from then on; absent: from the first.'
const FIRST_TO = 'Customers whose first order ever is before then; absent: up to the last.'

@Resolver()
export class ProfitAdmin {
  @Authorized('insights:read')
  @Query(() => ParetoView, {
    description: 'Who brings the revenue, or the profit: what the best 1, 2, 3 … 100 percent of the customers brought.',
  })
  async pareto(
    @Arg('by', () => ParetoMeasure, { nullable: true, defaultValue: ParetoMeasure.REVENUE, description: 'What they bring.' })
    by: ParetoBy | null,
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ParetoView> {
    const measure = by ?? 'REVENUE'
    const found = unwrap(await pareto(world, asked(query, from, to), measure))
    return toParetoView(measure, found, paretoCsv(found))
  }

  @Authorized('insights:read')
  @Query(() => [MonthView], { description: "New against returning customers, month by month of the shop's calendar." })
  async newAndReturning(
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<MonthView[]> {
    return unwrap(await newAndReturning(world, asked(query, from, to))).map(toMonthView)
  }

  @Authorized('insights:read')
  @Query(() => [CohortView], { description: 'Retention: customers by the month of their first order ever, and what became of them.' })
  async cohorts(
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FIRST_FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: FIRST_TO }) to: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<CohortView[]> {
    return toCohortViews(unwrap(await cohorts(world, asked(query, from, to))))
  }

  @Authorized('insights:read')
  @Query(() => SecondOrdersView, { description: 'How many come back after their first order, and when.' })
  async secondOrders(
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FIRST_FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: FIRST_TO }) to: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<SecondOrdersView> {
    return toSecondOrdersView(unwrap(await secondOrders(world, asked(query, from, to))))
  }

  @Authorized('insights:read')
  @Query(() => [RegularsRowView], {
    description: 'Which first product, category, brand, channel or offer makes a regular: the 50 with the most customers.',
  })
  async whatMakesRegulars(
    @Arg('by', () => FirstOrderThing, { description: 'What in the first order.' }) by: FirstThing,
    @Arg('withinDays', () => Int, { nullable: true, defaultValue: 90, description: 'Came back within so many days; 1 to 3650.' })
    withinDays: number | null,
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FIRST_FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: FIRST_TO }) to: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<RegularsRowView[]> {
    return unwrap(await whatMakesRegulars(world, asked(query, from, to), by, withinDays ?? 90)).map(toRegularsView)
  }

  @Authorized('insights:read')
  @Query(() => [RepurchaseRateView], {
    description: 'Of those who bought in the time: who did so twice or more, part by part, with how sure that is. At most 50 parts.',
  })
  async repurchaseRates(
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Arg('by', () => String, { nullable: true, description: BY }) by: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<RepurchaseRateView[]> {
    return unwrap(await repurchaseRates(world, asked(query, from, to), by ?? null)).map(({ value, rate }) => ({ part: value, rate }))
  }

  @Authorized('insights:read')
  @Query(() => [RfmCellView], {
    description: 'Customers by recency, frequency and monetary score, as last evaluated; combinations that nobody has are left out.',
  })
  async rfmGrid(
    @Arg('query', () => String, { nullable: true, description: 'Whom: a customer query; absent: everybody who ever bought.' }) query:
      | string
      | null,
    @Ctx() { world }: ApiContext,
  ): Promise<RfmCellView[]> {
    return unwrap(await rfmGrid(world, query ?? null)).map(toRfmCell)
  }
}
