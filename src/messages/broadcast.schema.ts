import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Broadcast, BroadcastOrders, WantedBroadcast } from './broadcast.model.ts'

export enum BroadcastPlace {
  GROUP = 'GROUP',
  FEED = 'FEED',
  OTHER = 'OTHER',
}
registerEnumType(BroadcastPlace, {
  name: 'BroadcastPlace',
  description: 'Where something is said to nobody in particular.',
  valuesConfig: {
    GROUP: { description: 'A group chat.' },
    FEED: { description: 'A page of news: moments, an official account, a blog.' },
    OTHER: { description: 'Elsewhere.' },
  },
})

@InputType('BroadcastInput', { description: 'A broadcast as it is to be.' })
export class BroadcastInput {
  @Field(() => String, { description: '1 to 40 small letters, digits, dashes and underscores; it stands in the link.' }) code!: string
  @Field(() => String, { description: '1 to 200 characters.' }) name!: string
  @Field(() => BroadcastPlace, { description: 'Where it is said.' }) place!: `${BroadcastPlace}`
  @Field(() => String, { description: 'What it says; at most 10,000 characters.' }) text!: string
  @Field(() => String, { nullable: true, description: 'Where its link leads; absent: it has none.' }) url?: string | null
  @Field(() => String, { nullable: true, description: 'An offer that it speaks of: orders that used it since sentAt are counted.' })
  offerCode?: string | null
  @Field(() => String, { nullable: true, description: 'A campaign that it is part of.' }) campaignCode?: string | null
  @Field(() => DateTime, { nullable: true, description: 'When it was said; absent: not yet.' }) sentAt?: Date | null
}

@ObjectType('BroadcastOrders', {
  description:
    'Orders that came of a broadcast and count: recorded with the channel `broadcast:<code>`, or by its offer since it was said.',
  simpleResolvers: true,
})
export class BroadcastOrdersView {
  @Field(() => Int, { description: 'How many.' }) orders!: number
  @Field(() => Money, { description: 'What was paid in them, less returns.' }) revenue!: Minor
  @Field(() => Int, { description: 'Of how many known customers.' }) customers!: number
}

@ObjectType('Broadcast', { description: 'Something said to nobody in particular. Nothing is kept of who read it.', simpleResolvers: true })
export class BroadcastView {
  @Field(() => String, { description: 'By which it is named.' }) code!: string
  @Field(() => String, { description: 'What staff call it.' }) name!: string
  @Field(() => BroadcastPlace, { description: 'Where it is said.' }) place!: `${BroadcastPlace}`
  @Field(() => String, { description: 'What it says.' }) text!: string
  @Field(() => String, { nullable: true, description: 'Where its link leads; null: it has none.' }) url!: string | null
  @Field(() => String, { nullable: true, description: 'The offer that it speaks of.' }) offerCode!: string | null
  @Field(() => String, { nullable: true, description: 'The campaign that it is part of.' }) campaignCode!: string | null
  @Field(() => DateTime, { nullable: true, description: 'When it was said; null: not yet.' }) sentAt!: Date | null
  @Field(() => Int, { description: 'How often its link was followed by GET, programs that say so left out; 2,147,483,647 at most.' })
  clicks!: number
  @Field(() => DateTime, { nullable: true, description: 'When last.' }) lastClickAt!: Date | null
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date
  @Field(() => DateTime, { description: 'When it was last saved.' }) updatedAt!: Date
}

@ObjectType('BroadcastConnection', { description: 'Broadcasts, in the order of their codes.', simpleResolvers: true })
export class BroadcastConnection extends connectionOf(BroadcastView) {}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))
const blank = (text: string | null | undefined): string | null => (text == null || text.trim() === '' ? null : text)
const instantOf = (at: Date | null | undefined): Instant | null => (at == null ? null : instant(at))

export const toWantedBroadcast = (input: BroadcastInput): WantedBroadcast => ({
  code: input.code,
  name: input.name,
  place: input.place,
  text: input.text,
  url: blank(input.url),
  offerCode: blank(input.offerCode),
  campaignCode: blank(input.campaignCode),
  sentAt: instantOf(input.sentAt),
})

export const toBroadcastView = ({ sentAt, clicks, lastClickAt, createdAt, updatedAt, ...broadcast }: Broadcast): BroadcastView => ({
  ...broadcast,
  sentAt: dateOf(sentAt),
  clicks: Math.min(clicks, 2_147_483_647),
  lastClickAt: dateOf(lastClickAt),
  createdAt: new Date(createdAt),
  updatedAt: new Date(updatedAt),
})

export const toBroadcastOrdersView = ({ revenue, ...counts }: BroadcastOrders): BroadcastOrdersView => ({
  ...counts,
  revenue: revenue as Minor,
})
