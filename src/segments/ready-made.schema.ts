import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { SegmentView } from './segment.schema.ts'

export enum ReadyMadeLanguage {
  EN = 'EN',
  ZH = 'ZH',
}
registerEnumType(ReadyMadeLanguage, {
  name: 'ReadyMadeLanguage',
  description: 'A language that ready-made things speak.',
  valuesConfig: { EN: { description: 'English.' }, ZH: { description: 'Chinese.' } },
})

@ObjectType('ReadyMadeSegment', { description: 'A segment that most shops have a use for.', simpleResolvers: true })
export class ReadyMadeSegmentView {
  @Field(() => String, { description: 'Under which it is adopted.' }) code!: string
  @Field(() => String, { description: 'In the language asked for.' }) name!: string
  @Field(() => String, { description: 'What to do with it, in the language asked for.' }) purpose!: string
  @Field(() => String, { description: 'The customer query; its days are a start, for the shop to set to its own rhythm.' }) query!: string
  @Field(() => SegmentView, { nullable: true, description: "The shop's own segment of this code, adopted or made by hand; null: none." })
  segment!: SegmentView | null
}
