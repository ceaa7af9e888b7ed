import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import type { RuleOf, RuleVersion } from '../pricebook/rule.model.ts'
import { RuleStatus } from '../pricebook/rule.schema.ts'
import type { TierOf } from '../pricebook/terms.model.ts'
import { toVersionView, VersionView } from '../pricebook/terms.schema.ts'
import type { Offer } from '../pricing/rule.ts'
import { CouponTermsView, toCouponTermsView } from './coupon-terms.schema.ts'
import { OrderOfferView, ProductOfferView, toOrderOfferView, toProductOfferView } from './offer-terms.schema.ts'

export enum OfferLevel {
  PRODUCT = 'PRODUCT',
  ORDER = 'ORDER',
}
registerEnumType(OfferLevel, {
  name: 'OfferLevel',
  description: 'What an offer lowers.',
  valuesConfig: { PRODUCT: { description: 'Unit prices, line by line.' }, ORDER: { description: 'What the lines come to together.' } },
})

export enum OfferTrigger {
  AUTOMATIC = 'AUTOMATIC',
  CODE = 'CODE',
}
registerEnumType(OfferTrigger, {
  name: 'OfferTrigger',
  description: 'How an offer comes into a cart.',
  valuesConfig: {
    AUTOMATIC: { description: 'By itself.' },
    CODE: { description: 'By its code, which the shopper types, or by a coupon of it.' },
  },
})

export enum Combination {
  EXCLUSIVE = 'EXCLUSIVE',
  STACKABLE = 'STACKABLE',
}
registerEnumType(Combination, {
  name: 'Combination',
  description: 'Whether an offer goes with others of its level.',
  valuesConfig: {
    EXCLUSIVE: { description: 'Of all exclusive ones the best applies.' },
    STACKABLE: { description: 'Comes on top, the larger priority first.' },
  },
})

@ObjectType('OfferVersion', {
  description: 'Everything that OfferInput holds, so that it can be loaded, edited and saved.',
  simpleResolvers: true,
})
export class OfferVersionView extends VersionView {
  @Field(() => String, { nullable: true, description: 'For shoppers.' }) description!: string | null
  @Field(() => OfferTrigger, { description: 'Whether it needs its code in the cart.' }) trigger!: Offer['trigger']
  @Field(() => Combination, { description: 'Whether it goes with others of its level.' }) combination!: Offer['combination']
  @Field(() => Boolean, { description: 'Only for shoppers who are not identified or have no counted order.' }) firstOrderOnly!: boolean
  @Field(() => Boolean, { description: 'Passes over what is below its list price already.' }) onlyUndiscounted!: boolean
  @Field(() => ProductOfferView, { nullable: true, description: 'Of level PRODUCT.' }) product!: ProductOfferView | null
  @Field(() => OrderOfferView, { nullable: true, description: 'Of level ORDER.' }) order!: OrderOfferView | null
  @Field(() => Int, { nullable: true, description: 'So many orders may use it.' }) totalLimit!: number | null
  @Field(() => Int, { nullable: true, description: 'So many orders of one customer may.' }) perCustomerLimit!: number | null
  @Field(() => Money, { nullable: true, description: 'What it may take in all orders together.' }) budget!: Minor | null
  @Field(() => Boolean, { description: 'Whether a use comes back once every line that the offer touched is wholly returned.' })
  returnsRestoreUse!: boolean
  @Field(() => CouponTermsView, {
    nullable: true,
    description: 'Had with a coupon that the shopper owns; null: with its code, if by one at all.',
  })
  coupons!: CouponTermsView | null
  @Field(() => String, {
    nullable: true,
    description: 'The campaign whose participants alone have it, those of its control group not; null: of none.',
  })
  campaign!: string | null
}

@ObjectType('Offer', { description: 'An advantage that is not a member-discount ladder.', simpleResolvers: true })
export class OfferView {
  @Field(() => ID, { description: 'Stays the same over all versions.' }) id!: string
  @Field(() => String, { description: 'In the case it was first written in.' }) code!: string
  @Field(() => OfferLevel, { description: 'What it lowers.' }) level!: Offer['level']
  @Field(() => RuleStatus, { description: 'Where it stands.' }) status!: RuleOf<'OFFER'>['status']
  @Field(() => OfferVersionView, { nullable: true, description: 'What is being edited.' }) draft!: OfferVersionView | null
  @Field(() => OfferVersionView, { nullable: true, description: 'What is in force.' }) published!: OfferVersionView | null
}

@ObjectType('OfferConnection', { description: 'Offers in the order of their codes.', simpleResolvers: true })
export class OfferConnectionView extends connectionOf(OfferView) {}

export const toOfferView = ({ id, code, level, status, draft, published }: RuleOf<'OFFER'>, tierOf: TierOf): OfferView => ({
  id,
  code,
  level,
  status,
  draft: draft && toOfferVersionView(draft, tierOf),
  published: published && toOfferVersionView(published, tierOf),
})

export function toOfferVersionView(version: RuleVersion<Offer>, tierOf: TierOf): OfferVersionView {
  const { description, trigger, combination, firstOrderOnly, onlyUndiscounted, product, order } = version.terms
  const { totalLimit, perCustomerLimit, budget, returnsRestoreUse, coupons, campaign } = version.terms
  return {
    ...toVersionView(version),
    description,
    trigger,
    combination,
    firstOrderOnly,
    onlyUndiscounted,
    product: product && toProductOfferView(product),
    order: order && toOrderOfferView(order, tierOf),
    totalLimit,
    perCustomerLimit,
    budget,
    returnsRestoreUse,
    coupons: coupons && toCouponTermsView(coupons),
    campaign: campaign ?? null,
  }
}
