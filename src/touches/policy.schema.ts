import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import { consentRuleOf, type TouchPolicy, timeOf } from './policy.model.ts'
import { TOUCH_CHANNELS } from './touch.model.ts'
import { TouchChannelName } from './touch-words.schema.ts'

export enum CapPeriod {
  DAY = 'DAY',
  WEEK = 'WEEK',
  MONTH = 'MONTH',
}
registerEnumType(CapPeriod, {
  name: 'CapPeriod',
  description: "A day, week (from Monday) or month of the customer's calendar.",
  valuesConfig: {
    DAY: { description: 'From midnight to midnight.' },
    WEEK: { description: 'From Monday on.' },
    MONTH: { description: 'From the first on.' },
  },
})

export enum OnCap {
  DROP = 'DROP',
  WAIT = 'WAIT',
}
registerEnumType(OnCap, {
  name: 'OnCap',
  description: 'What becomes of one that would be too many.',
  valuesConfig: {
    DROP: { description: 'It is not sent.' },
    WAIT: { description: 'It waits for the first minute at which it is not, for at most waitAtMostDays.' },
  },
})

export enum ConsentRuleName {
  OPT_IN = 'OPT_IN',
  OPT_OUT = 'OPT_OUT',
}
registerEnumType(ConsentRuleName, {
  name: 'ConsentRuleKind',
  description: 'Whose silence is what.',
  valuesConfig: {
    OPT_IN: { description: 'Only who said yes.' },
    OPT_OUT: { description: 'Everybody who did not say no.' },
  },
})

@ObjectType('TouchCap', { description: 'At most so many touches. Of several that are for a customer all hold.', simpleResolvers: true })
export class TouchCapView {
  @Field(() => [TouchPurpose], { description: 'Which touches it counts and keeps back.' }) purposes!: TouchPurpose[]
  @Field(() => [TouchChannelName], { nullable: true, description: 'On which channels; null: on all that count.' }) channels!:
    | TouchChannelName[]
    | null
  @Field(() => Int, { description: 'How many; 0: none.' }) most!: number
  @Field(() => Int, { nullable: true, description: 'In any so many days; null: in a period of the calendar.' }) rollingDays!: number | null
  @Field(() => CapPeriod, { nullable: true, description: 'In any such period, where the customer lives; null: in rolling days.' })
  calendar!: `${CapPeriod}` | null
  @Field(() => String, { nullable: true, description: 'A customer query: whom it is for; null: everybody.' }) audience!: string | null
  @Field(() => OnCap, { description: 'What becomes of one more.' }) onCap!: `${OnCap}`
}

@InputType('TouchCapInput', { description: 'At most so many touches: either in any rollingDays or in a period of the calendar.' })
export class TouchCapInput {
  @Field(() => [TouchPurpose], { nullable: true, description: 'Which touches it counts and keeps back. Absent: MARKETING.' })
  purposes?: TouchPurpose[] | null
  @Field(() => [TouchChannelName], { nullable: true, description: 'On which channels. Absent: on all that count.' })
  channels?: TouchChannelName[] | null
  @Field(() => Int, { description: 'How many; 0 to 1,000.' }) most!: number
  @Field(() => Int, { nullable: true, description: 'In any so many days; 1 to 366.' }) rollingDays?: number | null
  @Field(() => CapPeriod, { nullable: true, description: 'In any such period, where the customer lives.' }) calendar?: CapPeriod | null
  @Field(() => String, {
    nullable: true,
    description: "A customer query: whom it is for, e.g. abc_class = 'A'. Absent: everybody.",
  })
  audience?: string | null
  @Field(() => OnCap, { nullable: true, description: 'What becomes of one more. Absent: WAIT.' }) onCap?: OnCap | null
}

