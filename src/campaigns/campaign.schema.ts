import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import type { Minor } from '../kernel/money.ts'
import { PrivateLinkItemInput, PrivateLinkItemView, toItemView } from '../links/link.schema.ts'
import { MessageChannel } from '../messages/message-words.schema.ts'
import type { Campaign, CampaignStart, Give, Step } from './campaign.model.ts'
import { CampaignKind, CampaignStartKind, CampaignStatus, GiveAs, GoalMetric, StepDelayAfter, StepOnlyIf } from './campaign-words.schema.ts'

@InputType('CampaignGoalInput', { description: 'What a campaign is to reach.' })
export class GoalInput {
  @Field(() => GoalMetric, { description: 'By what.' }) metric!: `${GoalMetric}`
  @Field(() => Float, { description: 'How much: whole orders or buyers, minor units of money, percent, or units a buyer. 0 to 2^53-1.' })
  target!: number
}

@InputType('CampaignStartInput', { description: 'How and when a campaign begins.' })
export class StartInput {
  @Field(() => CampaignStartKind, { description: 'How customers come to take part.' }) kind!: `${CampaignStartKind}`
  @Field(() => DateTime, { nullable: true, description: 'When it starts once it is scheduled; absent: when staff start it.' })
  at?: Date | null
  @Field(() => String, {
    nullable: true,
    description: "DAILY: when of the day those who newly match join, HH:MM by the shop's clock. Absent: 10:00.",
  })
  time?: string | null
  @Field(() => DateTime, { nullable: true, description: 'DAILY: nobody joins from then on; absent: for as long as it runs.' })
  until?: Date | null
}

@InputType('CampaignStepInput', { description: 'One sending of a campaign.' })
export class StepInput {
  @Field(() => Int, { nullable: true, description: 'Days to wait, 0 to 365; absent: none.' }) delayDays?: number | null
  @Field(() => Int, { nullable: true, description: 'Hours to wait besides, 0 to 23; absent: none.' }) delayHours?: number | null
  @Field(() => StepDelayAfter, { nullable: true, description: 'From when the delay counts; absent: PREVIOUS.' })
  after?: `${StepDelayAfter}` | null
  @Field(() => [MessageChannel], { description: 'By the first of these by which the customer may and can be reached; 1 to 8, each once.' })
  channels!: `${MessageChannel}`[]
  @Field(() => String, { description: 'The code of the template, 1 to 200 characters; it must be there when the campaign starts.' })
  templateCode!: string
  @Field(() => String, {
    nullable: true,
    description: 'A customer query that must hold when the step is due, else it is left out for that customer; absent or blank: none.',
  })
  condition?: string | null
  @Field(() => StepOnlyIf, { nullable: true, description: 'Absent: to everybody who still takes part.' }) onlyIf?: `${StepOnlyIf}` | null
  @Field(() => TouchPurpose, { nullable: true, description: 'Absent: CARE in a campaign of that kind, else MARKETING.' })
  purpose?: `${TouchPurpose}` | null
}

@InputType('CampaignLinkInput', { description: 'A private link of which everybody gets one of their own.' })
export class GiveLinkInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters; quotes show it. Absent: the name of the campaign.' })
  name?: string | null
  @Field(() => String, { nullable: true, description: 'For the shopper; at most 2,000 characters.' }) message?: string | null
  @Field(() => [PrivateLinkItemInput], { description: '1 to 100.' }) items!: PrivateLinkItemInput[]
  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: 'So many orders may use one; 1 to 1,000,000,000. Absent: one; an explicit null: without a limit.',
  })
  maxUses?: number | null
}

