import { Field, Int, ObjectType } from 'type-graphql'
import { PrizeView } from '../offers/surprise.schema.ts'
import type { DrawnSurprise } from './surprise.model.ts'
import { drawAgain } from './surprise.rules.ts'

/** What both APIs tell of one; never a type of its own. */
@ObjectType({ description: 'A surprise that was drawn.', simpleResolvers: true })
abstract class DrawnView {
  @Field(() => String, { description: 'The offer that gave it.' }) offerCode!: string
  @Field(() => String, { description: "The offer's name." }) offerName!: string
  @Field(() => PrizeView, {
    nullable: true,
    description:
      'What was won, null: nothing. A gift is among the gifts of the order; an amount is what the shop owes the shopper, to credit or to pay.',
  })
  prize!: PrizeView | null
}

@ObjectType('OrderSurprise', { description: 'A surprise as it was drawn when the order was committed.', simpleResolvers: true })
export class StorefrontSurprise extends DrawnView {}

@ObjectType('OrderSurprise', {
  description: 'A surprise as it was drawn when the order was committed, with all that it takes to draw it again.',
  simpleResolvers: true,
})
export class AdminSurprise extends DrawnView {
  @Field(() => [PrizeView], { description: 'All that could be won, in the order and by the odds that were declared.' })
  prizes!: readonly PrizeView[]
  @Field(() => String, { description: 'The 32 bytes that it was drawn from, in hexadecimal; one an order.' }) seed!: string
  @Field(() => Int, { description: 'The point that seed and offerCode give, 0 to 9999: docs/guides/surprises.md says how.' }) point!: number
  @Field(() => Boolean, { description: 'Whether that point lies in the prize: false would mean that somebody changed what is kept.' })
  verified!: boolean
}

export const toAdminSurprise = (drawn: DrawnSurprise): AdminSurprise => ({ ...drawn, ...drawAgain(drawn) })
