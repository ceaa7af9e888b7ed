import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, Money, SignedMoney } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import type { BuyerKind, Favourite, Whose } from './habits.model.ts'
import type { CustomerStatistics, Intervals } from './statistics.model.ts'

export enum BuyerKindName {
  SINGLE_CATEGORY = 'SINGLE_CATEGORY',
  CROSS_CATEGORY = 'CROSS_CATEGORY',
}
registerEnumType(BuyerKindName, {
  name: 'CategoryBuyerKind',
  description:
    'Whether all that somebody bought and kept lies in one category, of those that stand at the top of their paths. Lines of products without a category say nothing.',
  valuesConfig: {
    SINGLE_CATEGORY: { description: 'One top-level category has all lines.' },
    CROSS_CATEGORY: { description: 'No top-level category has all lines.' },
  },
})

@ObjectType('PurchaseIntervals', { description: 'Days between consecutive orders, fractions and all.', simpleResolvers: true })
export class PurchaseIntervalsView {
  @Field(() => Int, { description: 'How many: one fewer than orders.' }) count!: number
  @Field(() => Float, { description: 'The median, in days (percentile_cont: between two values, half way).' }) medianDays!: number
  @Field(() => Float, { description: 'The 90th percentile, in days (percentile_cont).' }) p90Days!: number
}

@ObjectType('FavouritePurchase', { description: 'What is bought again and again.', simpleResolvers: true })
export class FavouritePurchaseView {
  @Field(() => String, { description: 'The sku, the path of the category, the brand or the tag.' }) name!: string
  @Field(() => Int, { description: 'Orders with it.' }) orders!: number
  @Field(() => Float, { description: 'Units of it that were kept; a whole number.' }) units!: number
}

@ObjectType('PurchaseHabits', {
  description:
    'How somebody buys, from the lines of orders that count as far as they were kept; products as they are described now. Lists hold at most 5, the most orders first, then the most units, then by the bytes of their names.',
  simpleResolvers: true,
})
export class PurchaseHabitsView {
  @Field(() => Int, { nullable: true, description: "1 (Monday) to 7 in the shop's zone; of equals the first. Null without an order." })
  favouriteWeekday!: number | null
  @Field(() => Int, { nullable: true, description: "0 to 23 in the shop's zone; of equals the earliest. Null without an order." })
  favouriteHour!: number | null
  @Field(() => Float, { nullable: true, description: 'Units of an order, the median. Null without an order.' }) usualQuantity!:
    | number
    | null
  @Field(() => BuyerKindName, { nullable: true, description: 'Null without an order of a product with a category.' })
  buyerKind!: BuyerKind | null
  @Field(() => [FavouritePurchaseView], { description: 'Products, by sku.' }) products!: readonly Favourite[]
  @Field(() => [FavouritePurchaseView], { description: 'Categories, by path.' }) categories!: readonly Favourite[]
  @Field(() => [FavouritePurchaseView], { description: 'Brands.' }) brands!: readonly Favourite[]
  @Field(() => [FavouritePurchaseView], { description: "Tags of products: what style they are, as the shop's catalogue says." })
  tags!: readonly Favourite[]
}

@ObjectType('CustomerStatistics', {
  description:
    'What orders that count come to: those of a status that the shop counts and of which something was kept. Amounts are net of returns.',
  simpleResolvers: true,
})
export class CustomerStatisticsView {
  /** Whose they are, for fields that are read apart. */
  whose!: Whose
  @Field(() => Int, { description: 'Orders that count.' }) numberOfOrders!: number
  @Field(() => Money, { description: 'What they come to; 0 without one.' }) amountSpent!: Minor
  @Field(() => Money, { nullable: true, description: 'Rounded half up; null before the first order.' }) averageOrderAmount!: Minor | null
  @Field(() => Money, { nullable: true, description: 'Null before the first order.' }) largestOrderAmount!: Minor | null
  @Field(() => DateTime, { nullable: true, description: 'When the first one was placed; null before it.' }) firstOrderAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'When the last one was placed; null before the first.' }) lastOrderAt!: Date | null
  @Field(() => SignedMoney, {
    nullable: true,
    description:
      'Revenue less cost of the units that were kept, of lines whose cost was known when they were first recorded; below 0 when sold below cost. Null while no line has a cost.',
  })
  marginEarned!: number | null
  @Field(() => Float, {
    nullable: true,
    description: 'How much of amountSpent marginEarned is told of, 0 to 100. Null where amountSpent is 0.',
  })
  marginKnownPercent!: number | null
  @Field(() => PurchaseIntervalsView, { nullable: true, description: 'Between consecutive orders; null before the second.' })
  intervals!: Intervals | null
}

const toDate = (at: number | null): Date | null => (at === null ? null : new Date(at))

export const toStatisticsView = (
  { firstOrderAt, lastOrderAt, marginAmount, ...figures }: CustomerStatistics,
  whose: Whose,
): CustomerStatisticsView => ({
  ...figures,
  whose,
  firstOrderAt: toDate(firstOrderAt),
  lastOrderAt: toDate(lastOrderAt),
  marginKnownPercent: figures.amountSpent === 0 ? null : (100 * marginAmount) / figures.amountSpent,
})
