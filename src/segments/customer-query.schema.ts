import { Field, Float, Int, ObjectType } from 'type-graphql'
import { AdminCustomer } from '../customers/customer.schema.ts'

@ObjectType('SegmentPreview', { description: 'Whom a customer query holds now.', simpleResolvers: true })
export class SegmentPreviewView {
  @Field(() => Int, { description: 'How many.' }) customerCount!: number
  @Field(() => Float, { description: 'Of all customers, 0 to 100.' }) percent!: number
  @Field(() => [AdminCustomer], { description: 'The first few of them, in the order of their ids.' }) sample!: AdminCustomer[]
}
