import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import { ChannelRefusalView } from './timeline.schema.ts'
import type { TouchChannel, TouchReason } from './touch.model.ts'
import { TouchChannelName, TouchReasonName } from './touch-words.schema.ts'

@InputType('TouchInput', { description: 'A contact that staff made themselves: a call, a card, care.' })
export class TouchInput {
  @Field(() => CustomerRefInput, { description: 'With whom.' }) customer!: CustomerRefInput
  @Field(() => TouchChannelName, { description: 'By what.' }) channel!: TouchChannelName
  @Field(() => TouchPurpose, { description: 'What for: CARE sold nothing.' }) purpose!: TouchPurpose
  @Field(() => DateTime, { nullable: true, description: 'When. Absent, or ahead: now.' }) at?: Date | null
  @Field(() => String, { nullable: true, description: 'What was said; at most 1000 characters.' }) note?: string | null
  @Field(() => String, {
    nullable: true,
    description: '1 to 200 printable characters. The same key again is the same touch.',
  })
  idempotencyKey?: string | null
}

export enum TouchVerdictKind {
  SEND = 'SEND',
  HOLD = 'HOLD',
  DROP = 'DROP',
}
registerEnumType(TouchVerdictKind, {
  name: 'TouchVerdictKind',
  description: 'What would become of a message.',
  valuesConfig: {
    SEND: { description: 'It would be sent at once.' },
    HOLD: { description: 'It would wait.' },
    DROP: { description: 'It would not be sent.' },
  },
})

@ObjectType('TouchVerdict', { description: 'What would become of a message to a customer now.', simpleResolvers: true })
export class TouchVerdictView {
  @Field(() => TouchVerdictKind, { description: 'What would become of it.' }) kind!: `${TouchVerdictKind}`
  @Field(() => TouchChannelName, { nullable: true, description: 'By which channel, or on which it came furthest; null: on none.' })
  channel!: TouchChannel | null
  @Field(() => DateTime, { nullable: true, description: 'HOLD: until when.' }) until!: Date | null
  @Field(() => TouchReasonName, { nullable: true, description: 'HOLD and DROP: why.' }) reason!: TouchReason | null
  @Field(() => [ChannelRefusalView], { description: 'Why each channel would not be used.' }) byChannel!: ChannelRefusalView[]
}
