import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import { GiveAs } from './campaign-words.schema.ts'

export enum CampaignEventKind {
  SEEN = 'SEEN',
  CLICKED = 'CLICKED',
  DISMISSED = 'DISMISSED',
}
registerEnumType(CampaignEventKind, {
  name: 'CampaignEventKind',
  description: 'What a shopper did with a campaign on site.',
  valuesConfig: {
    SEEN: { description: 'It was shown to them: an exposure.' },
    CLICKED: { description: 'They followed it.' },
    DISMISSED: { description: 'They want to see no more of it: it is not in Shopper.campaigns any more. What it gives stays theirs.' },
  },
})

@InputType('CampaignEventInput', { description: 'Something that a shopper did with a campaign on site.' })
export class CampaignEventInput {
  @Field(() => String, { description: 'ShopperCampaign.code.' }) campaign!: string
  @Field(() => CampaignEventKind, { description: 'What they did.' }) kind!: `${CampaignEventKind}`
}

@ObjectType('ShopperCampaignGift', {
  description: 'Something that a campaign gives this shopper and that they can use.',
  simpleResolvers: true,
})
export class ShopperGiftView {
  @Field(() => GiveAs, { description: 'COUPON: it is in Shopper.coupons; OFFER: it is in Shopper.offers.' }) as!: `${GiveAs}`
  @Field(() => String, { description: 'What the shop calls the offer.' }) name!: string
  @Field(() => String, { nullable: true, description: 'For shoppers.' }) description!: string | null
  @Field(() => DateTime, { nullable: true, description: 'The first instant at which it is no longer good; null: no end is set.' })
  validUntil!: Date | null
  @Field(() => String, { nullable: true, description: 'COUPON: what goes into a cart.' }) couponCode!: string | null
}

@ObjectType('ShopperCampaign', { description: 'A campaign as one of those sees it who take part in it.', simpleResolvers: true })
export class ShopperCampaignView {
  @Field(() => String, { description: 'For recordCampaignEvents.' }) code!: string
  @Field(() => String, { description: 'A headline.' }) title!: string
  @Field(() => String, { nullable: true, description: 'More words.' }) text!: string | null
  @Field(() => String, { nullable: true, description: 'Where it leads.' }) url!: string | null
  @Field(() => DateTime, { nullable: true, description: 'When the campaign is over; null: no end is set.' }) validUntil!: Date | null
  @Field(() => [ShopperGiftView], { description: 'What it gives them, as far as they can use it now.' }) gifts!: readonly ShopperGiftView[]
}
