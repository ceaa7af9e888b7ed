import { Field, ID, Int, ObjectType } from 'type-graphql'
import { DateTime, Money, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import { OfferLevel, OfferTrigger } from '../offers/offer.schema.ts'
import { PrizeView } from '../offers/surprise.schema.ts'
import { StorefrontTier } from '../tiers/tier.schema.ts'

/** Its other fields are resolved when they are asked for (shopper.storefront.ts). */
@ObjectType('Shopper', { description: 'Whoever is at the storefront, once they are known to be a customer.', simpleResolvers: true })
export class ShopperView {
  @Field(() => ID, { description: "The customer's id." }) id!: string
}

@ObjectType('ShopperOffer', { description: 'An offer that this shopper may have now.', simpleResolvers: true })
export class ShopperOfferView {
  @Field(() => String, { description: 'What the shop calls it.' }) name!: string
  @Field(() => String, { nullable: true, description: 'For shoppers.' }) description!: string | null
  @Field(() => OfferLevel, { description: 'Whether it lowers unit prices or the order.' }) level!: 'PRODUCT' | 'ORDER'
  @Field(() => OfferTrigger, { description: 'Whether it comes by itself or by a code.' }) trigger!: 'AUTOMATIC' | 'CODE'
  @Field(() => DateTime, { nullable: true, description: 'Until when it holds; null: no end is set.' }) validUntil!: Date | null
  @Field(() => [OfferStepView], { description: 'ORDER offers: the steps, each with what it takes.' }) steps!: readonly OfferStepView[]
  @Field(() => String, {
    nullable: true,
    description: 'Where this shopper may claim a coupon of it now: for claimCoupon. In a cart it opens nothing.',
  })
  claimCode!: string | null
}

@ObjectType('OfferStepView', { description: 'A step of a threshold offer.', simpleResolvers: true })
export class OfferStepView {
  @Field(() => Money, { nullable: true, description: 'What the lines in scope must come to.' }) minSubtotal!: Minor | null
  @Field(() => Int, { nullable: true, description: 'How many units in scope it takes.' }) minQuantity!: number | null
  @Field(() => StorefrontTier, { nullable: true, description: 'The lowest tier that has it; null: everyone.' })
  minTier!: StorefrontTier | null
  @Field(() => Percentage, { nullable: true, description: 'What share it takes.' }) percentOff!: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'What amount it takes.' }) amountOff!: Minor | null
  @Field(() => Boolean, { description: 'Whether shipping is free with it.' }) freeShipping!: boolean
  @Field(() => [GiftView], { description: "What comes with it, as far as the shopper's tier admits it." }) gifts!: readonly GiftView[]
  @Field(() => [PrizeView], {
    nullable: true,
    description: 'What may be won with it, and how likely: drawn when the order is committed. Null: nothing is drawn.',
  })
  surprise!: readonly PrizeView[] | null
}

@ObjectType('GiftView', { description: 'Goods given.', simpleResolvers: true })
export class GiftView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'How many units.' }) quantity!: number
}
