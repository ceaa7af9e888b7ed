import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Json } from '../api/shared/scalars.ts'
import type { Delivery, DeliveryStatus } from './delivery.model.ts'
import type { Subscription, WantedSubscription } from './subscription.model.ts'

@ObjectType('WebhookTopic', { description: 'A kind of event that can be subscribed to.', simpleResolvers: true })
export class TopicView {
  @Field(() => String, { description: 'As `topics` names it, and `type` of what is sent.' }) name!: string
  @Field(() => String, { description: 'When it happens.' }) description!: string
  @Field(() => Json, { description: 'The data of one; what is sent has the same fields.' }) example!: unknown
}

@InputType('WebhookSubscriptionInput', { description: 'Somebody who is to be told of chosen events.' })
export class SubscriptionInput {
  @Field(() => String, { description: '1 to 40 letters, digits, dashes and underscores; told apart by case.' }) code!: string
  @Field(() => String, {
    description:
      'Where events are posted: https://, and no private address unless the server allows it (REGULARS_ALLOW_PRIVATE_WEBHOOKS). At most 2,000 characters.',
  })
  url!: string
  @Field(() => [String], { description: 'Names of events (webhookTopics), at least one.' }) topics!: string[]
  @Field(() => String, { nullable: true, description: 'For staff; at most 1,000 characters.' }) description?: string | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'While it is not, nothing is sent to it and nothing that happens is kept for it; what waited before waits on.',
  })
  enabled?: boolean | null
}

@ObjectType('WebhookSubscription', { description: 'Somebody who is told of chosen events.', simpleResolvers: true })
export class SubscriptionView {
  /** Not shown. */
  id!: string
  @Field(() => String, { description: 'As it was saved.' }) code!: string
  @Field(() => String, { description: 'Where events are posted.' }) url!: string
  @Field(() => [String], { description: 'Of which events it is told.' }) topics!: string[]
  @Field(() => String, { nullable: true, description: 'For staff.' }) description!: string | null
  @Field(() => Boolean, { description: 'Whether it is told anything. A receiver that answers 410 ends it.' }) enabled!: boolean
  @Field(() => Int, { description: 'How many attempts in a row failed.' }) failures!: number
  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null: it did not.' }) fault!: string | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'Twenty attempts in a row failed: until then nothing is sent, and then one event that tells whether it is back.',
  })
  heldUntil!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Until when the secret before this one signs as well; null: there is none.' })
  oldSecretUntil!: Date | null
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date
  @Field(() => DateTime, { description: 'When it was last saved.' }) updatedAt!: Date
}

@ObjectType('SavedWebhookSubscription', { description: 'A subscription, with its secret where one was made.', simpleResolvers: true })
export class SavedSubscriptionView {
  @Field(() => SubscriptionView, { description: 'As it is now.' }) subscription!: SubscriptionView
  @Field(() => String, {
    nullable: true,
    description: 'What signs, as Standard Webhooks writes it (whsec_...). Shown this once, where it is new; kept sealed.',
  })
  secret!: string | null
}

export enum WebhookDeliveryStatus {
  WAITING = 'WAITING',
  DELIVERED = 'DELIVERED',
  DEAD = 'DEAD',
}
registerEnumType(WebhookDeliveryStatus, {
  name: 'WebhookDeliveryStatus',
  description: 'Where an event stands on its way to a subscription.',
  valuesConfig: {
    WAITING: { description: 'To be sent, or sent again, or behind one of the same customer that is.' },
    DELIVERED: { description: 'Answered with 200 to 299.' },
    DEAD: { description: 'Tried for three days and given up. resendWebhookDeliveries has it go again.' },
  },
})

@ObjectType('WebhookDelivery', { description: 'An event on its way to a subscription. Kept for 30 days.', simpleResolvers: true })
export class DeliveryView {
  @Field(() => ID, { description: 'The webhook-id, the same however often it is sent.' }) eventId!: string
  @Field(() => String, { description: 'What happened.' }) topic!: string
  @Field(() => DateTime, { description: 'When.' }) at!: Date
  @Field(() => ID, { nullable: true, description: 'To which customer; null: to none.' }) customerId!: string | null
  @Field(() => Json, { description: 'The data that is sent.' }) data!: unknown
  @Field(() => WebhookDeliveryStatus, { description: 'Where it stands.' }) status!: DeliveryStatus
  @Field(() => Int, { description: 'How often it was tried, since it was last sent again by hand.' }) attempts!: number
  @Field(() => DateTime, { nullable: true, description: 'When it was last tried.' }) triedAt!: Date | null
  @Field(() => Int, { nullable: true, description: 'The HTTP status of the last answer; null: there was none.' }) answered!: number | null
  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null: it did not.' }) fault!: string | null
  @Field(() => DateTime, { nullable: true, description: 'When it is tried next, at the earliest; null: never.' }) dueAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'When it was taken.' }) deliveredAt!: Date | null
}

@ObjectType('WebhookDeliveryConnection', { description: 'A page of deliveries.', simpleResolvers: true })
export class DeliveryConnection extends connectionOf(DeliveryView) {}

@ObjectType('WebhookTest', { description: 'What came back of a test.', simpleResolvers: true })
export class WebhookTestView {
  @Field(() => Boolean, { description: 'Whether it was answered with 200 to 299.' }) delivered!: boolean
  @Field(() => Int, { nullable: true, description: 'The HTTP status of the answer; null: there was none.' }) status!: number | null
  @Field(() => Int, { description: 'How long it took, in milliseconds.' }) ms!: number
  @Field(() => String, { nullable: true, description: 'The first 500 characters of the answer, on one line.' }) body!: string | null
  @Field(() => String, { nullable: true, description: 'Why it was not taken; null: it was.' }) fault!: string | null
}

const dateOrNull = (at: number | null) => (at === null ? null : new Date(at))

export const toWantedSubscription = (input: SubscriptionInput): WantedSubscription => ({
  code: input.code,
  url: input.url,
  topics: input.topics,
  description: input.description ?? null,
  enabled: input.enabled ?? true,
})

export const toSubscriptionView = (one: Subscription): SubscriptionView => ({
  id: one.id,
  code: one.code,
  url: one.url,
  topics: [...one.topics],
  description: one.description,
  enabled: one.enabled,
  failures: one.failures,
  fault: one.fault,
  heldUntil: dateOrNull(one.heldUntil),
  oldSecretUntil: dateOrNull(one.beforeUntil),
  createdAt: new Date(one.createdAt),
  updatedAt: new Date(one.updatedAt),
})

export const toDeliveryView = ({ event, ...delivery }: Delivery): DeliveryView => ({
  eventId: event.id,
  topic: event.topic,
  at: new Date(event.at),
  customerId: event.customer?.id ?? null,
  data: { ...event.data, ...(event.into === null ? {} : { into: event.into }), customer: event.customer },
  status: delivery.status,
  attempts: delivery.attempts,
  triedAt: dateOrNull(delivery.triedAt),
  answered: delivery.answered,
  fault: delivery.fault,
  dueAt: delivery.status === 'WAITING' ? new Date(delivery.dueAt) : null,
  deliveredAt: dateOrNull(delivery.deliveredAt),
})
