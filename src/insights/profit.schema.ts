import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Day, Money, SignedMoney } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { FigureView, toAmount, toFigure } from './figure.schema.ts'
import {
  type CohortCell,
  type GridCell,
  type Month,
  type Pareto,
  type RatedSecondOrders,
  type RatedThing,
  TOO_SMALL,
} from './profit.model.ts'

export enum ParetoMeasure {
  REVENUE = 'REVENUE',
  MARGIN = 'MARGIN',
}
registerEnumType(ParetoMeasure, {
  name: 'ParetoMeasure',
  description: 'What customers bring.',
  valuesConfig: {
    REVENUE: { description: 'What they paid, net of returns.' },
    MARGIN: { description: 'Revenue less cost of the units that were kept, of lines whose cost is known.' },
  },
})

export enum FirstOrderThing {
  PRODUCT = 'PRODUCT',
  CATEGORY = 'CATEGORY',
  BRAND = 'BRAND',
  CHANNEL = 'CHANNEL',
  OFFER = 'OFFER',
}
registerEnumType(FirstOrderThing, {
  name: 'FirstOrderThing',
  description: 'What a first order had in it.',
  valuesConfig: {
    PRODUCT: { description: 'A sku.' },
    CATEGORY: { description: 'A category at the root.' },
    BRAND: { description: 'A brand.' },
    CHANNEL: { description: 'The channel it came by; empty: none was told.' },
    OFFER: { description: 'An offer that it used, by its code.' },
  },
})

@ObjectType('Rate', { description: 'A share of customers, and how sure it is.', simpleResolvers: true })
export class RateView {
  @Field(() => Int, { description: 'Of how many customers.' }) of!: number
  @Field(() => Int, { description: 'How many of them did.' }) hits!: number
  @Field(() => Float, { description: 'hits / of; 0 to 1.' }) share!: number
  @Field(() => Float, {
    description: "The lower end of Wilson's 95 % score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927).",
  })
  low!: number
  @Field(() => Float, { description: 'The upper end of the interval.' }) high!: number
  @Field(() => Boolean, { description: `True below ${TOO_SMALL} customers: no conclusion should be drawn.` }) isTooSmall!: boolean
}

@ObjectType('ParetoPoint', { description: 'A point of the curve.', simpleResolvers: true })
export class ParetoPointView {
  @Field(() => Int, { description: 'The best so many percent of the customers who bought; 1 to 100.' }) percent!: number
  @Field(() => Int, { description: 'How many customers these are, rounded up.' }) customers!: number
  @Field(() => SignedMoney, { description: 'What they brought together.' }) value!: number
  @Field(() => Float, {
    nullable: true,
    description: 'Of what all brought, 0 to 1; above 1 where others brought a loss. Null when all brought nothing.',
  })
  share!: number | null
}

@ObjectType('Pareto', { description: 'Who brings it: the best customers first.', simpleResolvers: true })
export class ParetoView {
  @Field(() => ParetoMeasure, { description: 'What was asked for.' }) measure!: keyof typeof ParetoMeasure
  @Field(() => Int, { description: 'Customers who bought in the time.' }) customers!: number
  @Field(() => SignedMoney, { description: 'What all of them brought.' }) total!: number
  @Field(() => Float, { nullable: true, description: 'The share that the best fifth brought.' }) top20Share!: number | null
  @Field(() => Int, { description: 'The fewest customers who together brought four fifths.' }) customersFor80!: number
  @Field(() => Float, { nullable: true, description: 'MARGIN: the share of revenue whose cost is known, 0 to 1; the rest is left out.' })
  knownCostShare!: number | null
  @Field(() => [ParetoPointView], { description: 'At 1, 2, 3 … 100 percent; empty when nobody bought.' }) points!: ParetoPointView[]
  @Field(() => String, { description: 'The points as CSV, amounts in minor units.' }) csv!: string
}

@ObjectType('NewAndReturningMonth', { description: "A month of the shop's calendar.", simpleResolvers: true })
export class MonthView {
  @Field(() => Day, { description: "The month's first day." }) month!: string
  @Field(() => Int, { description: 'Customers whose first order ever is in it.' }) newCustomers!: number
  @Field(() => Int, { description: 'Customers who bought in it and in a month before it.' }) returningCustomers!: number
  @Field(() => Int, { description: 'Orders of both.' }) orders!: number
  @Field(() => Money, { description: 'What the new ones paid in it.' }) newRevenue!: Minor
  @Field(() => Money, { description: 'What the returning ones paid in it.' }) returningRevenue!: Minor
}
export const toMonthView = ({ newRevenue, returningRevenue, ...month }: Month): MonthView => ({
  ...month,
  newRevenue: toAmount(newRevenue),
  returningRevenue: toAmount(returningRevenue),
})

@ObjectType('CohortMonth', { description: 'What a cohort did in one month.', simpleResolvers: true })
export class CohortMonthView {
  @Field(() => Int, { description: '0: the month of the first order itself.' }) monthsLater!: number
  @Field(() => Int, { description: 'Customers of the cohort who bought in it.' }) customers!: number
  @Field(() => Float, { description: 'Of the cohort, 0 to 1.' }) share!: number
  @Field(() => Money, { description: 'What they paid in it.' }) revenue!: Minor
}

