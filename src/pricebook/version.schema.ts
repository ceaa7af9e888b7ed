import { Field, ObjectType } from 'type-graphql'
import { Json } from '../api/shared/scalars.ts'

@ObjectType('VersionChange', { description: 'Something that two versions of a rule say differently.', simpleResolvers: true })
export class VersionChangeView {
  @Field(() => String, {
    description: "Where, as in the rule's input, from the outside in: rungs.0.adjustment.percentOff. Lists count from 0.",
  })
  path!: string
  @Field(() => Json, { nullable: true, description: 'What the first of the two says; null: nothing.' }) before!: unknown
  @Field(() => Json, { nullable: true, description: 'What the second says; null: nothing.' }) after!: unknown
}
