import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import type { EventKind, MessageEvent } from './event.model.ts'

export enum MessageEventKind {
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  OPENED = 'OPENED',
  CLICKED = 'CLICKED',
  REPLIED = 'REPLIED',
  FAILED = 'FAILED',
  BOUNCED = 'BOUNCED',
  COMPLAINED = 'COMPLAINED',
  UNSUBSCRIBED = 'UNSUBSCRIBED',
}
registerEnumType(MessageEventKind, {
  name: 'MessageEventKind',
  description: 'What happened to a message once it was out of our hands.',
  valuesConfig: {
    SENT: { description: 'It left; of a task: staff did it.' },
    DELIVERED: { description: 'It arrived.' },
    OPENED: { description: 'It was opened, as far as that is followed.' },
    CLICKED: { description: 'A link in it was followed.' },
    REPLIED: { description: 'Somebody answered.' },
    FAILED: { description: 'It could not be sent after all.' },
    BOUNCED: { description: 'Nobody is at its address.' },
    COMPLAINED: { description: 'It was called spam.' },
    UNSUBSCRIBED: { description: 'It was ended by its own link, or by the provider.' },
  },
})

@ObjectType('MessageEvent', { description: 'Something that happened to a message.', simpleResolvers: true })
export class MessageEventView {
  @Field(() => ID, { description: 'For good.' }) id!: string
  @Field(() => MessageEventKind, { description: 'What happened.' }) kind!: EventKind
  @Field(() => DateTime, { description: 'When, the first time.' }) at!: Date
  @Field(() => String, { nullable: true, description: 'The provider that told it; null: noticed here, or said by staff.' })
  providerCode!: string | null
  @Field(() => Int, { nullable: true, description: "Which of the message's links, from 1; null: none, or unknown." }) link!: number | null
  @Field(() => String, { nullable: true, description: 'What was replied, why it failed, or what staff noted.' }) detail!: string | null
  @Field(() => Int, { description: 'How often it was noticed here; what a provider tells counts once.' }) times!: number
}

export const toEventView = ({ messageId: _, at, ...event }: MessageEvent): MessageEventView => ({ ...event, at: new Date(at) })