@ObjectType('Cohort', { description: 'Customers whose first order ever is in one month.', simpleResolvers: true })
export class CohortView {
  @Field(() => Day, { description: "The month's first day, by the shop's calendar." }) month!: string
  @Field(() => Int, { description: 'How many they are.' }) customers!: number
  @Field(() => [CohortMonthView], { description: 'Month after month; those in which none of them bought are left out.' })
  months!: CohortMonthView[]
}

export function toCohortViews(cells: readonly CohortCell[]): CohortView[] {
  return Array.from(
    Map.groupBy(cells, (cell) => cell.cohort),
    ([month, own]) => {
      const customers = own.find((cell) => cell.monthsLater === 0)?.customers ?? 0
      const months = own.map(({ monthsLater, customers: there, revenue }) => ({
        monthsLater,
        customers: there,
        share: customers === 0 ? 0 : there / customers,
        revenue: toAmount(revenue),
      }))
      return { month, customers, months }
    },
  )
}

@ObjectType('SecondOrderWithin', { description: 'Who came back in time.', simpleResolvers: true })
export class SecondOrderWithinView {
  @Field(() => Int, { description: '7, 30, 60, 90, 180 and 365.' }) days!: number
  @Field(() => RateView, {
    description: 'Of customers whose first order is so many days ago or longer: of the others it is not known yet.',
  })
  rate!: RateView
}

@ObjectType('SecondOrderDay', { description: 'Customers by the days between their first and their second order.', simpleResolvers: true })
export class SecondOrderDayView {
  @Field(() => Int, { description: 'Whole days: 0 is less than a day.' }) day!: number
  @Field(() => Int, { description: 'How many customers.' }) customers!: number
}

@ObjectType('SecondOrders', { description: 'From the first to the second order.', simpleResolvers: true })
export class SecondOrdersView {
  @Field(() => Int, { description: 'Customers whose first order ever is in the time.' }) customers!: number
  @Field(() => FigureView, { nullable: true, description: 'Days to the second order, the median of those who had one.' })
  median!: FigureView | null
  @Field(() => [SecondOrderWithinView], { description: 'Who came back within so many days.' }) within!: SecondOrderWithinView[]
  @Field(() => [SecondOrderDayView], { description: 'Days without anybody are left out.' }) byDay!: readonly SecondOrderDayView[]
}
export const toSecondOrdersView = ({ customers, medianDays, within, byDay }: RatedSecondOrders): SecondOrdersView => ({
  customers,
  median: medianDays === null ? null : toFigure('DAYS', medianDays),
  within: [...within],
  byDay,
})

@ObjectType('RegularsRow', { description: 'What a first order had in it, and who of its customers came back.', simpleResolvers: true })
export class RegularsRowView {
  @Field(() => String, { description: 'The sku, category, brand, channel or code.' }) value!: string
  @Field(() => RateView, { description: 'Who came back in time, of those of whom it is known.' }) rate!: RateView
  @Field(() => Money, { description: 'What these customers have spent since, the first order included.' }) revenue!: Minor
}
export const toRegularsView = ({ value, rate, revenue }: RatedThing): RegularsRowView => ({
  value: value ?? '',
  rate,
  revenue: toAmount(revenue ?? 0),
})

@ObjectType('RepurchaseRate', { description: 'A part of the shop, and who of it bought again.', simpleResolvers: true })
export class RepurchaseRateView {
  @Field(() => String, { nullable: true, description: 'What the part has in common; empty without `by`, null where it is not known.' })
  part!: string | null
  @Field(() => RateView, { description: 'Of those who bought in the time: who did so twice or more.' }) rate!: RateView
}

export function toParetoView(measure: keyof typeof ParetoMeasure, { points, ...rest }: Pareto, csv: string): ParetoView {
  const shareOf = (value: number) => (rest.total > 0 ? value / rest.total : null)
  const views = points.map((point) => ({ ...point, share: shareOf(point.value) }))
  return { measure, ...rest, top20Share: views[19]?.share ?? null, points: views, csv }
}

@ObjectType('RfmCell', { description: 'Customers with the same three scores.', simpleResolvers: true })
export class RfmCellView {
  @Field(() => Int, { description: '1 to 5, 5 bought last.' }) recency!: number
  @Field(() => Int, { description: '1 to 5, 5 bought most often.' }) frequency!: number
  @Field(() => Int, { description: '1 to 5, 5 spent most.' }) monetary!: number
  @Field(() => String, { description: "The group that the shop's map gives them." }) group!: string
  @Field(() => Int, { description: 'How many they are.' }) customers!: number
  @Field(() => Money, { description: 'What they ever spent.' }) revenue!: Minor
}
export const toRfmCell = ({ revenue, ...cell }: GridCell): RfmCellView => ({ ...cell, revenue: toAmount(revenue) })