@ObjectType('QuietHours', { description: 'A time of the day, where the customer lives, at which nothing is sent.', simpleResolvers: true })
export class QuietHoursView {
  @Field(() => [TouchChannelName], { description: 'On these channels.' }) channels!: TouchChannelName[]
  @Field(() => [TouchPurpose], { description: 'For these purposes.' }) purposes!: TouchPurpose[]
  @Field(() => String, { description: 'From when on, HH:MM.' }) from!: string
  @Field(() => String, { description: 'Until when, HH:MM: past midnight when it is the earlier, a whole day when it is the same.' })
  until!: string
  @Field(() => [Int], { nullable: true, description: 'On which days it begins, 1 Monday to 7 Sunday; null: every day.' }) daysOfWeek!:
    | number[]
    | null
}

@InputType('QuietHoursInput', { description: 'A time of the day, where the customer lives, at which nothing is sent.' })
export class QuietHoursInput {
  @Field(() => [TouchChannelName], { description: 'On these channels.' }) channels!: TouchChannelName[]
  @Field(() => [TouchPurpose], { nullable: true, description: 'For these purposes. Absent: for all.' }) purposes?: TouchPurpose[] | null
  @Field(() => String, { description: 'From when on, HH:MM.' }) from!: string
  @Field(() => String, { description: 'Until when, HH:MM: past midnight when it is the earlier, a whole day when it is the same.' })
  until!: string
  @Field(() => [Int], { nullable: true, description: 'On which days it begins, 1 Monday to 7 Sunday. Absent: every day.' })
  daysOfWeek?: number[] | null
}

@ObjectType('ConsentRule', { description: 'Whether a channel needs a yes before it is used.', simpleResolvers: true })
export class ConsentRuleView {
  @Field(() => TouchChannelName, { description: 'Which channel.' }) channel!: `${TouchChannelName}`
  @Field(() => TouchPurpose, { description: 'For what.' }) purpose!: `${TouchPurpose}`
  @Field(() => ConsentRuleName, { description: 'What silence is.' }) rule!: `${ConsentRuleName}`
}

@InputType('ConsentRuleInput', { description: 'Whether a channel needs a yes before it is used.' })
export class ConsentRuleInput {
  @Field(() => TouchChannelName, { description: 'Which channel.' }) channel!: TouchChannelName
  @Field(() => TouchPurpose, { description: 'For what.' }) purpose!: TouchPurpose
  @Field(() => ConsentRuleName, { description: 'What silence is. PARCEL and ON_SITE: always OPT_OUT.' }) rule!: ConsentRuleName
}

@ObjectType('TouchPolicy', { description: 'Who may be spoken to, when and how often, over all campaigns.', simpleResolvers: true })
export class TouchPolicyView {
  @Field(() => [TouchCapView], { description: 'How often.' }) caps!: TouchCapView[]
  @Field(() => [QuietHoursView], { description: 'When not.' }) quietHours!: QuietHoursView[]
  @Field(() => [ConsentRuleView], { description: 'Whether a yes is needed: every channel and purpose.' }) consent!: ConsentRuleView[]
  @Field(() => Int, { nullable: true, description: 'No marketing for whoever had no care touch within so many days; null: it may be.' })
  careFirstDays!: number | null
  @Field(() => Boolean, { description: 'No marketing while a complaint is open.' }) blockedByComplaint!: boolean
  @Field(() => Boolean, { description: 'No marketing while an order is awaited.' }) blockedByOrder!: boolean
  @Field(() => Boolean, { description: 'No marketing while a refund is pending.' }) blockedByRefund!: boolean
  @Field(() => Int, { description: 'What nobody reports as over is taken to be over after so many days.' }) openAtMostDays!: number
  @Field(() => Int, {
    description: 'Whoever bought a product at full price within so many days gets no message that discounts it; 0: they may.',
  })
  priceShieldDays!: number
  @Field(() => [TouchChannelName], { description: 'Channels that count only for caps that name them.' })
  uncountedChannels!: TouchChannelName[]
  @Field(() => Boolean, { description: 'Whether touches that staff made and wrote down count.' }) countManual!: boolean
  @Field(() => Int, { description: 'What would wait for longer is dropped.' }) waitAtMostDays!: number
}

