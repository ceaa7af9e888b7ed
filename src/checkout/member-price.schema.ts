import { Field, Int, ObjectType } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { StorefrontTier } from '../tiers/tier.schema.ts'
import { AppliedRuleView } from './quote.schema.ts'

@ObjectType('TierPrice', { description: 'What another tier pays.', simpleResolvers: true })
export class TierPriceView {
  @Field(() => StorefrontTier, { description: 'The tier.' }) tier!: StorefrontTier
  @Field(() => Money, { description: 'For one unit.' }) price!: Minor
}

@ObjectType('QuantityBreak', { description: 'A larger quantity that costs less a piece.', simpleResolvers: true })
export class QuantityBreakView {
  @Field(() => Int, { description: 'From this many on.' }) minQuantity!: number
  @Field(() => Money, { description: 'For one unit.' }) price!: Minor
}

@ObjectType('MemberPrice', {
  description: 'What this shopper pays for one unit of a product, as a cart of its own.',
  simpleResolvers: true,
})
export class MemberPriceView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'The quantity that was asked for.' }) quantity!: number
  @Field(() => Money, { description: 'The unit price before any rule.' }) listPrice!: Minor
  @Field(() => Money, {
    description: 'What this shopper pays for one: ladders and automatic product offers included, codes and links not.',
  })
  memberPrice!: Minor
  @Field(() => Money, { description: 'List price less member price.' }) saving!: Minor
  @Field(() => [AppliedRuleView], { description: 'The rules that made the price, in order of application; empty at list price.' })
  rules!: readonly AppliedRuleView[]
  @Field(() => TierPriceView, { nullable: true, description: 'What the next tier up would pay, when that is less.' })
  nextTierPrice!: TierPriceView | null
  @Field(() => [QuantityBreakView], { description: 'Larger quantities that would cost less a piece.' })
  quantityBreaks!: readonly QuantityBreakView[]
}
