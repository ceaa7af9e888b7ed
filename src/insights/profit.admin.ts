import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { toCsv } from '../shell/csv.ts'
import { asked, BY, FROM, QUERY, TO } from './asked.view.ts'
import {
  CohortView,
  FirstOrderThing,
  MonthView,
  ParetoMeasure,
  ParetoView,
  RegularsRowView,
  RepurchaseRateView,
  SecondOrdersView,
  toCohortViews,
  toMonthView,
  toParetoView,
  toRegularsView,
  toSecondOrdersView,
} from './profit.schema.ts'
import { cohorts, newAndReturning, type ParetoBy, pareto, repurchaseRates, secondOrders, whatMakesRegulars } from './profit.service.ts'
import type { FirstThing } from './profit.store.ts'
import { rateOf } from './wilson.rules.ts'

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
    const csv = toCsv(
      ['percent', 'customers', 'value'],
      found.points.map((point) => [point.percent, point.customers, point.value]),
    )
    return toParetoView(measure, found, csv)
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
    return toSecondOrdersView(unwrap(await secondOrders(world, asked(query, from, to))), rateOf)
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
}