@InputType('TouchPolicyInput', {
  description: 'What of the policy is to be otherwise. What is left out stays as it is; a list is replaced whole.',
})
export class TouchPolicyInput {
  @Field(() => [TouchCapInput], { nullable: true, description: 'How often; at most 20.' }) caps?: TouchCapInput[] | null
  @Field(() => [QuietHoursInput], { nullable: true, description: 'When not; at most 20.' }) quietHours?: QuietHoursInput[] | null
  @Field(() => [ConsentRuleInput], {
    nullable: true,
    description:
      'Where a yes is needed, and where not. What is not named here is as at first: OPT_IN for marketing by EMAIL, SMS, PUSH, WECHAT, WECOM and PHONE, else OPT_OUT. At most 20.',
  })
  consent?: ConsentRuleInput[] | null
  @Field(() => Int, {
    nullable: true,
    description: 'No marketing for whoever had no care touch within so many days; 0 to 366, 0: it may be.',
  })
  careFirstDays?: number | null
  @Field(() => Boolean, { nullable: true, description: 'No marketing while a complaint is open.' }) blockedByComplaint?: boolean | null
  @Field(() => Boolean, { nullable: true, description: 'No marketing while an order is awaited.' }) blockedByOrder?: boolean | null
  @Field(() => Boolean, { nullable: true, description: 'No marketing while a refund is pending.' }) blockedByRefund?: boolean | null
  @Field(() => Int, { nullable: true, description: 'What nobody reports as over is taken to be over after so many days; 1 to 366.' })
  openAtMostDays?: number | null
  @Field(() => Int, {
    nullable: true,
    description: 'Whoever bought a product at full price within so many days gets no message that discounts it; 0 to 366, 0: they may.',
  })
  priceShieldDays?: number | null
  @Field(() => [TouchChannelName], { nullable: true, description: 'Channels that count only for caps that name them.' })
  uncountedChannels?: TouchChannelName[] | null
  @Field(() => Boolean, { nullable: true, description: 'Whether touches that staff made and wrote down count.' }) countManual?:
    | boolean
    | null
  @Field(() => Int, { nullable: true, description: 'What would wait for longer is dropped; 0 to 366.' }) waitAtMostDays?: number | null
}

const PURPOSES = [TouchPurpose.CARE, TouchPurpose.MARKETING] as const

export const toPolicyView = (policy: TouchPolicy): TouchPolicyView => ({
  caps: policy.caps.map(({ purposes, channels, most, window, audience, onCap }) => ({
    purposes: [...purposes] as TouchPurpose[],
    channels: channels === null ? null : ([...channels] as TouchChannelName[]),
    most,
    rollingDays: window.kind === 'ROLLING' ? window.days : null,
    calendar: window.kind === 'CALENDAR' ? window.unit : null,
    audience,
    onCap,
  })),
  quietHours: policy.quietHours.map(({ channels, purposes, from, until, weekdays }) => ({
    channels: [...channels] as TouchChannelName[],
    purposes: [...purposes] as TouchPurpose[],
    from: timeOf(from),
    until: timeOf(until),
    daysOfWeek: weekdays === null ? null : [...weekdays],
  })),
  consent: TOUCH_CHANNELS.flatMap((channel) =>
    PURPOSES.map((purpose) => ({ channel, purpose, rule: consentRuleOf(policy, channel, purpose) })),
  ),
  careFirstDays: policy.careFirstDays,
  blockedByComplaint: policy.blockedBy.openComplaint,
  blockedByOrder: policy.blockedBy.undeliveredOrder,
  blockedByRefund: policy.blockedBy.pendingRefund,
  openAtMostDays: policy.openAtMostDays,
  priceShieldDays: policy.priceShieldDays,
  uncountedChannels: [...policy.uncountedChannels] as TouchChannelName[],
  countManual: policy.countManual,
  waitAtMostDays: policy.waitAtMostDays,
})
