import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime, Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'

@ObjectType('PrivateLinkItemView', { description: 'What a private link puts in the cart.', simpleResolvers: true })
export class ShownLinkItemView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'How many.' }) quantity!: number
  @Field(() => Money, { description: "The catalogue's unit price." }) listPrice!: Minor
  @Field(() => Money, {
    description:
      'What this shopper pays for one now, when so many of it are alone in a cart with the link: automatic product offers included, order offers not.',
  })
  price!: Minor
}

@ObjectType('PrivateLinkView', { description: 'A private link as its shopper sees it.', simpleResolvers: true })
export class ShownLinkView {
  @Field(() => Boolean, { description: 'False: it is for others; then everything else is null or empty.' }) eligible!: boolean
  @Field(() => String, { nullable: true, description: 'From the shop to the shopper.' }) message!: string | null
  @Field(() => DateTime, { nullable: true, description: 'When it is over; null: without an end.' }) validUntil!: Date | null
  @Field(() => Int, { nullable: true, description: 'How many orders of this shopper may still use it; null: without a limit.' }) usesLeft!:
    | number
    | null
  @Field(() => [ShownLinkItemView], { description: 'What the catalogue knows of what it is for, in the order of the link.' })
  items!: readonly ShownLinkItemView[]
}
