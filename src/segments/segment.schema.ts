import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { AdminCustomer, toAdminCustomer } from '../customers/customer.schema.ts'
import type { HistoryEntry, Segment } from './segment.model.ts'

@InputType('SegmentInput', { description: 'A segment as it is to be.' })
export class SegmentInput {
  @Field(() => String, { description: '1 to 60 letters, digits, dashes and underscores; told apart by case. What in_segment names.' })
  code!: string
  @Field(() => String, { description: 'For staff; 1 to 200 characters.' }) name!: string
  @Field(() => String, {
    description:
      'A customer query, not blank; it may name other segments (in_segment), at most 5 deep, with 500 clauses and 5,000 values in lists in all. A circle of segments is BAD_QUERY.',
  })
  query!: string
}

@ObjectType('Segment', { description: 'A saved customer query.', simpleResolvers: true })
export class SegmentView {
  @Field(() => ID, { description: 'Of the segment.' }) id!: string
  @Field(() => String, { description: 'What in_segment names it by.' }) code!: string
  @Field(() => String, { description: 'For staff.' }) name!: string
  @Field(() => String, { description: 'The customer query as it was written.' }) query!: string
  @Field(() => DateTime, { description: 'When it was last saved.' }) updatedAt!: Date
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When who is in it was last written down for everybody: once a day, when staff ask, and soon after it is saved; null until then. Customers who change are looked at one by one within moments besides.',
  })
  refreshedAt!: Date | null
}

@ObjectType('SegmentConnection', { description: 'A page of segments.', simpleResolvers: true })
export class SegmentConnection extends connectionOf(SegmentView) {}

export enum SegmentEventKind {
  ENTERED = 'ENTERED',
  LEFT = 'LEFT',
}
registerEnumType(SegmentEventKind, {
  name: 'SegmentEventKind',
  description: 'Which way a customer went.',
  valuesConfig: { ENTERED: { description: 'The customer came in.' }, LEFT: { description: 'The customer went out.' } },
})

@ObjectType('SegmentEvent', { description: 'A customer came into a segment or went out of it.', simpleResolvers: true })
export class SegmentEventView {
  @Field(() => AdminCustomer, { description: 'Who.' }) customer!: AdminCustomer
  @Field(() => SegmentEventKind, { description: 'Which way.' }) kind!: `${SegmentEventKind}`
  @Field(() => DateTime, { description: 'When it was noticed: within moments of a change, or that day where only time passed.' }) at!: Date
}

@ObjectType('SegmentEventConnection', { description: 'A page of the history of a segment.', simpleResolvers: true })
export class SegmentEventConnection extends connectionOf(SegmentEventView) {}

@ObjectType('CustomerSegment', { description: 'A segment that a customer is in.', simpleResolvers: true })
export class CustomerSegmentView {
  @Field(() => String, { description: "The segment's code." }) code!: string
  @Field(() => DateTime, {
    description: 'Since when, as it was noticed; of those who were in a new segment, when it was first written down.',
  })
  since!: Date
}

export const toSegmentView = ({ updatedAt, refreshedAt, ...segment }: Segment): SegmentView => ({
  ...segment,
  updatedAt: new Date(updatedAt),
  refreshedAt: refreshedAt === null ? null : new Date(refreshedAt),
})

export const toEventView = ({ customer, kind, at }: HistoryEntry): SegmentEventView => ({
  customer: toAdminCustomer(customer),
  kind,
  at: new Date(at),
})