@InputType('CampaignGiveInput', { description: 'Something that those who take part are given; never the control group.' })
export class GiveInput {
  @Field(() => String, {
    nullable: true,
    description: 'COUPON, OFFER: the code of an offer whose campaign is this one, 1 to 200 characters. LINK: absent.',
  })
  offerCode?: string | null
  @Field(() => GiveLinkInput, { nullable: true, description: "LINK: what each one's private link says; else absent." })
  link?: GiveLinkInput | null
  @Field(() => GiveAs, { description: 'How they get it.' }) as!: `${GiveAs}`
  @Field(() => [String], {
    nullable: true,
    description:
      'COUPON, LINK: codes of tiers whose customers get it, by the tier that they joined with, at most 50; absent or empty: all.',
  })
  tierCodes?: string[] | null
  @Field(() => Int, { nullable: true, description: 'COUPON: so many for each, 1 to 100; absent: one.' }) each?: number | null
  @Field(() => Int, {
    nullable: true,
    description: 'COUPON, LINK: good for so many days, 1 to 3,650; absent: as the offer says, or while the campaign runs.',
  })
  validDays?: number | null
}

@InputType('CampaignTranslationInput', { description: 'What a storefront shows to readers of another language.' })
export class TranslationInput {
  @Field(() => String, { description: 'As in BCP 47: en, zh-CN; each once.' }) language!: string
  @Field(() => String, { description: '1 to 200 characters.' }) title!: string
  @Field(() => String, { nullable: true, description: 'At most 2,000 characters.' }) text?: string | null
}

@InputType('CampaignOnSiteInput', { description: 'What a storefront shows to those who take part.' })
export class OnSiteInput {
  @Field(() => String, { description: '1 to 200 characters.' }) title!: string
  @Field(() => String, { nullable: true, description: 'At most 2,000 characters.' }) text?: string | null
  @Field(() => String, { nullable: true, description: 'Where it leads: an address with https:// or http://, or a path with /.' })
  url?: string | null
  @Field(() => [TranslationInput], {
    nullable: true,
    description: 'At most 20. Whose language is none of them reads title and text as they stand here.',
  })
  translations?: TranslationInput[] | null
}

@InputType('CampaignInput', { description: 'A campaign as it is to be.' })
export class CampaignInput {
  @Field(() => String, { description: '1 to 60 letters, digits, dashes and underscores; told apart by case. For good.' }) code!: string
  @Field(() => String, { description: 'For staff; 1 to 200 characters.' }) name!: string
  @Field(() => CampaignKind, { description: 'What it is for.' }) kind!: `${CampaignKind}`
  @Field(() => GoalInput, { nullable: true, description: 'What it is to reach; absent: nothing was said.' }) goal?: GoalInput | null
  @Field(() => Int, {
    nullable: true,
    description: 'Orders so many days after joining count for it, 1 to 365; absent: 14.',
  })
  attributionDays?: number | null
  @Field(() => Money, { nullable: true, description: 'What its messages may cost in all; absent: without a limit.' }) budget?: number | null
  @Field(() => String, {
    nullable: true,
    description: 'A customer query; absent or blank: everybody. A wrong one is BAD_QUERY with its faults.',
  })
  audience?: string | null
  @Field(() => [String], { nullable: true, description: 'Customer queries, at most 20: whom any of them holds is left out.' })
  exclusions?: string[] | null
  @Field(() => Float, {
    nullable: true,
    description:
      'The share of the audience that gets nothing, so that the effect can be measured: 0 to 50, at most two decimals; absent: 10.',
  })
  controlPercent?: number | null
  @Field(() => Int, { nullable: true, description: '0 to 100; of two that want the same customer the higher goes first. Absent: 0.' })
  priority?: number | null
  @Field(() => StartInput, { nullable: true, description: 'Absent: ONCE, when staff start it.' }) start?: StartInput | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'It is over then, whoever has not been written to; absent: when all is said and the window of the last is over.',
  })
  endsAt?: Date | null
  @Field(() => [StepInput], { nullable: true, description: 'At most 8, in their order; with none it works on site alone.' }) steps?:
    | StepInput[]
    | null
  @Field(() => [GiveInput], { nullable: true, description: 'At most 20.' }) gives?: GiveInput[] | null
  @Field(() => OnSiteInput, { nullable: true, description: 'Absent: nothing is shown.' }) onSite?: OnSiteInput | null
}

@ObjectType('CampaignGoal', { description: 'What a campaign is to reach.', simpleResolvers: true })
export class GoalView {
  @Field(() => GoalMetric, { description: 'By what.' }) metric!: `${GoalMetric}`
  @Field(() => Float, { description: 'How much: orders, buyers, minor units of money, percent, or units a buyer.' }) target!: number
}

