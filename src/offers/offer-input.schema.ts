import { Field, InputType, Int } from 'type-graphql'
import { Money, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import { AdjustmentInput } from '../pricebook/rule.schema.ts'
import { TermsInput } from '../pricebook/terms.schema.ts'
import type { Offer, OrderTerms } from '../pricing/rule.ts'
import { CouponTermsInput } from './coupon-terms.schema.ts'
import { Combination, OfferLevel, OfferTrigger } from './offer.schema.ts'
import { OrderForm } from './offer-terms.schema.ts'
import { PrizeInput } from './surprise.schema.ts'

@InputType('ProductOfferInput', {
  description: 'What an offer of level PRODUCT does to a unit price. Both minimums look at all lines in its scope together, at list price.',
})
export class ProductOfferInput {
  @Field(() => AdjustmentInput, { description: 'EXCLUSIVE: of the list price; STACKABLE: of the price so far.' })
  adjustment!: AdjustmentInput
  @Field(() => Money, { nullable: true, description: 'The least sum of list price x quantity.' }) minSubtotal?: Minor | null
  @Field(() => Int, { nullable: true, description: 'The least number of units; from 1.' }) minQuantity?: number | null
  @Field(() => Int, { nullable: true, description: 'From 1. A sku of which the cart has more units is not reached at all.' })
  maxUnitsPerOrder?: number | null
  @Field(() => Int, {
    nullable: true,
    description: "From 1. As maxUnitsPerOrder, with the customer's units of the sku at this offer in other orders counted.",
  })
  maxUnitsPerCustomer?: number | null
}

@InputType('GiftInput', { description: 'Given with a step.' })
export class GiftInput {
  @Field(() => String, { description: 'What is given; it need not be in the catalogue.' }) sku!: string
  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'From 1.' }) quantity?: number | null
  @Field(() => String, { nullable: true, description: 'Only for shoppers of at least this tier.' }) minTierCode?: string | null
}

@InputType('OrderStepInput', {
  description:
    'One step of a THRESHOLD: it opens at minSubtotal, minQuantity and minTierCode together, takes percentOff or amountOff or nothing, and gives its perks.',
})
export class OrderStepInput {
  @Field(() => Money, { nullable: true, defaultValue: 0, description: 'The least sum of the lines in scope.' }) minSubtotal?: Minor | null
  @Field(() => Int, { nullable: true, description: 'The least number of units in scope; from 1.' }) minQuantity?: number | null
  @Field(() => String, { nullable: true, description: 'Only for shoppers of at least this tier.' }) minTierCode?: string | null
  @Field(() => Percentage, { nullable: true, description: 'Taken of the sum; not together with amountOff.' })
  percentOff?: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'More than 0; not together with percentOff.' }) amountOff?: Minor | null
  @Field(() => Money, { nullable: true, description: 'More than 0: the most that percentOff or amountOff takes.' }) maxAmount?: Minor | null
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Said to the shop, which ships; never an amount here.' })
  freeShipping?: boolean | null
  @Field(() => [GiftInput], { nullable: true, description: 'At most 100.' }) gifts?: GiftInput[] | null
  @Field(() => [PrizeInput], {
    nullable: true,
    description: '1 to 100 prizes, of which one or none is drawn when the order is committed. Its odds are shown to shoppers.',
  })
  surprise?: PrizeInput[] | null
}

@InputType('MultiBuyInput', {
  description:
    'Of every so many units in scope, from the dearest down, the last few are cheaper: second at half price is every 2, units 1, 50 %.',
})
export class MultiBuyInput {
  @Field(() => Int, { description: 'Units in a group; from 1.' }) every!: number
  @Field(() => Int, { description: 'Of them the last so many; from 1 to every.' }) units!: number
  @Field(() => Percentage, { description: 'Taken of what each of them costs.' }) percentOff!: BasisPoints
}

