import { Field, Float, InputType, Int, ObjectType } from 'type-graphql'

@ObjectType('ProgrammeThreshold', { description: 'A figure of a ready-made programme, as it fits the shop.', simpleResolvers: true })
export class ProgrammeThresholdView {
  @Field(() => String, { description: 'Under which it may be set otherwise.' }) code!: string
  @Field(() => String, { description: 'In the language asked for.' }) name!: string
  @Field(() => Float, {
    description:
      "Taken from the shop's own buyers and rounded up to two digits, or what is usual where there are fewer than 20 of them; amounts in major units of the currency.",
  })
  value!: number
}

@ObjectType('ReadyMadeTier', { description: 'A tier of a ready-made programme, with the same fields as TierInput.', simpleResolvers: true })
export class ReadyMadeTierView {
  @Field(() => String, { description: 'Names the tier in rules and queries.' }) code!: string
  @Field(() => String, { description: 'In the language asked for.' }) name!: string
  @Field(() => Int, { description: 'Higher is better.' }) rank!: number
  @Field(() => String, { nullable: true, description: 'The customer query that lets a customer in.' }) qualification!: string | null
  @Field(() => String, { nullable: true, description: 'The customer query that keeps a customer in; null: as qualification.' })
  retention!: string | null
  @Field(() => Int, { description: 'Days of 24 hours that a customer stays after failing retention.' }) graceDays!: number
}

@ObjectType('ReadyMadeProgramme', { description: 'A programme of tiers to begin with.', simpleResolvers: true })
export class ReadyMadeProgrammeView {
  @Field(() => String, { description: 'Under which it is adopted.' }) code!: string
  @Field(() => String, { description: 'In the language asked for.' }) name!: string
  @Field(() => String, { description: 'Who is in which tier, in the language asked for.' }) description!: string
  @Field(() => [ProgrammeThresholdView], { description: 'What it asks, as it fits the shop.' })
  thresholds!: readonly ProgrammeThresholdView[]
  @Field(() => [ReadyMadeTierView], {
    description: 'The tiers as they would be saved, from the lowest up: try them with previewEvaluation.',
  })
  tiers!: readonly ReadyMadeTierView[]
}

@InputType('ProgrammeThresholdInput', { description: 'A threshold that is to be another one.' })
export class ProgrammeThresholdInput {
  @Field(() => String, { description: "The threshold's code." }) code!: string
  @Field(() => Float, { description: 'A whole number, at least 1 (orders 2, tenure 30 days); amounts in major units of the currency.' })
  value!: number
}