@ObjectType('CampaignStart', { description: 'How and when a campaign begins.', simpleResolvers: true })
export class StartView {
  @Field(() => CampaignStartKind, { description: 'How customers come to take part.' }) kind!: `${CampaignStartKind}`
  @Field(() => DateTime, { nullable: true, description: 'When it starts once it is scheduled; null: when staff start it.' })
  at!: Date | null
  @Field(() => String, { nullable: true, description: "DAILY: when of the day customers join, HH:MM by the shop's clock." }) time!:
    | string
    | null
  @Field(() => DateTime, { nullable: true, description: 'DAILY: nobody joins from then on.' }) until!: Date | null
}

@ObjectType('CampaignStep', { description: 'One sending of a campaign.', simpleResolvers: true })
export class StepView {
  @Field(() => Int, { description: '1 to 8.' }) number!: number
  @Field(() => Int, { description: 'Days to wait.' }) delayDays!: number
  @Field(() => Int, { description: 'Hours to wait besides.' }) delayHours!: number
  @Field(() => StepDelayAfter, { description: 'From when the delay counts.' }) after!: `${StepDelayAfter}`
  @Field(() => [MessageChannel], { description: 'In the order in which they are tried.' }) channels!: readonly `${MessageChannel}`[]
  @Field(() => String, { description: 'The code of the template.' }) templateCode!: string
  @Field(() => String, { nullable: true, description: 'A customer query that must hold when the step is due; null: none.' }) condition!:
    | string
    | null
  @Field(() => StepOnlyIf, { nullable: true, description: 'Null: to everybody who still takes part.' }) onlyIf!: `${StepOnlyIf}` | null
  @Field(() => TouchPurpose, { description: 'What it is for.' }) purpose!: `${TouchPurpose}`
}

@ObjectType('CampaignLink', { description: 'A private link of which everybody gets one of their own.', simpleResolvers: true })
export class GiveLinkView {
  @Field(() => String, { description: 'Quotes show it.' }) name!: string
  @Field(() => String, { nullable: true, description: 'For the shopper.' }) message!: string | null
  @Field(() => [PrivateLinkItemView], { description: 'One a sku.' }) items!: PrivateLinkItemView[]
  @Field(() => Int, { nullable: true, description: 'So many orders may use one; null: without a limit.' }) maxUses!: number | null
}

@ObjectType('CampaignGive', { description: 'Something that those who take part are given.', simpleResolvers: true })
export class GiveView {
  @Field(() => String, { nullable: true, description: 'The code of the offer; null: a private link.' }) offerCode!: string | null
  @Field(() => GiveLinkView, { nullable: true, description: "What each one's private link says; null: it is none." })
  link!: GiveLinkView | null
  @Field(() => GiveAs, { description: 'How they get it.' }) as!: `${GiveAs}`
  @Field(() => [String], { description: 'Codes of tiers whose customers get it; empty: all.' }) tierCodes!: readonly string[]
  @Field(() => Int, { description: 'COUPON: so many for each.' }) each!: number
  @Field(() => Int, { nullable: true, description: 'Good for so many days; null: as the offer says, or while the campaign runs.' })
  validDays!: number | null
}

@ObjectType('CampaignTranslation', { description: 'What a storefront shows to readers of another language.', simpleResolvers: true })
export class TranslationView {
  @Field(() => String, { description: 'As in BCP 47.' }) language!: string
  @Field(() => String, { description: 'A headline.' }) title!: string
  @Field(() => String, { nullable: true, description: 'More words.' }) text!: string | null
}

@ObjectType('CampaignOnSite', { description: 'What a storefront shows to those who take part.', simpleResolvers: true })
export class OnSiteView {
  @Field(() => String, { description: 'A headline.' }) title!: string
  @Field(() => String, { nullable: true, description: 'More words.' }) text!: string | null
  @Field(() => String, { nullable: true, description: 'Where it leads.' }) url!: string | null
  @Field(() => [TranslationView], { description: 'The same words for readers of other languages.' })
  translations!: readonly TranslationView[]
}

