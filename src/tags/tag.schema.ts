import { Field, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import type { UsedTag } from './tag.model.ts'

@ObjectType('Tag', { description: 'A word on customers: the same whatever its case.', simpleResolvers: true })
export class TagView {
  @Field(() => String, { description: 'As it was first written.' }) name!: string
  @Field(() => Int, { description: 'How many customers it is on.' }) customerCount!: number
}

@ObjectType('TagConnection', { description: 'A page of tags.', simpleResolvers: true })
export class TagConnection extends connectionOf(TagView) {}

export const toTagView = ({ name, customerCount }: UsedTag): TagView => ({ name, customerCount })
