import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { WantedTier } from './tier.model.ts'

@ObjectType('Tier', { description: "A level of the shop's programme.", simpleResolvers: true })
export class StorefrontTier {
  @Field(() => ID, { description: 'Stays the same when the tier is renamed.' }) id!: string
  @Field(() => String, { description: 'Names the tier in rules and queries.' }) code!: string
  @Field(() => String, { description: 'For shoppers.' }) name!: string
  @Field(() => Int, { description: 'Higher is better; each tier has its own.' }) rank!: number
}

@ObjectType('Tier', { description: "A level of the shop's programme.", simpleResolvers: true })
export class AdminTier {
  @Field(() => ID, { description: 'Stays the same when the tier is renamed.' }) id!: string
  @Field(() => String, { description: 'Names the tier in rules and queries.' }) code!: string
  @Field(() => String, { description: 'For shoppers.' }) name!: string
  @Field(() => Int, { description: 'Higher is better; each tier has its own.' }) rank!: number
  @Field(() => String, {
    nullable: true,
    description:
      'A customer query that lets a customer in, e.g. orders_placed MATCHES (date >= -365d, sum_amount >= 2000, count >= 3). Null: by hand only.',
  })
  qualification!: string | null
  @Field(() => String, { nullable: true, description: 'A customer query that keeps a customer in; null: as qualification.' }) retention!:
    | string
    | null
  @Field(() => Int, { description: 'Days of 24 hours that a customer stays after failing retention.' }) graceDays!: number
}

@InputType('TierInput', { description: 'A tier, whole.' })
export class TierInput {
  @Field(() => String, { description: '1 to 40 letters, digits, dashes and underscores. An existing code replaces that tier.' })
  code!: string
  @Field(() => String, { description: 'For shoppers; 1 to 100 characters.' }) name!: string
  @Field(() => Int, { description: 'Higher is better; each tier has its own.' }) rank!: number
  @Field(() => String, {
    nullable: true,
    description: 'A customer query that lets a customer in; it may not name customer_tier. Absent: by hand only.',
  })
  qualification?: string | null
  @Field(() => String, { nullable: true, description: 'A customer query that keeps a customer in; absent: as qualification.' }) retention?:
    | string
    | null
  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description: 'Days of 24 hours that a customer stays after failing retention; 0 to 3650.',
  })
  graceDays?: number | null
}

export const toWantedTier = (input: TierInput): WantedTier => ({
  ...input,
  qualification: notBlank(input.qualification),
  retention: notBlank(input.retention),
  graceDays: input.graceDays ?? 0,
})

/** A blank query is none. What is given otherwise stays as it is written, so that its faults are told where they are. */
const notBlank = (query: string | null | undefined): string | null => (query?.trim() ? query : null)
