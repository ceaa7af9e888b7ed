import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Money, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import type { Adjustment } from '../pricing/rule.ts'

export enum RuleStatus {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  RETIRED = 'RETIRED',
}
registerEnumType(RuleStatus, {
  name: 'RuleStatus',
  description: 'Where a ladder or an offer stands.',
  valuesConfig: {
    DRAFT: { description: 'Not in force; a draft waits to be published, or is set to be at an instant.' },
    PUBLISHED: { description: 'In force; a draft of what comes next may wait beside it.' },
    RETIRED: { description: 'Taken out of force, and no draft waits.' },
  },
})

export enum VersionState {
  DRAFT = 'DRAFT',
  SCHEDULED = 'SCHEDULED',
  PUBLISHED = 'PUBLISHED',
  SUPERSEDED = 'SUPERSEDED',
}
registerEnumType(VersionState, {
  name: 'VersionState',
  description: 'Where a version of a ladder or an offer stands.',
  valuesConfig: {
    DRAFT: { description: 'Being edited.' },
    SCHEDULED: { description: 'Set to go into force at an instant.' },
    PUBLISHED: { description: 'In force.' },
    SUPERSEDED: { description: 'Was in force, until another version was or the rule was retired.' },
  },
})

@InputType('AdjustmentInput', { description: 'What is done to a unit price: exactly one field. No adjustment raises a price.' })
export class AdjustmentInput {
  @Field(() => Percentage, { nullable: true, description: 'This much of the price comes off.' }) percentOff?: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'More than 0: this amount comes off.' }) amountOff?: Minor | null
  @Field(() => Money, { nullable: true, description: 'The price, where it is not lower already; 0 is free.' }) fixedPrice?: Minor | null
}

@ObjectType('Adjustment', { description: 'What is done to a unit price: exactly one field is given.', simpleResolvers: true })
export class AdjustmentView {
  @Field(() => Percentage, { nullable: true, description: 'This much of the price comes off.' }) percentOff!: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'This amount comes off.' }) amountOff!: Minor | null
  @Field(() => Money, { nullable: true, description: 'The price, where it is not lower already.' }) fixedPrice!: Minor | null
}

export const toAdjustmentView = (adjustment: Adjustment): AdjustmentView => ({
  percentOff: adjustment.kind === 'PERCENT_OFF' ? adjustment.bp : null,
  amountOff: adjustment.kind === 'AMOUNT_OFF' ? adjustment.amount : null,
  fixedPrice: adjustment.kind === 'FIXED_PRICE' ? adjustment.price : null,
})

@InputType('ScheduleInput', { description: "Recurring days in the shop's time zone; all that are given must match." })
export class ScheduleInput {
  @Field(() => [Int], { nullable: true, description: '1 to 31.' }) daysOfMonth?: number[] | null
  @Field(() => [Int], { nullable: true, description: '1 Monday to 7 Sunday.' }) daysOfWeek?: number[] | null
  @Field(() => String, { nullable: true, description: 'HH:MM' }) fromTime?: string | null
  @Field(() => String, { nullable: true, description: 'HH:MM, excluded, and after fromTime; 24:00 is the end of the day.' }) untilTime?:
    | string
    | null
}

@ObjectType('Schedule', { description: "Recurring days in the shop's time zone; all that are given must match.", simpleResolvers: true })
export class ScheduleView {
  @Field(() => [Int], { nullable: true, description: '1 to 31.' }) daysOfMonth?: readonly number[]
  @Field(() => [Int], { nullable: true, description: '1 Monday to 7 Sunday.' }) daysOfWeek?: readonly number[]
  @Field(() => String, { nullable: true, description: 'HH:MM' }) fromTime?: string
  @Field(() => String, { nullable: true, description: 'HH:MM, excluded.' }) untilTime?: string
}
