import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { FigureView, toAmount, toFigure } from './figure.schema.ts'
import { type HourRow, type Measure, type PartDistribution, UNITS } from './measured.model.ts'

export enum MeasureName {
  ORDERS_PER_CUSTOMER = 'ORDERS_PER_CUSTOMER',
  ORDERS_PER_MONTH = 'ORDERS_PER_MONTH',
  ORDER_VALUE = 'ORDER_VALUE',
  SPENT_PER_CUSTOMER = 'SPENT_PER_CUSTOMER',
  PURCHASE_INTERVAL = 'PURCHASE_INTERVAL',
  UNITS_PER_ORDER = 'UNITS_PER_ORDER',
  SKUS_PER_ORDER = 'SKUS_PER_ORDER',
}
registerEnumType(MeasureName, {
  name: 'DistributionMeasure',
  description: 'What is spread out, never averaged. Orders that count, of customers.',
  valuesConfig: {
    ORDERS_PER_CUSTOMER: { description: 'Orders of each customer, of those who have one in the time.' },
    ORDERS_PER_MONTH: { description: "Orders of each customer in each month of the shop's calendar in which they ordered." },
    ORDER_VALUE: { description: 'What each order came to, net of returns.' },
    SPENT_PER_CUSTOMER: { description: 'What each customer spent in the time, net of returns.' },
    PURCHASE_INTERVAL: { description: 'Days, with fractions, between consecutive orders of a customer in the time.' },
    UNITS_PER_ORDER: { description: 'Units that were kept of each order.' },
    SKUS_PER_ORDER: { description: 'Different skus that were kept of each order.' },
  },
})

@ObjectType('DistributionBar', { description: 'A band of values.', simpleResolvers: true })
export class BarView {
  @Field(() => FigureView, { description: 'The smallest value of the band.' }) from!: FigureView
  @Field(() => FigureView, { nullable: true, description: 'The band ends before it; null: it has no end.' }) below!: FigureView | null
  @Field(() => Int, { description: 'How many values lie in it.' }) values!: number
  @Field(() => Float, { description: 'Of all values of this part, 0 to 1.' }) share!: number
  @Field(() => Int, { description: 'Customers with a value in it. One may be in several bars.' }) customers!: number
  @Field(() => FigureView, { description: 'What the values in it add up to.' }) sum!: FigureView
}

@ObjectType('Percentile', { description: 'The value below which a share of all values lies.', simpleResolvers: true })
export class PercentileView {
  @Field(() => Int, { description: '0 (the smallest value) to 100 (the largest).' }) percent!: number
  @Field(() => FigureView, { description: 'Interpolated between two values (percentile_cont).' }) value!: FigureView
}

@ObjectType('TypicalGroup', {
  description: 'Values that lie near one another, where an average would be nobody’s.',
  simpleResolvers: true,
})
export class TypicalGroupView {
  @Field(() => FigureView, { description: 'The smallest value of the group.' }) from!: FigureView
  @Field(() => FigureView, { description: 'The largest value of the group.' }) to!: FigureView
  @Field(() => FigureView, { description: "The group's own median." }) center!: FigureView
  @Field(() => Float, { description: 'Of the values between the 1st and the 99th percentile, 0 to 1.' }) share!: number
}

@ObjectType('DistributionPart', { description: 'The distribution in one part of the shop.', simpleResolvers: true })
export class DistributionPartView {
  @Field(() => String, { nullable: true, description: 'What the part has in common; empty without `by`, null where it is not known.' })
  part!: string | null
  @Field(() => Int, { description: 'How many values there are.' }) values!: number
  @Field(() => Int, { description: 'Of how many customers.' }) customers!: number
  @Field(() => FigureView, { description: 'The average, for comparison with the median.' }) mean!: FigureView
  @Field(() => [PercentileView], { description: 'At 0, 1, 5, 10, 25, 50, 75, 90, 95, 99 and 100 percent.' })
  percentiles!: PercentileView[]
  @Field(() => [BarView], { description: 'The histogram: bars without a gap, the same bands in every part.' }) bars!: BarView[]
  @Field(() => [TypicalGroupView], { description: 'One to four, the smallest values first.' }) typicalGroups!: TypicalGroupView[]
}

@ObjectType('Distribution', { description: 'How a measure is spread out.', simpleResolvers: true })
export class DistributionView {
  @Field(() => MeasureName, { description: 'What was asked for.' }) measure!: Measure
  @Field(() => [DistributionPartView], {
    description: 'One without `by`; with it one a part, the one with the most customers first, at most 50.',
  })
  parts!: DistributionPartView[]
  @Field(() => String, { description: 'The bars as CSV: one row a part and bar, amounts in minor units.' }) csv!: string
}

@ObjectType('WeekdayHour', { description: "An hour of the week by the shop's clock.", simpleResolvers: true })
export class WeekdayHourView {
  @Field(() => String, { nullable: true, description: 'What the part has in common; empty without `by`, null where it is not known.' })
  part!: string | null
  @Field(() => Int, { description: '1 Monday to 7 Sunday.' }) weekday!: number
  @Field(() => Int, { description: '0 to 23: the hour that begins so.' }) hour!: number
  @Field(() => Int, { description: 'Orders placed in it.' }) orders!: number
  @Field(() => Int, { description: 'By how many customers.' }) customers!: number
  @Field(() => Money, { description: 'What they came to.' }) revenue!: Minor
}

const SHOWN = [0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100]

export function toPartView(measure: Measure, { quantiles, bars, groups, ...part }: PartDistribution): DistributionPartView {
  const figure = (value: number) => toFigure(UNITS[measure], value)
  return {
    ...part,
    mean: figure(part.mean),
    percentiles: SHOWN.map((percent) => ({ percent, value: figure(quantiles[percent] ?? 0) })),
    bars: bars.map(({ from, below, sum, values, customers }) => ({
      from: figure(from),
      below: below === null ? null : figure(below),
      sum: figure(sum),
      values,
      customers,
      share: part.values === 0 ? 0 : values / part.values,
    })),
    typicalGroups: groups.map(({ from, to, center, share }) => ({ from: figure(from), to: figure(to), center: figure(center), share })),
  }
}

export const toHourView = ({ revenue, ...row }: HourRow): WeekdayHourView => ({ ...row, revenue: toAmount(revenue) })
