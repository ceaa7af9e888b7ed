import { Field, Float, ObjectType } from 'type-graphql'
import type { Reason } from './history.model.ts'

@ObjectType('TierCondition', { description: 'A figure that a tier asks for.', simpleResolvers: true })
export class TierConditionView {
  @Field(() => String, { description: 'As the customer query names it: amount_spent, orders_placed.count.' }) attribute!: string
  @Field(() => Float, { description: 'What the customer has; amounts in major units of the currency.' }) has!: number
  @Field(() => Float, { description: 'The least that is enough; amounts in major units of the currency.' }) needs!: number
  @Field(() => Boolean, { description: 'Whether it is reached.' }) met!: boolean
}

@ObjectType('TierReason', { description: 'A condition of a tier, as it was when it was asked.', simpleResolvers: true })
export class TierReasonView {
  @Field(() => String, { description: 'The customer query, as it was written then.' }) query!: string
  @Field(() => [TierConditionView], { description: 'What of it are figures, as they were then; what is no figure is left out.' })
  conditions!: readonly TierConditionView[]
}

/** `unit`: how many minor units make a major one. */
export const toReasonView = (reason: Reason | null, unit: number): TierReasonView | null =>
  reason && {
    query: reason.query,
    conditions: reason.figures.map(({ attribute, has, needs, isAmount }) => {
      const scale = isAmount ? unit : 1
      return { attribute, has: has / scale, needs: needs / scale, met: has >= needs }
    }),
  }
