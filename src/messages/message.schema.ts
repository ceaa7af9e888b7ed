import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import type { Minor } from '../kernel/money.ts'
import type { Message } from './message.model.ts'
import { MessageChannel, MessageStatus } from './message-words.schema.ts'

@ObjectType('Message', { description: 'One message to one customer.', simpleResolvers: true })
export class MessageView {
  @Field(() => ID, { description: 'For good. A mail carries it in its Message-ID.' }) id!: string
  @Field(() => MessageChannel, { description: 'By which it goes.' }) channel!: `${MessageChannel}`
  @Field(() => String, { nullable: true, description: 'Through whom it went, or is to go.' }) providerCode!: string | null
  @Field(() => TouchPurpose, { description: 'What it is for.' }) purpose!: `${TouchPurpose}`
  @Field(() => String, { nullable: true, description: 'Of which campaign it is.' }) campaignCode!: string | null
  @Field(() => Int, { nullable: true, description: 'Of which of its steps.' }) step!: number | null
  @Field(() => String, { description: 'From which template it was written.' }) templateCode!: string
  @Field(() => Int, { description: 'From which version of it.' }) templateVersion!: number
  @Field(() => String, { nullable: true, description: 'Of the variant; null: any.' }) language!: string | null
  @Field(() => String, { nullable: true, description: 'Of the variant; null: all.' }) tierCode!: string | null
  @Field(() => MessageStatus, { description: 'Where it stands.' }) status!: `${MessageStatus}`
  @Field(() => String, { nullable: true, description: "Why it stands there: a word of ours, or the provider's answer." }) reason!:
    | string
    | null
  @Field(() => DateTime, { description: 'When it was written.' }) queuedAt!: Date
  @Field(() => DateTime, { description: 'When it may go, while it waits.' }) dueAt!: Date
  @Field(() => Int, { description: 'How often it was tried.' }) attempts!: number
  @Field(() => DateTime, { nullable: true, description: 'When it went.' }) sentAt!: Date | null
  @Field(() => Money, { description: 'What it cost.' }) cost!: Minor
  /** Not shown: whose it is. */
  customerId!: string
}

@ObjectType('MessageConnection', { description: 'A page of messages.', simpleResolvers: true })
export class MessageConnection extends connectionOf(MessageView) {}

export const toMessageView = (message: Message): MessageView => ({
  id: message.id,
  channel: message.channel,
  providerCode: message.providerCode,
  purpose: message.purpose,
  campaignCode: message.campaignCode,
  step: message.step,
  templateCode: message.templateCode,
  templateVersion: message.templateVersion,
  language: message.language,
  tierCode: message.tierCode,
  status: message.status,
  reason: message.reason,
  queuedAt: new Date(message.queuedAt),
  dueAt: new Date(message.dueAt),
  attempts: message.attempts,
  sentAt: message.sentAt === null ? null : new Date(message.sentAt),
  cost: message.costMinor as Minor,
  customerId: message.customerId,
})
