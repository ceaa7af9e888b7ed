import { Field, InputType, registerEnumType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'

export enum CustomerEventKind {
  COMPLAINT_OPENED = 'COMPLAINT_OPENED',
  COMPLAINT_CLOSED = 'COMPLAINT_CLOSED',
  ORDER_AWAITED = 'ORDER_AWAITED',
  ORDER_DISPATCHED = 'ORDER_DISPATCHED',
  ORDER_DELIVERED = 'ORDER_DELIVERED',
  ORDER_CANCELLED = 'ORDER_CANCELLED',
  REFUND_REQUESTED = 'REFUND_REQUESTED',
  REFUND_SETTLED = 'REFUND_SETTLED',
}
registerEnumType(CustomerEventKind, {
  name: 'CustomerEventKind',
  description: 'Something that happened to a customer and that keeps marketing away until it is over.',
  valuesConfig: {
    COMPLAINT_OPENED: { description: 'They complained.' },
    COMPLAINT_CLOSED: { description: 'The complaint is settled.' },
    ORDER_AWAITED: { description: 'They paid and wait: until it is delivered or cancelled.' },
    ORDER_DISPATCHED: { description: 'It is on its way: until it is delivered or cancelled.' },
    ORDER_DELIVERED: { description: 'They have it.' },
    ORDER_CANCELLED: { description: 'It will not come.' },
    REFUND_REQUESTED: { description: 'They want money back.' },
    REFUND_SETTLED: { description: 'They have it, or were told why not, or want it no more.' },
  },
})

@InputType('CustomerEventInput', { description: 'Something that happened to a customer.' })
export class CustomerEventInput {
  @Field(() => String, {
    description:
      'By which the caller knows the event; 1 to 200 characters. Told again: nothing new, or corrected where it differs. Once a call.',
  })
  externalId!: string
  @Field(() => CustomerRefInput, { description: 'To whom.' }) customer!: CustomerRefInput
  @Field(() => CustomerEventKind, { description: 'What.' }) kind!: CustomerEventKind
  @Field(() => String, {
    nullable: true,
    description:
      'Which complaint, order or refund, by any name of at most 200 characters: what begins it and what ends it say the same. Absent: the one that there is.',
  })
  subject?: string | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it happened, in whatever order events are told. Absent, or ahead: when it was first told.',
  })
  at?: Date | null
}
