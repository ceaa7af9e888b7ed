import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import type { CustomerEvent } from './customer-event.model.ts'
import { CustomerEventKind } from './customer-event.schema.ts'
import type { Refusal, Touch, TouchChannel, TouchReason } from './touch.model.ts'
import { TouchChannelName, TouchReasonName, TouchStatusName } from './touch-words.schema.ts'

@ObjectType('Touch', { description: 'One contact with a customer.', simpleResolvers: true })
export class TouchView {
  @Field(() => ID, { description: 'For good.' }) id!: string
  @Field(() => TouchPurpose, { description: 'What for.' }) purpose!: Touch['purpose']
  @Field(() => TouchChannelName, { description: 'By what.' }) channel!: Touch['channel']
  @Field(() => String, { nullable: true, description: 'Of which campaign; null: of none.' }) campaignCode!: string | null
  @Field(() => Int, { nullable: true, description: 'Which of its steps.' }) step!: number | null
  @Field(() => TouchStatusName, { description: 'How far it came.' }) status!: Touch['status']
  @Field(() => DateTime, { description: 'When it was decided.' }) decidedAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'When it went out; null: not yet, or never.' }) sentAt!: Date | null
  @Field(() => Boolean, { description: 'Staff made it and wrote it down.' }) byHand!: boolean
  @Field(() => String, { nullable: true, description: 'What staff wrote of it.' }) note!: string | null
}

@ObjectType('TouchConnection', { description: 'A page of contacts.', simpleResolvers: true })
export class TouchConnection extends connectionOf(TouchView) {}

export enum RefusalKind {
  HOLD = 'HOLD',
  DROP = 'DROP',
}
registerEnumType(RefusalKind, {
  name: 'TouchRefusalKind',
  description: 'Whether it is for now or for good.',
  valuesConfig: { HOLD: { description: 'Not yet: it is asked again.' }, DROP: { description: 'Not at all.' } },
})

@ObjectType('ChannelRefusal', { description: 'Why one channel was not used.', simpleResolvers: true })
export class ChannelRefusalView {
  @Field(() => TouchChannelName, { description: 'Which.' }) channel!: TouchChannel
  @Field(() => TouchReasonName, { description: 'Why not.' }) reason!: TouchReason
}

@ObjectType('TouchRefusal', {
  description: 'That something was not sent, or not yet, and why: one for each reason, however often it was asked.',
  simpleResolvers: true,
})
export class TouchRefusalView {
  @Field(() => ID, { description: 'For good.' }) id!: string
  @Field(() => RefusalKind, { description: 'For now or for good.' }) kind!: Refusal['kind']
  @Field(() => TouchReasonName, { description: 'Why: the reason that came nearest to being sent.' }) reason!: TouchReason
  @Field(() => TouchPurpose, { nullable: true, description: 'What it was for.' }) purpose!: Refusal['purpose']
  @Field(() => TouchChannelName, { nullable: true, description: 'On which channel it came furthest; null: it came to none.' })
  channel!: TouchChannel | null
  @Field(() => [ChannelRefusalView], { description: 'Why each channel was not used.' }) byChannel!: ChannelRefusalView[]
  @Field(() => String, { nullable: true, description: 'Of which campaign; null: of none.' }) campaignCode!: string | null
  @Field(() => Int, { nullable: true, description: 'Which of its steps.' }) step!: number | null
  @Field(() => DateTime, { nullable: true, description: 'HOLD: when it is asked again.' }) until!: Date | null
  @Field(() => Boolean, { description: 'It waits still.' }) isOpen!: boolean
  @Field(() => DateTime, { description: 'When it was refused first.' }) firstAt!: Date
  @Field(() => DateTime, { description: 'When it was refused last.' }) lastAt!: Date
  @Field(() => Int, { description: 'How often it was refused for this reason.' }) times!: number
}

@ObjectType('TouchRefusalConnection', { description: 'A page of what was not sent.', simpleResolvers: true })
export class TouchRefusalConnection extends connectionOf(TouchRefusalView) {}

@ObjectType('CustomerEvent', { description: "Something that happened to a customer, as the shop's system told it.", simpleResolvers: true })
export class CustomerEventView {
  @Field(() => ID, { description: 'For good.' }) id!: string
  @Field(() => String, { description: "By which the shop's system knows it." }) externalId!: string
  @Field(() => CustomerEventKind, { description: 'What.' }) kind!: CustomerEvent['kind']
  @Field(() => String, { nullable: true, description: 'Which complaint, order or refund; null: the one that there is.' }) subject!:
    | string
    | null
  @Field(() => DateTime, { description: 'When it happened.' }) at!: Date
  @Field(() => DateTime, { description: 'When it was told, or corrected, last.' }) recordedAt!: Date
}

@ObjectType('CustomerEventConnection', { description: 'A page of what happened.', simpleResolvers: true })
export class CustomerEventConnection extends connectionOf(CustomerEventView) {}

export const toTouchView = ({ customerId: _, campaignId: __, decidedAt, sentAt, ...touch }: Touch): TouchView => ({
  ...touch,
  decidedAt: new Date(decidedAt),
  sentAt: sentAt === null ? null : new Date(sentAt),
})

export const toRefusalView = (refusal: Refusal): TouchRefusalView => {
  const { customerId: _, campaignId: __, byChannel, until, firstAt, lastAt, ...rest } = refusal
  return {
    ...rest,
    byChannel: toChannelRefusals(byChannel),
    until: until === null ? null : new Date(until),
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
  }
}

export const toChannelRefusals = (byChannel: Refusal['byChannel']): ChannelRefusalView[] =>
  (Object.entries(byChannel) as [TouchChannel, TouchReason][]).map(([channel, reason]) => ({ channel, reason }))

export const toEventView = ({ customerId: _, subject, at, recordedAt, ...event }: CustomerEvent): CustomerEventView => ({
  ...event,
  subject: subject === '' ? null : subject,
  at: new Date(at),
  recordedAt: new Date(recordedAt),
})
