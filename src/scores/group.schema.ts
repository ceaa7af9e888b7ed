import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Day, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints } from '../kernel/money.ts'
import type { GroupAlarm, GroupKind, GroupSize, GroupTarget } from './group.model.ts'

export enum GroupKindName {
  LIFECYCLE = 'LIFECYCLE',
  RFM = 'RFM',
  ABC = 'ABC',
  SPEND_TIER = 'SPEND_TIER',
  TIER = 'TIER',
}
registerEnumType(GroupKindName, {
  name: 'GroupKind',
  description: 'By what customers fall into groups.',
  valuesConfig: {
    LIFECYCLE: { description: 'Life cycle; everybody is in one.' },
    RFM: { description: "Groups of the shop's map from RFM scores; everybody is in one." },
    ABC: { description: 'Classes of revenue; who has an order.' },
    SPEND_TIER: { description: 'What is to be expected of them; who has an order.' },
    TIER: { description: 'Tiers in force by their codes, as evaluateTiers found them; who has one.' },
  },
})

export enum TargetDirection {
  AT_LEAST = 'AT_LEAST',
  AT_MOST = 'AT_MOST',
}
registerEnumType(TargetDirection, {
  name: 'TargetDirection',
  description: 'On which side of its target a share is well.',
  valuesConfig: { AT_LEAST: { description: 'The target or more.' }, AT_MOST: { description: 'The target or less.' } },
})

@ObjectType('GroupSize', { description: 'How many customers were in a group on a day.', simpleResolvers: true })
export class GroupSizeView {
  @Field(() => Day, { description: "A day of the shop's." }) day!: string
  @Field(() => String, { description: "The group's code." }) group!: string
  @Field(() => Int, { description: 'How many were in it.' }) customers!: number
  @Field(() => Float, { description: 'Of all who were in a group of that kind, 0 to 100.' }) percent!: number
  @Field(() => Percentage, { nullable: true, description: 'The target as it is now; null: none.' }) targetPercent!: BasisPoints | null
}

@ObjectType('GroupTarget', { description: 'Which share a group should have.', simpleResolvers: true })
export class GroupTargetView {
  @Field(() => GroupKindName, { description: 'By what.' }) kind!: GroupKind
  @Field(() => String, { description: "The group's code." }) group!: string
  @Field(() => Percentage, { description: 'Of all who are in a group of that kind.' }) targetShare!: BasisPoints
  @Field(() => TargetDirection, { description: 'At least that, or at most.' }) direction!: GroupTarget['direction']
}

@ObjectType('GroupAlarm', { description: 'The share of a group passed its target.', simpleResolvers: true })
export class GroupAlarmView {
  @Field(() => ID, { description: 'Names the alarm.' }) id!: string
  @Field(() => GroupKindName, { description: 'By what.' }) kind!: GroupKind
  @Field(() => String, { description: "The group's code." }) group!: string
  @Field(() => Percentage, { description: 'The target that was passed.' }) targetShare!: BasisPoints
  @Field(() => TargetDirection, { description: 'At least that, or at most.' }) direction!: GroupTarget['direction']
  @Field(() => Float, { description: 'The share when it was raised, 0 to 100.' }) percent!: number
  @Field(() => DateTime, { description: 'When it was seen that the target is passed.' }) raisedAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'When it was seen that all is well again; null: not yet.' }) clearedAt!: Date | null
}

@ObjectType('GroupAlarmConnection', { description: 'A page of alarms.', simpleResolvers: true })
export class GroupAlarmConnection extends connectionOf(GroupAlarmView) {}

export const toSizeView = ({ ofCustomers, ...size }: GroupSize, target: GroupTarget | undefined): GroupSizeView => ({
  ...size,
  percent: ofCustomers === 0 ? 0 : (100 * size.customers) / ofCustomers,
  targetPercent: target === undefined ? null : (target.shareBp as BasisPoints),
})

export const toTargetView = ({ shareBp, ...target }: GroupTarget): GroupTargetView => ({ ...target, targetShare: shareBp as BasisPoints })

export const toAlarmView = ({ customers, ofCustomers, targetBp, raisedAt, clearedAt, ...alarm }: GroupAlarm): GroupAlarmView => ({
  ...alarm,
  targetShare: targetBp as BasisPoints,
  percent: (100 * customers) / ofCustomers,
  raisedAt: new Date(raisedAt),
  clearedAt: clearedAt === null ? null : new Date(clearedAt),
})
