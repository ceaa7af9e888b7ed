import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import { AdminTier } from './tier.schema.ts'

@ObjectType('CompanyTierEvaluation', {
  description: 'What an evaluation did to companies, or in a dry run would do.',
  simpleResolvers: true,
})
export class CompanyTierEvaluationView {
  @Field(() => Int, { description: 'Companies that go up.' }) promoted!: number
  @Field(() => Int, { description: 'Companies that go down.' }) demoted!: number
  @Field(() => Int, { description: 'Companies that stay, those with a tier by hand among them.' }) unchanged!: number
}

@ObjectType('TierEvaluation', { description: 'What an evaluation did, or in a dry run would do.', simpleResolvers: true })
export class TierEvaluationView {
  @Field(() => Int, { description: 'Customers who go up.' }) promoted!: number
  @Field(() => Int, { description: 'Customers who go down.' }) demoted!: number
  @Field(() => Int, { description: 'Customers who stay, those with a tier by hand among them.' }) unchanged!: number
  @Field(() => CompanyTierEvaluationView, { description: 'The same of companies, each by what its people bought together.' })
  companies!: CompanyTierEvaluationView
}

@ObjectType('TierPin', { description: 'A tier given by hand.', simpleResolvers: true })
export class TierPinView {
  @Field(() => AdminTier, { description: 'The tier that was given.' }) tier!: AdminTier
  @Field(() => DateTime, { nullable: true, description: 'Until when; null: for good.' }) until!: Date | null
  @Field(() => String, { description: 'Why, in the words of whoever gave it.' }) reason!: string
}
