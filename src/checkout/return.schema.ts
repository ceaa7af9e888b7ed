import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { StorefrontOrder } from '../orders/order.schema.ts'
import { GiftView } from '../shoppers/shopper.schema.ts'

@InputType('ReturnLineInput', { description: 'Units of a line that came back.' })
export class ReturnLineInput {
  @Field(() => String, { description: "The line's id as it was in the order." }) id!: string
  @Field(() => Int, { description: 'From 1; at most what is left of the line.' }) quantity!: number
}

@InputType('ReturnLinesInput', { description: 'Goods that came back.' })
export class ReturnLinesInput {
  @Field(() => String, { description: 'Of which order.' }) orderExternalId!: string
  @Field(() => String, {
    description: 'By which the shop knows the return; 1 to 200 characters. The same one with the same input is one return.',
  })
  returnExternalId!: string
  @Field(() => [ReturnLineInput], { description: '1 to 500, each line once.' }) lines!: ReturnLineInput[]
}

@ObjectType('ReturnedLine', { description: 'Units of a line that came back.', simpleResolvers: true })
export class ReturnedLineView {
  @Field(() => String, { description: "The line's id." }) id!: string
  @Field(() => Int, { description: 'How many came back.' }) quantity!: number
  @Field(() => Money, { description: 'What they cost.' }) amount!: Minor
}

@ObjectType('Return', { description: 'Goods that came back, and what is to be refunded for them.', simpleResolvers: true })
export class ReturnView {
  @Field(() => String, { description: 'By which the shop knows it.' }) externalId!: string
  @Field(() => Money, { description: 'What the returned units cost.' }) amount!: Minor
  @Field(() => [ReturnedLineView], { description: 'Line by line.' }) lines!: readonly ReturnedLineView[]
  @Field(() => [GiftView], { description: 'Gifts that are due back, once all of the order is returned.' }) giftsDue!: readonly GiftView[]
  @Field(() => Money, {
    description:
      'What was won in money with the order, once all of it is returned, else 0: owed no longer, and due back where it was paid.',
  })
  amountDue!: Minor
  @Field(() => StorefrontOrder, { description: 'The order as it stands now.' }) order!: StorefrontOrder
}
