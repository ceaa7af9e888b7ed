import { Field, Float, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { CampaignView } from './campaign.schema.ts'

export enum ReadyMadeParameterKind {
  AMOUNT = 'AMOUNT',
  PERCENT = 'PERCENT',
  DAYS = 'DAYS',
  DAY_OF_MONTH = 'DAY_OF_MONTH',
}
registerEnumType(ReadyMadeParameterKind, {
  name: 'ReadyMadeParameterKind',
  description: 'What a figure of a ready-made campaign counts.',
  valuesConfig: {
    AMOUNT: { description: "Whole major units of the shop's currency, as customer queries write amounts." },
    PERCENT: { description: 'Whole percent.' },
    DAYS: { description: 'Days.' },
    DAY_OF_MONTH: { description: 'A day of the month.' },
  },
})

@ObjectType('ReadyMadeParameter', { description: 'A figure of a ready-made campaign, as it fits the shop.', simpleResolvers: true })
export class ReadyMadeParameterView {
  @Field(() => String, { description: 'Under which it may be set otherwise.' }) code!: string
  @Field(() => String, { description: 'In the language asked for.' }) name!: string
  @Field(() => ReadyMadeParameterKind, { description: 'What it counts.' }) kind!: `${ReadyMadeParameterKind}`
  @Field(() => Float, { description: 'What it is unless it is set.' }) value!: number
  @Field(() => Boolean, {
    description:
      "Whether it was taken from the shop's own buyers, which takes 20 of them, rounded up to two digits; else it is what is usual.",
  })
  isMeasured!: boolean
  @Field(() => Float, { description: 'It may be set to this and more.' }) least!: number
  @Field(() => Float, { description: 'It may be set to this and less.' }) most!: number
}

export enum ReadyMadeGoods {
  NONE = 'NONE',
  BEST_SELLERS = 'BEST_SELLERS',
  OPTIONAL = 'OPTIONAL',
  REQUIRED = 'REQUIRED',
}
registerEnumType(ReadyMadeGoods, {
  name: 'ReadyMadeGoods',
  description: 'Whether a ready-made campaign is about goods that are named when it is adopted.',
  valuesConfig: {
    NONE: { description: 'It is about no goods of its own.' },
    BEST_SELLERS: { description: 'They may be named; else it takes what sold best within a year at its price level.' },
    OPTIONAL: { description: 'They may be named; without them it gives none.' },
    REQUIRED: { description: 'They must be named.' },
  },
})

@ObjectType('ReadyMadeCampaign', { description: 'A campaign that most shops have a use for.', simpleResolvers: true })
export class ReadyMadeCampaignView {
  @Field(() => String, { description: 'Under which it is adopted.' }) code!: string
  @Field(() => String, { description: 'In the language asked for.' }) name!: string
  @Field(() => String, { description: 'For whom it is and what it does, in the language asked for.' }) purpose!: string
  @Field(() => [ReadyMadeParameterView], { description: 'Its figures, as they fit the shop.' }) parameters!: ReadyMadeParameterView[]
  @Field(() => ReadyMadeGoods, { description: 'Whether goods are named for it.' }) goods!: `${ReadyMadeGoods}`
  @Field(() => String, { nullable: true, description: 'What those goods are, in the language asked for; null: none are named.' })
  goodsName!: string | null
  @Field(() => CampaignView, { nullable: true, description: "The shop's own campaign of this code; null: none." })
  campaign!: CampaignView | null
}

@InputType('ReadyMadeParameterInput', { description: 'A figure that is to be another one.' })
export class ReadyMadeParameterInput {
  @Field(() => String, { description: "The parameter's code." }) code!: string
  @Field(() => Float, { description: 'A whole number from its least to its most.' }) value!: number
}

@ObjectType('AdoptedCampaign', { description: "A ready-made campaign as the shop's own.", simpleResolvers: true })
export class AdoptedCampaignView {
  @Field(() => CampaignView, {
    description: 'A draft: change it with saveCampaign, look at it with previewCampaign, start it with startCampaign.',
  })
  campaign!: CampaignView
  @Field(() => [ReadyMadeParameterView], { description: 'The figures with which it was adopted.' }) parameters!: ReadyMadeParameterView[]
  @Field(() => [String], { description: 'Codes of its offers, drafts: publish them before it starts.' }) offerCodes!: readonly string[]
  @Field(() => [String], { description: 'Codes of its templates, each in English and Chinese.' }) templateCodes!: readonly string[]
  @Field(() => [String], { description: 'Codes of the segments that it names, adopted with it where the shop had none of that code.' })
  segmentCodes!: readonly string[]
}
