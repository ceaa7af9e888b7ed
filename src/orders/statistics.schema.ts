import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime, Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import type { CustomerStatistics } from './statistics.model.ts'

@ObjectType('CustomerStatistics', {
  description:
    'What orders that count come to: those of a status that the shop counts and of which something was kept. Amounts are net of returns.',
  simpleResolvers: true,
})
export class CustomerStatisticsView {
  @Field(() => Int, { description: 'Orders that count.' }) numberOfOrders!: number
  @Field(() => Money, { description: 'What they come to; 0 without one.' }) amountSpent!: Minor
  @Field(() => Money, { nullable: true, description: 'Rounded half up; null before the first order.' }) averageOrderAmount!: Minor | null
  @Field(() => Money, { nullable: true, description: 'Null before the first order.' }) largestOrderAmount!: Minor | null
  @Field(() => DateTime, { nullable: true, description: 'When the first one was placed; null before it.' }) firstOrderAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'When the last one was placed; null before the first.' }) lastOrderAt!: Date | null
}

const toDate = (at: number | null): Date | null => (at === null ? null : new Date(at))

export const toStatisticsView = ({ firstOrderAt, lastOrderAt, ...figures }: CustomerStatistics): CustomerStatisticsView => ({
  ...figures,
  firstOrderAt: toDate(firstOrderAt),
  lastOrderAt: toDate(lastOrderAt),
})
