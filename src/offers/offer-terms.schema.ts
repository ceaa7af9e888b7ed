import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Money, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'
import { AdjustmentView, toAdjustmentView } from '../pricebook/rule.schema.ts'
import type { TierOf } from '../pricebook/terms.model.ts'
import type { OrderTerms, ProductTerms, Step } from '../pricing/rule.ts'
import { AdminTier } from '../tiers/tier.schema.ts'
import { PrizeView } from './surprise.schema.ts'

export enum OrderForm {
  THRESHOLD = 'THRESHOLD',
  MULTI_BUY = 'MULTI_BUY',
  BUNDLE = 'BUNDLE',
}
registerEnumType(OrderForm, {
  name: 'OrderForm',
  description: 'How an offer of level ORDER takes.',
  valuesConfig: {
    THRESHOLD: { description: 'From a sum or a number of units on, by steps.' },
    MULTI_BUY: { description: 'Some of every so many units are cheaper.' },
    BUNDLE: { description: 'A set of skus has one price.' },
  },
})

@ObjectType('ProductOffer', { description: 'What an offer of level PRODUCT does to a unit price.', simpleResolvers: true })
export class ProductOfferView {
  @Field(() => AdjustmentView, { description: 'EXCLUSIVE: of the list price; STACKABLE: of the price so far.' }) adjustment!: AdjustmentView
  @Field(() => Money, { nullable: true, description: 'The least sum of list price x quantity in scope.' }) minSubtotal!: Minor | null
  @Field(() => Int, { nullable: true, description: 'The least number of units in scope.' }) minQuantity!: number | null
  @Field(() => Int, { nullable: true, description: 'A sku of which the cart has more units is not reached at all.' }) maxUnitsPerOrder!:
    | number
    | null
  @Field(() => Int, { nullable: true, description: "The same, with the customer's units in other orders counted." }) maxUnitsPerCustomer!:
    | number
    | null
}

@ObjectType('GiftTerms', { description: 'Given with a step.', simpleResolvers: true })
export class GiftTermsView {
  @Field(() => String, { description: 'What is given.' }) sku!: string
  @Field(() => Int, { description: 'How many.' }) quantity!: number
  @Field(() => AdminTier, {
    nullable: true,
    description: 'Only for shoppers of at least this tier; null: for everyone, or a tier that is gone (an old version may name one).',
  })
  minTier!: AdminTier | null
  @Field(() => String, { nullable: true, description: 'The code of that tier, also where it is gone; null: for everyone.' })
  minTierCode!: string | null
}

@ObjectType('OrderStep', { description: 'One step of a THRESHOLD.', simpleResolvers: true })
export class OrderStepView {
  @Field(() => Money, { description: 'The least sum of the lines in scope.' }) minSubtotal!: Minor
  @Field(() => Int, { nullable: true, description: 'The least number of units in scope.' }) minQuantity!: number | null
  @Field(() => AdminTier, {
    nullable: true,
    description: 'Only for shoppers of at least this tier; null: for everyone, or a tier that is gone (an old version may name one).',
  })
  minTier!: AdminTier | null
  @Field(() => String, { nullable: true, description: 'The code of that tier, also where it is gone; null: for everyone.' })
  minTierCode!: string | null
  @Field(() => Percentage, { nullable: true, description: 'Taken of the sum.' }) percentOff!: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'Taken of the sum.' }) amountOff!: Minor | null
  @Field(() => Money, { nullable: true, description: 'The most that is taken.' }) maxAmount!: Minor | null
  @Field(() => Boolean, { description: 'Said to the shop, which ships; never an amount here.' }) freeShipping!: boolean
  @Field(() => [GiftTermsView], { description: 'As they were saved.' }) gifts!: GiftTermsView[]
  @Field(() => [PrizeView], { nullable: true, description: 'What may be won with it, as it was saved; null: nothing is drawn.' })
  surprise!: readonly PrizeView[] | null
}

@ObjectType('MultiBuy', {
  description: 'Of every so many units in scope, from the dearest down, the last few are cheaper.',
  simpleResolvers: true,
})
export class MultiBuyView {
  @Field(() => Int, { description: 'Units in a group.' }) every!: number
  @Field(() => Int, { description: 'Of them the last so many.' }) units!: number
  @Field(() => Percentage, { description: 'Taken of what each of them costs.' }) percentOff!: BasisPoints
}

@ObjectType('BundleItem', { description: 'What one set has of a sku.', simpleResolvers: true })
export class BundleItemView {
  @Field(() => String, { description: 'Each sku once in a bundle.' }) sku!: string
  @Field(() => Int, { description: 'Units in one set.' }) quantity!: number
}

@ObjectType('Bundle', { description: 'A set of skus for one price.', simpleResolvers: true })
export class BundleView {
  @Field(() => [BundleItemView], { description: 'As they were saved.' }) items!: readonly BundleItemView[]
  @Field(() => Money, { description: 'Of the whole set.' }) price!: Minor
}

@ObjectType('OrderOffer', { description: 'What an offer of level ORDER takes.', simpleResolvers: true })
export class OrderOfferView {
  @Field(() => OrderForm, { description: 'How it takes.' }) form!: OrderTerms['form']
  @Field(() => [OrderStepView], { description: 'Of a THRESHOLD, as they were saved; else none.' }) steps!: OrderStepView[]
  @Field(() => Boolean, { description: 'amountOff once for each time minSubtotal is reached.' }) repeat!: boolean
  @Field(() => MultiBuyView, { nullable: true, description: 'Of a MULTI_BUY.' }) multiBuy!: MultiBuyView | null
  @Field(() => BundleView, { nullable: true, description: 'Of a BUNDLE.' }) bundle!: BundleView | null
}

export const toProductOfferView = ({ adjustment, ...bounds }: ProductTerms): ProductOfferView => ({
  adjustment: toAdjustmentView(adjustment),
  ...bounds,
})

export const toOrderOfferView = (order: OrderTerms, tierOf: TierOf): OrderOfferView => ({
  form: order.form,
  steps: order.form === 'THRESHOLD' ? order.steps.map((step) => toStepView(step, tierOf)) : [],
  repeat: order.form === 'THRESHOLD' && order.repeat,
  multiBuy: order.form === 'MULTI_BUY' ? { every: order.every, units: order.units, percentOff: order.bp } : null,
  bundle: order.form === 'BUNDLE' ? { items: order.items, price: order.price } : null,
})

function toStepView({ off, minTier, gifts, surprise, ...step }: Step, tierOf: TierOf): OrderStepView {
  const tier = (code: string | null) => (code === null ? null : (tierOf(code) ?? null))
  return {
    ...step,
    minTier: tier(minTier),
    minTierCode: minTier,
    percentOff: off?.kind === 'PERCENT_OFF' ? off.bp : null,
    amountOff: off?.kind === 'AMOUNT_OFF' ? off.amount : null,
    gifts: gifts.map((gift) => ({ sku: gift.sku, quantity: gift.quantity, minTier: tier(gift.minTier), minTierCode: gift.minTier })),
    surprise: surprise ?? null,
  }
}