@ObjectType('Campaign', {
  description: 'An effort with a goal: for whom, what they are sent and given, and who gets nothing.',
  simpleResolvers: true,
})
export class CampaignView {
  @Field(() => ID, { description: 'Of the campaign.' }) id!: string
  @Field(() => String, { description: 'By which it is named.' }) code!: string
  @Field(() => String, { description: 'For staff.' }) name!: string
  @Field(() => CampaignKind, { description: 'What it is for.' }) kind!: `${CampaignKind}`
  @Field(() => CampaignStatus, { description: 'Where it stands.' }) status!: `${CampaignStatus}`
  @Field(() => GoalView, { nullable: true, description: 'What it is to reach; null: nothing was said.' }) goal!: GoalView | null
  @Field(() => Int, { description: 'Orders so many days after joining count for it.' }) attributionDays!: number
  @Field(() => Money, { nullable: true, description: 'What its messages may cost in all; null: without a limit.' }) budget!: Minor | null
  @Field(() => Money, { description: 'What its messages have cost, those that are queued included.' }) spent!: Minor
  @Field(() => String, { nullable: true, description: 'A customer query; null: everybody.' }) audience!: string | null
  @Field(() => [String], { description: 'Customer queries: whom any of them holds is left out.' }) exclusions!: readonly string[]
  @Field(() => Float, { description: 'The share of the audience that gets nothing, in percent.' }) controlPercent!: number
  @Field(() => Int, { description: 'The higher goes first.' }) priority!: number
  @Field(() => StartView, { description: 'How and when it begins.' }) start!: StartView
  @Field(() => DateTime, { nullable: true, description: 'When it is over whatever is left; null: when all is said.' }) endsAt!: Date | null
  @Field(() => [StepView], { description: 'In their order.' }) steps!: StepView[]
  @Field(() => [GiveView], { description: 'In their order.' }) gives!: GiveView[]
  @Field(() => OnSiteView, { nullable: true, description: 'Null: nothing is shown.' }) onSite!: OnSiteView | null
  @Field(() => DateTime, { description: 'When it was first saved.' }) createdAt!: Date
  @Field(() => DateTime, { description: 'When it was last changed.' }) updatedAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'Null until it starts.' }) startedAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Since when it is paused.' }) pausedAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'When it was finished or cancelled.' }) endedAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'When customers are next let in; null: nobody more joins.' })
  nextJoinAt!: Date | null
}

@ObjectType('CampaignConnection', { description: 'A page of campaigns.', simpleResolvers: true })
export class CampaignConnection extends connectionOf(CampaignView) {}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

export const toCampaignView = ({ controlBp, start, steps, gives, onSite, ...campaign }: Campaign): CampaignView => ({
  ...campaign,
  budget: campaign.budget as Minor | null,
  spent: campaign.spent as Minor,
  controlPercent: controlBp / 100,
  start: toStartView(start),
  endsAt: dateOf(campaign.endsAt),
  steps: steps.map(toStepView),
  gives: gives.map(toGiveView),
  onSite: onSite && { ...onSite, translations: onSite.translations ?? [] },
  createdAt: new Date(campaign.createdAt),
  updatedAt: new Date(campaign.updatedAt),
  startedAt: dateOf(campaign.startedAt),
  pausedAt: dateOf(campaign.pausedAt),
  endedAt: dateOf(campaign.endedAt),
  nextJoinAt: dateOf(campaign.nextJoinAt),
})

const toStartView = ({ kind, at, minute, until }: CampaignStart): StartView => ({
  kind,
  at: dateOf(at),
  time: minute === null ? null : `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
  until: dateOf(until),
})
const two = (n: number) => String(n).padStart(2, '0')

const toStepView = ({ delayHours, ...step }: Step): StepView => ({
  ...step,
  delayDays: Math.floor(delayHours / 24),
  delayHours: delayHours % 24,
})

const toGiveView = ({ linkTerms, ...give }: Give): GiveView => ({
  ...give,
  link: linkTerms && { ...linkTerms, items: linkTerms.items.map(toItemView) },
})
