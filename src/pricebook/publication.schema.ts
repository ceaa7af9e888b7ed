import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import type { ScheduledPublication } from './publication.model.ts'
import { PublishWarningView } from './publishing.schema.ts'

export enum PublicationState {
  SCHEDULED = 'SCHEDULED',
  APPLIED = 'APPLIED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(PublicationState, {
  name: 'PublicationState',
  description: 'What became of a publication that was set for an instant.',
  valuesConfig: {
    SCHEDULED: { description: 'Its instant lies ahead.' },
    APPLIED: { description: 'It went into force at its instant.' },
    FAILED: { description: 'It could not go into force; `problem` says why, and what it set aside is a draft again.' },
    CANCELLED: { description: 'Staff took it back before its instant.' },
  },
})

@ObjectType('ScheduledRule', { description: 'A rule of a publication.', simpleResolvers: true })
export class ScheduledRuleView {
  @Field(() => String, { description: 'Of a ladder or an offer.' }) code!: string
  @Field(() => Int, { description: 'The version that was set to go into force.' }) version!: number
}

@ObjectType('ScheduledPublication', {
  description: 'Drafts that were set to go into force at an instant, as they were then: all of them or none.',
  simpleResolvers: true,
})
export class ScheduledPublicationView {
  @Field(() => ID, { description: 'For cancelPublication.' }) id!: string
  @Field(() => DateTime, { description: 'The first instant at which it is in force, to the millisecond.' }) at!: Date
  @Field(() => PublicationState, { description: 'What became of it.' }) state!: ScheduledPublication['state']
  @Field(() => [ScheduledRuleView], { description: 'In the order of their codes.' }) rules!: readonly ScheduledRuleView[]
  @Field(() => DateTime, { description: 'When it was scheduled.' }) scheduledAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'When its state was written; null: it waits.' }) settledAt!: Date | null
  @Field(() => Int, { nullable: true, description: 'APPLIED: the version of the price book that began with it.' }) bookVersion!:
    | number
    | null
  @Field(() => String, { nullable: true, description: 'FAILED: why, in a sentence for staff.' }) problem!: string | null
}

@ObjectType('SchedulePublicationResult', {
  description: 'A publication that was set for an instant, and what staff should look at before it comes.',
  simpleResolvers: true,
})
export class SchedulePublicationResultView extends ScheduledPublicationView {
  @Field(() => [PublishWarningView], {
    description:
      'What staff should look at, as it would be at the instant: by the rules that are set to be in force then and the prices of the days before it, as far as they are known now. The publication waits all the same.',
  })
  warnings!: readonly PublishWarningView[]
}

@ObjectType('ScheduledPublicationConnection', { description: 'A page of publications.', simpleResolvers: true })
export class ScheduledPublicationConnection extends connectionOf(ScheduledPublicationView) {}

export const toPublicationView = ({
  at,
  scheduledAt,
  settledAt,
  scheduledIn: _,
  ...rest
}: ScheduledPublication): ScheduledPublicationView => ({
  ...rest,
  at: new Date(at),
  scheduledAt: new Date(scheduledAt),
  settledAt: settledAt === null ? null : new Date(settledAt),
})
