import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'

@ObjectType('ShopperToken', { description: 'With it a browser reads as one customer: X-Shopper-Token.', simpleResolvers: true })
export class ShopperTokenView {
  @Field(() => String, { description: 'Signed; good for this shop and customer until it expires.' }) token!: string
  @Field(() => DateTime, { description: 'The first instant at which it is no longer good.' }) expiresAt!: Date
}
