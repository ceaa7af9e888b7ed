import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { Money, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'

@InputType('PrizeGiftInput', { description: 'Goods to be won.' })
export class PrizeGiftInput {
  @Field(() => String, { description: 'What is given; it need not be in the catalogue.' }) sku!: string
  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'From 1.' }) quantity?: number | null
}

@InputType('PrizeInput', { description: 'What a surprise may give: a gift or an amount, one of both.' })
export class PrizeInput {
  @Field(() => String, { description: 'For shoppers; 1 to 200 characters, one a surprise.' }) name!: string
  @Field(() => Percentage, {
    description: 'How likely it is; of all prizes together at most 100, and what is left is the chance of nothing.',
  })
  odds!: BasisPoints
  @Field(() => PrizeGiftInput, { nullable: true, description: 'Not together with amount.' }) gift?: PrizeGiftInput | null
  @Field(() => Money, {
    nullable: true,
    description: 'Not together with gift. 1 to 10^12: what the shop then owes the shopper; the order costs what it costs.',
  })
  amount?: Minor | null
}

@ObjectType('PrizeGift', { description: 'Goods to be won.', simpleResolvers: true })
export class PrizeGiftView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'How many units.' }) quantity!: number
}

@ObjectType('Prize', { description: 'What a surprise may give: a gift or an amount, one of both.', simpleResolvers: true })
export class PrizeView {
  @Field(() => String, { description: 'What the shop calls it.' }) name!: string
  @Field(() => Percentage, { description: 'How likely it is; what all prizes leave of 100 is the chance of nothing.' }) odds!: BasisPoints
  @Field(() => PrizeGiftView, { nullable: true, description: 'Goods; null: it is an amount.' }) gift!: PrizeGiftView | null
  @Field(() => Money, { nullable: true, description: 'What the shop then owes the shopper; null: it is a gift.' }) amount!: Minor | null
}
