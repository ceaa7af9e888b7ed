import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType('PublishWarning', { description: 'Something about a rule that went into force.', simpleResolvers: true })
export class PublishWarningView {
  @Field(() => String, { description: 'The ladder or offer.' }) ruleCode!: string
  @Field(() => String, {
    description:
      'NEVER_APPLIES: nothing can come of it. REPEAT_WITHOUT_AMOUNT: it repeats, but has no amountOff to repeat. More kinds may come.',
  })
  kind!: string
  @Field(() => String, { description: 'A sentence for staff.' }) message!: string
}

@ObjectType('PublishResult', { description: 'What came of publishing or retiring.', simpleResolvers: true })
export class PublishResultView {
  @Field(() => Int, { description: 'The version of the price book that begins with this; quotes say which one they are by.' })
  bookVersion!: number
  @Field(() => [PublishWarningView], { description: 'What staff should look at; publishing went through all the same.' })
  warnings!: readonly PublishWarningView[]
}
