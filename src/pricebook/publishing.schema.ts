import { Field, Int, ObjectType } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'

export const CODES = 'The codes of ladders and offers alike, 1 to 1,000 of them, without regard to ASCII case.'

@ObjectType('PublishWarning', {
  description:
    'Something that staff should look at before a rule goes into force, or just after. Of one kind and rule at most 20 are told; the last says how many more there are.',
  simpleResolvers: true,
})
export class PublishWarningView {
  @Field(() => String, { description: 'The ladder or offer.' }) ruleCode!: string
  @Field(() => String, { description: 'What it is called.' }) ruleName!: string
  @Field(() => String, {
    description:
      'NEVER_APPLIES: nothing can come of it, or of a part of it. REPEAT_WITHOUT_AMOUNT: it repeats, but has no amountOff to repeat. ' +
      'OVERLAP: of it and another rule one always wins, or the two stack. NARROW_STEPS: a tier gains less than the shop wants over the one below. ' +
      'REGULARS_PAY_MORE: a returning customer pays more than a newcomer. BELOW_COST: goods go for less than they cost. ' +
      'PRICE_JUMP: a price leaves those of the prior days by more than the shop wants. INFLATED_LIST: a list price was raised in the prior days. ' +
      'NOT_LOOKED_AT: some of it was not looked at, for there was too much. More kinds may come.',
  })
  kind!: string
  @Field(() => String, { description: 'A sentence for staff.' }) message!: string
  @Field(() => String, { nullable: true, description: 'The product that it is about, if it is about one.' }) sku!: string | null
  @Field(() => String, { nullable: true, description: 'The tier whose price it is about, if it is about one.' }) tierCode!: string | null
  @Field(() => Int, { nullable: true, description: 'The units at which it shows.' }) quantity!: number | null
  @Field(() => Money, {
    nullable: true,
    description:
      'What is paid: for all units together (REGULARS_PAY_MORE, BELOW_COST), for one (NARROW_STEPS, PRICE_JUMP), or the list price (INFLATED_LIST).',
  })
  price!: Minor | null
  @Field(() => Money, {
    nullable: true,
    description:
      "What that was compared with: a newcomer's price, the cost, the tier below, the nearest price or the lowest list price of the prior days.",
  })
  comparedWith!: Minor | null
}

@ObjectType('PublishResult', { description: 'What came of publishing or retiring.', simpleResolvers: true })
export class PublishResultView {
  @Field(() => Int, { description: 'The version of the price book that begins with this; quotes say which one they are by.' })
  bookVersion!: number
  @Field(() => [PublishWarningView], { description: 'What staff should look at; publishing went through all the same.' })
  warnings!: readonly PublishWarningView[]
}
