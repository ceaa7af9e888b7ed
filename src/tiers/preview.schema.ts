import { Field, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { TierReasonView } from './reason.schema.ts'
import { TierEvaluationView } from './standing.schema.ts'

@ObjectType('PreviewedTier', {
  description: 'A tier of the programme that was asked about, or one that the shop has besides.',
  simpleResolvers: true,
})
export class PreviewedTierView {
  @Field(() => String, { description: 'Names the tier in rules and queries.' }) code!: string
  @Field(() => String, { description: 'For shoppers.' }) name!: string
  @Field(() => Int, { description: 'Higher is better.' }) rank!: number
}

@ObjectType('TierSizeChange', { description: 'How many have a tier, and would have it.', simpleResolvers: true })
export class TierSizeChangeView {
  @Field(() => PreviewedTierView, { nullable: true, description: 'Which; null: those who have none.' }) tier!: PreviewedTierView | null
  @Field(() => Int, { description: 'Customers who have it now of their own, by evaluation or by hand.' }) before!: number
  @Field(() => Int, { description: 'Customers who would have it.' }) after!: number
}

@ObjectType('TierMove', { description: 'A customer whom an evaluation would move.', simpleResolvers: true })
export class TierMoveView {
  @Field(() => AdminCustomer, { description: 'Whom.' }) customer!: AdminCustomer
  @Field(() => PreviewedTierView, { nullable: true, description: 'What they have by evaluation now; null: nothing.' })
  from!: PreviewedTierView | null
  @Field(() => PreviewedTierView, { nullable: true, description: 'What they would have; null: nothing.' }) to!: PreviewedTierView | null
  @Field(() => TierReasonView, { nullable: true, description: 'The condition that holds of the tier that they would come to.' })
  held!: TierReasonView | null
  @Field(() => TierReasonView, { nullable: true, description: 'Where they would go down: the condition that they fail.' })
  failed!: TierReasonView | null
}

@ObjectType('TierMoveConnection', { description: 'A page of customers whom an evaluation would move.', simpleResolvers: true })
export class TierMoveConnection extends connectionOf(TierMoveView) {}

/** Its moves are resolved when they are asked for (preview.admin.ts). */
@ObjectType('EvaluationPreview', { description: 'What an evaluation would do now. Nothing was changed.', simpleResolvers: true })
export class EvaluationPreviewView {
  @Field(() => TierEvaluationView, { description: 'How many would go up, go down, and stay.' }) evaluation!: TierEvaluationView
  @Field(() => [TierSizeChangeView], {
    description: 'Each tier before and after, those who have none first, then from the lowest rank up.',
  })
  sizes!: readonly TierSizeChangeView[]
}
