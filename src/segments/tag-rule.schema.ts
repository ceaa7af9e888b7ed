import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import type { TagRule } from './tag-rule.model.ts'

@InputType('RegularlyInput', {
  description: 'Buys it regularly: so many lines of counted orders within so many days. Name either a sku or a category.',
})
export class RegularlyInput {
  @Field(() => String, { nullable: true, description: 'A product.' }) sku?: string | null
  @Field(() => String, { nullable: true, description: 'A category and all below it, its path joined with "/".' }) category?: string | null
  @Field(() => Int, {
    nullable: true,
    defaultValue: 3,
    description: 'At least how often; 1 to 1000. An order in which it stands twice counts twice.',
  })
  times?: number | null
  @Field(() => Int, { nullable: true, defaultValue: 90, description: 'Within how many days up to now; 1 to 3650.' }) days?: number | null
}

@InputType('TagRuleInput', { description: 'A rule for a tag: give either query or regularly.' })
export class TagRuleInput {
  @Field(() => String, { description: '1 to 100 characters; the same whatever its case. One rule a tag.' }) tag!: string
  @Field(() => String, {
    nullable: true,
    description: 'Who wears the tag: a customer query. It may not ask for this tag, not around a corner either.',
  })
  query?: string | null
  @Field(() => RegularlyInput, { nullable: true, description: 'The ready form instead: who buys a product or category regularly.' })
  regularly?: RegularlyInput | null
}

@ObjectType('TagRule', {
  description: 'A tag that is on whoever a customer query holds, and goes when it lets go of them.',
  simpleResolvers: true,
})
export class TagRuleView {
  @Field(() => String, { description: 'The tag as it was first written.' }) tag!: string
  @Field(() => String, { description: 'Who wears it; what the ready form says, written out.' }) query!: string
  @Field(() => DateTime, { description: 'When it was last saved.' }) updatedAt!: Date
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it was last applied to everybody: once a day, when staff ask, and soon after it is saved; null until then. Customers who change are looked at within moments besides.',
  })
  appliedAt!: Date | null
}

@ObjectType('TagRuleConnection', { description: 'A page of rules for tags.', simpleResolvers: true })
export class TagRuleConnection extends connectionOf(TagRuleView) {}

export const toTagRuleView = ({ tag, query, updatedAt, appliedAt }: TagRule): TagRuleView => ({
  tag,
  query,
  updatedAt: new Date(updatedAt),
  appliedAt: appliedAt === null ? null : new Date(appliedAt),
})