@InputType('BundleItemInput', { description: 'What one set has of a sku.' })
export class BundleItemInput {
  @Field(() => String, { description: 'Each sku once in a bundle.' }) sku!: string
  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'From 1.' }) quantity?: number | null
}

@InputType('BundleInput', { description: 'A set of skus for one price. Its offer has no scope and no onlyUndiscounted.' })
export class BundleInput {
  @Field(() => [BundleItemInput], { description: '1 to 100.' }) items!: BundleItemInput[]
  @Field(() => Money, { description: 'Of the whole set.' }) price!: Minor
}

@InputType('OrderOfferInput', {
  description: 'What an offer of level ORDER takes: steps for a THRESHOLD, multiBuy for a MULTI_BUY, bundle for a BUNDLE.',
})
export class OrderOfferInput {
  @Field(() => OrderForm, { nullable: true, defaultValue: OrderForm.THRESHOLD, description: 'How it takes.' }) form?:
    | OrderTerms['form']
    | null
  @Field(() => [OrderStepInput], { nullable: true, description: '1 to 50, in any order; the open one that takes most counts.' }) steps?:
    | OrderStepInput[]
    | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'amountOff once for each time minSubtotal, which is more than 0, is reached. Exactly one step.',
  })
  repeat?: boolean | null
  @Field(() => MultiBuyInput, { nullable: true, description: 'Of a MULTI_BUY.' }) multiBuy?: MultiBuyInput | null
  @Field(() => BundleInput, { nullable: true, description: 'Of a BUNDLE.' }) bundle?: BundleInput | null
}

@InputType('OfferInput', { description: 'An offer, whole: product for level PRODUCT, order for level ORDER, never both.' })
export class OfferInput extends TermsInput {
  @Field(() => String, { nullable: true, description: 'For shoppers; at most 2000 characters.' }) description?: string | null
  @Field(() => OfferLevel, { description: 'What it lowers; it stays what it is once the offer was published.' }) level!: Offer['level']
  @Field(() => OfferTrigger, {
    nullable: true,
    defaultValue: OfferTrigger.AUTOMATIC,
    description: 'Whether it needs its code in the cart.',
  })
  trigger?: Offer['trigger'] | null
  @Field(() => Combination, {
    nullable: true,
    defaultValue: Combination.EXCLUSIVE,
    description: 'Whether it goes with others of its level.',
  })
  combination?: Offer['combination'] | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Only for shoppers who are not identified or have no counted order.',
  })
  firstOrderOnly?: boolean | null
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Passes over what is below its list price already.' })
  onlyUndiscounted?: boolean | null
  @Field(() => ProductOfferInput, { nullable: true, description: 'Of level PRODUCT.' }) product?: ProductOfferInput | null
  @Field(() => OrderOfferInput, { nullable: true, description: 'Of level ORDER.' }) order?: OrderOfferInput | null
  @Field(() => Int, {
    nullable: true,
    description: 'From 1: so many orders may use it, reserved and committed ones, over all its versions.',
  })
  totalLimit?: number | null
  @Field(() => Int, { nullable: true, description: 'From 1: so many orders of one customer. Only who is identified can reserve it.' })
  perCustomerLimit?: number | null
  @Field(() => Money, {
    nullable: true,
    description: 'More than 0: what it may take in all orders together, over all its versions, won amounts included.',
  })
  budget?: Minor | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether a use comes back once every line that the offer touched is wholly returned.',
  })
  returnsRestoreUse?: boolean | null
  @Field(() => CouponTermsInput, {
    nullable: true,
    description: 'Of a CODE offer that is had with a coupon that the shopper owns; then its own code opens nothing.',
  })
  coupons?: CouponTermsInput | null
  @Field(() => String, {
    nullable: true,
    description:
      'The code of a campaign, 1 to 60 characters, told apart by case: only those who take part in it and are not in its control group have the offer, as far as the audience holds them. AUTOMATIC: while the campaign runs or is paused, until the customer leaves it. CODE: until the offer ends, also once the campaign is finished, but not once it is cancelled.',
  })
  campaign?: string | null
}
