import { Field, Float, Int, ObjectType } from 'type-graphql'
import { AdminCustomer } from '../customers/customer.schema.ts'

@ObjectType('ClauseCount', { description: 'A part of a customer query, and whom it would hold on its own.', simpleResolvers: true })
export class ClauseCountView {
  @Field(() => String, { description: "The part, in the language's plain form." }) text!: string
  @Field(() => Int, { description: 'How many customers it holds now, whatever the other parts say.' }) customerCount!: number
}

@ObjectType('SegmentPreview', { description: 'Whom a customer query holds now.', simpleResolvers: true })
export class SegmentPreviewView {
  @Field(() => Int, { description: 'How many.' }) customerCount!: number
  @Field(() => Float, { description: 'Of all customers, 0 to 100.' }) percent!: number
  @Field(() => [AdminCustomer], { description: 'The first few of them, in the order of their ids.' }) sample!: AdminCustomer[]
  @Field(() => [ClauseCountView], {
    description:
      'Whom each part of the query would hold on its own: its outermost parts, what AND or OR stands between, then every clause; each once, at most 50.',
  })
  clauses!: readonly ClauseCountView[]
}
